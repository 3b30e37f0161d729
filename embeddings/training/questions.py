"""Writes questions about paragraphs of the encyclopedia: a small language model learns from the annotators how to ask.

After Alberti and others, "Synthetic QA corpora generation with roundtrip consistency" (ACL 2019); here a teacher says
what the answers are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoTokenizer

from embeddings.precision import fastest_dtype
from embeddings.training.network import autocast
from embeddings.training.squad import ENCYCLOPEDIA, Example, Paragraph

FROZEN = 12  # layers that do not learn, of 30
RATE, WARM_UP = 4e-4, 0.1  # learning rate at its peak, and the share of the steps until then
BATCH = 10  # paragraphs a step
TEMPERATURE = 0.75
TOGETHER = 80  # paragraphs written about at a time
WORDS = 4, 30  # a question has at least and at most so many

_PAIR = re.compile(r"A: .+\nQ: (.+\?)\n")

Text = tuple[list[int], int]
"""Tokens, and how many of them are the paragraph's."""


class QuestionWriter:
    """A causal language model that goes on from a paragraph of the encyclopedia with pairs of answer and question."""

    def __init__(self, model: Path, *, frozen: int = FROZEN) -> None:
        """Load a GGUF file of Llama's architecture, whose lowest `frozen` layers will not learn."""
        place = {"pretrained_model_name_or_path": str(model.parent), "gguf_file": model.name}
        self._tokenizer = AutoTokenizer.from_pretrained(**place, padding_side="left")
        loaded = AutoModelForCausalLM.from_pretrained(**place, dtype=torch.float32, attn_implementation="eager")
        self._model: Any = loaded  # the types of its methods differ between versions of transformers
        for part in (self._model.model.embed_tokens, *self._model.model.layers[:frozen]):
            part.requires_grad_(False)

    def learn(
        self, paragraphs: Sequence[Paragraph], examples: Sequence[Example], log: Callable[[int, float], None]
    ) -> None:
        """Train for one pass over the questions with an answer; `log` gets each step and its mean loss a token."""
        texts = [self._text(paragraphs[index], asked) for index, asked in _by_paragraph(paragraphs, examples).items()]
        groups = _groups(texts, Random(0))
        optimizer = torch.optim.AdamW([p for p in self._model.parameters() if p.requires_grad], lr=RATE, fused=True)
        for step, group in enumerate(groups):
            rise, fall = (step + 1) / (WARM_UP * len(groups)), (len(groups) - step) / ((1 - WARM_UP) * len(groups))
            optimizer.param_groups[0]["lr"] = RATE * min(1.0, rise, fall)
            loss = self._loss(group)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            log(step, float(loss.detach()))

    def write(self, paragraphs: Sequence[Paragraph], indices: Iterable[int], tokens: int) -> Iterator[Example]:
        """Yield questions without golds about the paragraphs at `indices`, from `tokens` tokens written about each.

        Of one paragraph no two questions are alike.
        """
        self._model.to(fastest_dtype())
        self._model.set_attn_implementation("sdpa")  # faster here, but not in `learn`
        chosen = sorted(indices, key=lambda index: len(paragraphs[index].text))
        for first in range(0, len(chosen), TOGETHER):
            group = chosen[first : first + TOGETHER]
            texts = self._go_on([_prompt(paragraphs[index]) for index in group], tokens)
            for index, said in zip(group, texts, strict=True):
                fit = (question for question in _PAIR.findall(said) if WORDS[0] <= len(question.split()) <= WORDS[1])
                yield from (Example(question, index, ()) for question in dict.fromkeys(fit))

    def _go_on(self, prompts: Sequence[str], tokens: int) -> list[str]:
        inputs = self._tokenizer(list(prompts), return_tensors="pt", padding=True)
        with torch.inference_mode():
            said = self._model.generate(
                **inputs, do_sample=True, temperature=TEMPERATURE, top_k=0, max_new_tokens=tokens
            )
        return list(self._tokenizer.batch_decode(said[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True))

    def _text(self, paragraph: Paragraph, examples: Sequence[Example]) -> Text:
        best = [max(example.golds, key=lambda gold: gold.weight) for example in examples]
        answers = [paragraph.text[gold.start : gold.end] for gold in best]
        pairs = [f"A: {answer}\nQ: {example.question}\n" for answer, example in zip(answers, examples, strict=True)]
        prompt, asked = self._tokenizer([_prompt(paragraph), "".join(pairs)])["input_ids"]
        return [*prompt, *asked], len(prompt)

    def _loss(self, group: Sequence[Text]) -> Tensor:
        length = max(len(tokens) for tokens, _ in group)
        tokens = torch.zeros(len(group), length, dtype=torch.long)
        asked = torch.zeros(len(group), length, dtype=torch.bool)
        for row, (ids, prompt) in enumerate(group):
            tokens[row, : len(ids)] = torch.tensor(ids)
            asked[row, prompt : len(ids)] = True
        with autocast():
            hidden = self._model.model(input_ids=tokens, use_cache=False).last_hidden_state
            logits = self._model.lm_head(hidden[:, :-1][asked[:, 1:]])
        return nn.functional.cross_entropy(logits.float(), tokens[:, 1:][asked[:, 1:]])


def _prompt(paragraph: Paragraph) -> str:
    return f"{paragraph.title}\n{paragraph.text}\n"


def _by_paragraph(paragraphs: Sequence[Paragraph], examples: Sequence[Example]) -> dict[int, list[Example]]:
    found: dict[int, list[Example]] = {}
    for example in examples:
        if example.golds and paragraphs[example.paragraph].domain == ENCYCLOPEDIA:
            found.setdefault(example.paragraph, []).append(example)
    return found


def _groups(texts: Sequence[Text], random: Random) -> list[list[Text]]:
    ordered = sorted(texts, key=lambda text: len(text[0]) + random.random() * 40)
    groups = [list(ordered[first : first + BATCH]) for first in range(0, len(ordered), BATCH)]
    random.shuffle(groups)
    return groups
