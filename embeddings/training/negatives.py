"""Finds paragraphs that look as if they answered a question, but do not: the reader learns to say no on them."""

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from embeddings.encoder import SentenceEncoder
from embeddings.training.squad import Example, Gold, Paragraph

SAME_DOCUMENT_BONUS = 0.1  # added to the cosine: a paragraph of the same article is the hardest to tell apart
NAME = re.compile(r"(?<=[\w,] )[A-Z][\w'-]+(?: [A-Z][\w'-]+)*|\b(?:1\d|20)\d\d\b")
"""A name, or a year, within a question: capitalised words that do not begin it."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def mine(
    paragraphs: Sequence[Paragraph], examples: Sequence[Example], weights: Path, k: int = 8
) -> list[tuple[int, ...]]:
    """Return for each example up to `k` paragraphs of its domain without any gold answer, most similar first."""
    encoder = SentenceEncoder(weights)
    asked = encoder.encode([example.question for example in examples])
    known = encoder.encode([paragraph.text for paragraph in paragraphs])
    domains = np.array([paragraph.domain for paragraph in paragraphs])
    documents = np.array([f"{paragraph.domain}/{paragraph.document}" for paragraph in paragraphs])
    folded = [paragraph.text.casefold() for paragraph in paragraphs]
    mined: list[tuple[int, ...]] = []
    for example, vector in zip(examples, asked, strict=True):
        own = example.paragraph
        similarity = known @ vector + SAME_DOCUMENT_BONUS * (documents == documents[own])
        similarity[domains != domains[own]] = -np.inf
        similarity[own] = -np.inf
        answers = answer_texts(paragraphs[own].text, example.golds)
        ranked = (int(i) for i in np.argsort(-similarity, kind="stable")[: 4 * k])
        mined.append(tuple(i for i in ranked if not any(answer in folded[i] for answer in answers))[:k])
    return mined


def answer_texts(text: str, golds: Sequence[Gold]) -> list[str]:
    """Return the case-folded gold answers without repeats."""
    return sorted({text[gold.start : gold.end].casefold() for gold in golds})


def without_answer(text: str, golds: Sequence[Gold]) -> str:
    """Return the text without the sentences that a gold touches; '' if an answer or too little is left."""
    kept: list[str] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        if not any(gold.start < end and start < gold.end for gold in golds):
            kept.append(text[start:end])
        start = end
    rest = "".join(kept).strip()
    folded = rest.casefold()
    if len(rest) < 150 or any(answer in folded for answer in answer_texts(text, golds)):
        return ""
    return rest


def swap_name(question: str, text: str, names: Sequence[str], random: Random) -> str:
    """Return the question with one of its names replaced by another of `names` that the text does not hold.

    '' if the question has no name, or none of a few drawn names is foreign to both. A year is replaced by a year.
    """
    found = list(NAME.finditer(question))
    if not found:
        return ""
    old = random.choice(found)
    folded = f"{text} {question}".casefold()
    for name in random.choices(names, k=20):
        if name[0].isdigit() == old[0][0].isdigit() and name.casefold() not in folded:
            return question[: old.start()] + name + question[old.end() :]
    return ""
