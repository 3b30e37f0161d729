"""The network: a BERT-type encoder and one linear layer that gives every token a start and an end logit."""

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import Tensor, nn
from transformers import AutoModel

from embeddings.precision import fastest_dtype
from embeddings.spans import Logits
from embeddings.training.features import Feature
from embeddings.training.rounding import RoundedEmbedding, RoundedLinear, make_roundable
from embeddings.windows import Window

ATTENTION_DROPOUT = ("attention.self.dropout", "attention.attn.dropout")  # BERT's, MPNet's: off, see SpanNetwork

LAYERS = (0, 1, 2, 3, 2, 3, 4, 5)
"""MiniLM's six layers, two of them twice, which reads as well even untrained (after SOLAR, Kim and others 2024)."""


class SharedDropout(nn.Module):
    """Dropout with one mask a sequence, shared by its tokens (Gal and Ghahramani 2016): a third faster on a CPU."""

    def __init__(self, share: float) -> None:
        """Drop this share of the features."""
        super().__init__()
        self._share = share

    def forward(self, values: Tensor) -> Tensor:
        """Return (batch, tokens, width) values, scaled so that their mean is kept; unchanged outside training."""
        if not self.training or self._share == 0:
            return values
        kept = torch.rand(values.shape[0], 1, values.shape[2]) >= self._share
        return values * (kept / (1 - self._share)).to(values.dtype)


class WindowFeature(Protocol):
    """What a network learns from: a window, and more that its own kind knows."""

    @property
    def window(self) -> Window:
        """What the network sees."""
        ...


F = TypeVar("F", bound=WindowFeature)


class EncoderNetwork(nn.Module, Generic[F]):
    """An encoder and one linear layer.

    While `is_rounded`, the encoder computes with the precision of its exported 8-bit form, so that training can make up
    for what rounding costs (Jacob and others, CVPR 2018).
    """

    def __init__(self, encoder: Any, outputs: int, dropout: float) -> None:
        """Put a linear layer on the encoder, which starts at random."""
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(self.encoder.config.hidden_size, outputs)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        _share_dropout(self.encoder, dropout)
        make_roundable(self.encoder)

    @property
    def is_rounded(self) -> bool:
        """Whether the encoder rounds."""
        return any(module.is_rounded for module in self._roundable())

    @is_rounded.setter
    def is_rounded(self, value: bool) -> None:
        for module in self._roundable():
            module.is_rounded = value

    def _roundable(self) -> Iterator[RoundedLinear | RoundedEmbedding]:
        return (each for each in self.modules() if isinstance(each, RoundedLinear | RoundedEmbedding))

    def encode(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> Tensor:
        """Return the last hidden states, (batch, length, width)."""
        inputs = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": segments}
        hidden: Tensor = self.encoder(**inputs).last_hidden_state
        return hidden

    def measure_loss(self, features: Sequence[F]) -> Tensor:
        """Return the sum of the features' losses."""
        raise NotImplementedError


class SpanNetwork(EncoderNetwork[Feature]):
    """Start and end logits for every token; the first token stands for "no answer"."""

    def __init__(self, weights: Path, dropout: float = 0.0, layers: Sequence[int] | None = LAYERS) -> None:
        """Start from an encoder in a folder of Hugging Face format; the linear layer starts at random.

        `layers` are those of the encoder's that the network has, in order; None: all.
        """
        encoder = AutoModel.from_pretrained(
            str(weights), add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        if layers is not None:
            _stack(encoder, layers)
        super().__init__(encoder, 2, dropout)

    def forward(self, tokens: Tensor, mask: Tensor, segments: Tensor) -> tuple[Tensor, Tensor]:
        """Map (batch, length) integer inputs to two (batch, length) tensors of logits."""
        start, end = self.head(self.encode(tokens, mask, segments)).unbind(-1)
        return start, end

    def measure_loss(self, features: Sequence[Feature]) -> Tensor:
        """Return the sum of `span_loss`."""
        with autocast():
            start, end = self(*pad([feature.window for feature in features]))
        return span_loss(start, end, features)


def _stack(encoder: Any, layers: Sequence[int]) -> None:
    found = encoder.encoder.layer
    encoder.encoder.layer = nn.ModuleList(copy.deepcopy(found[index]) for index in layers)
    encoder.config.num_hidden_layers = len(layers)


def _share_dropout(encoder: nn.Module, share: float) -> None:
    for path, module in list(encoder.named_modules()):
        if isinstance(module, nn.Dropout) and not path.endswith(ATTENTION_DROPOUT):
            parent, _, name = path.rpartition(".")
            setattr(encoder.get_submodule(parent), name, SharedDropout(share))


def autocast() -> torch.autocast:
    """Return a context that multiplies in bfloat16 where this processor is faster with it."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=fastest_dtype() == torch.bfloat16)


def pad(windows: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Return tokens, mask and segments of the windows, padded with 0 to the longest."""
    length = max(len(window.tokens) for window in windows)
    tokens = torch.zeros(len(windows), length, dtype=torch.long)
    segments = torch.zeros_like(tokens)
    mask = torch.zeros_like(tokens)
    for row, window in enumerate(windows):
        size = len(window.tokens)
        tokens[row, :size] = torch.tensor(window.tokens)
        mask[row, :size] = 1
        segments[row, window.second : size] = 1
    return tokens, mask, segments


def span_loss(start: Tensor, end: Tensor, features: Sequence[Feature]) -> Tensor:
    """Return the sum over features of the mean cross-entropy of both ends, over text tokens and "no answer" only."""
    allowed = allowed_tokens(features, start.shape[1])
    targets = torch.zeros(2, *start.shape)
    for row, feature in enumerate(features):
        for side, ends in enumerate((feature.starts, feature.ends)):
            for index, weight in ends:
                targets[side, row, index] += weight
    logits = torch.stack((start, end)).float().masked_fill(~allowed, -1e4)
    return -(targets * logits.log_softmax(-1)).sum() / 2


def allowed_tokens(features: Sequence[Feature], length: int) -> Tensor:
    """Return a (batch, length) mask of the tokens that an answer may begin or end with: the text and "no answer"."""
    allowed = torch.zeros(len(features), length, dtype=torch.bool)
    for row, feature in enumerate(features):
        allowed[row, 0] = True
        allowed[row, feature.window.first : feature.window.first + len(feature.window.offsets)] = True
    return allowed


class TorchScorer:
    """Scores windows with a network, for dev measures while and after training."""

    def __init__(self, network: EncoderNetwork[Feature]) -> None:
        """Use the network in fp32."""
        self._network = network.eval()

    def __call__(self, window: Window) -> tuple[Logits, Logits]:
        """Return start and end logits as the protocol WindowScorer says."""
        with torch.inference_mode():
            start, end = self._network(*pad([window]))
        return start[0].numpy(), end[0].numpy()
