"""A larger network that teaches the reader: what it thinks of a window becomes part of the reader's target.

After Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015), at temperature 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from embeddings.training.features import Ends, Feature
from embeddings.training.network import SpanNetwork, allowed_tokens, autocast, pad

SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>"}
KEPT, LEAST = 12, 0.001
"""How many tokens of a window keep their probability, and the least that is kept."""


class TeacherNetwork(SpanNetwork):
    """MPNet with the head of a reader; it shares the word pieces of the reader's windows, not their ids."""

    def __init__(self, weights: Path, tokenizer: Path, dropout: float = 0.0, frozen: int = 4) -> None:
        """Start from an MPNet folder; `tokenizer` is the reader's. Embeddings and `frozen` layers do not learn."""
        super().__init__(weights, dropout, layers=None)
        stack = self.encoder.encoder
        for part in (self.encoder.embeddings, stack.relative_attention_bias, *stack.layer[:frozen]):
            part.requires_grad_(False)
        self._ids: Tensor
        self.register_buffer("_ids", _translation(tokenizer, weights / "tokenizer.json"), persistent=False)

    def encode(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Return the last hidden states; MPNet has no segments, it sees the separator."""
        hidden: Tensor = self.encoder(input_ids=self._ids[tokens], attention_mask=mask).last_hidden_state
        return hidden


def _translation(source: Path, target: Path) -> Tensor:
    known = Tokenizer.from_file(str(target)).get_vocab()
    words = sorted(Tokenizer.from_file(str(source)).get_vocab().items(), key=lambda item: item[1])
    return torch.tensor([known[SPECIAL.get(word, word)] for word, _ in words])


def ask(teacher: SpanNetwork, features: Sequence[Feature], tokens: int) -> list[tuple[Ends, Ends]]:
    """Return the likeliest starts and ends of every feature, asked in batches of so many tokens."""
    order = sorted(range(len(features)), key=lambda index: len(features[index].window.tokens))
    said: dict[int, tuple[Ends, Ends]] = {}
    while order:
        longest = len(features[order[-1]].window.tokens)
        group = [order.pop() for _ in range(min(len(order), max(1, tokens // longest)))]
        said.update(zip(group, _ask_batch(teacher.eval(), [features[index] for index in group]), strict=True))
    return [said[index] for index in range(len(features))]


def _ask_batch(teacher: SpanNetwork, features: Sequence[Feature]) -> Iterator[tuple[Ends, Ends]]:
    with torch.inference_mode(), autocast():
        logits = torch.stack(teacher(*pad([feature.window for feature in features]))).float()
    chances = logits.masked_fill(~allowed_tokens(features, logits.shape[-1]), -1e4).softmax(-1)
    best, indices = chances.topk(min(KEPT, chances.shape[-1]))
    for start, end, at_start, at_end in zip(*best.tolist(), *indices.tolist(), strict=True):
        yield _likely(at_start, start), _likely(at_end, end)


def _likely(indices: Sequence[int], chances: Sequence[float]) -> Ends:
    pairs = zip(indices, chances, strict=True)
    return tuple((index, round(chance, 4)) for index, chance in pairs if chance >= LEAST)


def teach(feature: Feature, starts: Ends, ends: Ends, share: float) -> Feature:
    """Return the feature with what the teacher says, counting `share`, beside the annotators' targets."""
    return replace(feature, starts=_mix(feature.starts, starts, share), ends=_mix(feature.ends, ends, share))


def _mix(gold: Ends, taught: Ends, share: float) -> Ends:
    total = sum(chance for _, chance in taught)
    weights = {index: (1 - share) * weight for index, weight in gold}
    for index, chance in taught:
        weights[index] = weights.get(index, 0.0) + share * chance / total
    return tuple(weights.items())
