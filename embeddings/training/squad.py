"""Reads SQuAD v1.1 files and settles what annotators meant where their answers differ."""

import gzip
import json
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENCYCLOPEDIA = "new_wiki"  # the domain nearest to news; its documents have real titles


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage to train on; `title` is '' where the source has none."""

    domain: str
    document: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """An answer `text[start:end]` of a paragraph with its share of the annotators' vote; shares sum to 1."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the index of its paragraph, and its weighed golds; none where a machine wrote the question."""

    question: str
    paragraph: int
    golds: tuple[Gold, ...]


def load_squad(folder: Path) -> tuple[list[Paragraph], list[Example]]:
    """Read every `squadshifts_*.json.gz` of a folder in name order; questions without a settled answer are left out.

    Raises:
        FileNotFoundError: if the folder has no such file.
    """
    paths = sorted(folder.glob("squadshifts_*.json.gz"))
    if not paths:
        raise FileNotFoundError(f"no squadshifts_*.json.gz in {folder}; pass the folder of the training data")
    paragraphs: list[Paragraph] = []
    examples: list[Example] = []
    for path in paths:
        domain = path.name.removeprefix("squadshifts_").removesuffix(".json.gz")
        for row in _rows(path):
            paragraphs.append(_paragraph(domain, row))
            examples.extend(_examples(row["qas"], paragraphs[-1], len(paragraphs) - 1))
    return paragraphs, examples


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for document in json.load(file)["data"]:
            for paragraph in document["paragraphs"]:
                yield {"document": document["title"], **paragraph}


def _paragraph(domain: str, row: dict[str, Any]) -> Paragraph:
    title = row["document"].replace("_", " ") if domain == ENCYCLOPEDIA else ""
    return Paragraph(domain, row["document"], title, row["context"])


def _examples(rows: Sequence[dict[str, Any]], paragraph: Paragraph, index: int) -> Iterable[Example]:
    strict = paragraph.domain != ENCYCLOPEDIA
    for row in rows:
        spans = [_trim(paragraph.text, a["answer_start"], a["answer_start"] + len(a["text"])) for a in row["answers"]]
        golds = settle(paragraph.text, [span for span in spans if span[0] < span[1]], strict=strict)
        if golds and row["question"].strip():
            yield Example(row["question"].strip(), index, golds)


def settle(text: str, spans: Sequence[tuple[int, int]], *, strict: bool) -> tuple[Gold, ...]:
    """Weigh the annotators' spans: those near the majority stay, shorter ones count for more; () = no agreement.

    `strict` is for noisy sources: it asks for more agreement, two annotators, and an answer of at most 10 words.
    """
    if not spans or (strict and len(spans) < 2):
        return ()
    votes = Counter(spans)
    words = {span: text[slice(*span)].casefold().split() for span in votes}
    agreement = {span: _agreement(span, spans, words) for span in votes}
    best = max(agreement.values())
    kept = sorted(span for span in votes if agreement[span] >= best - 0.15)
    shortest = min(len(words[span]) for span in kept)
    if best < (0.6 if strict else 0.3) or (strict and shortest > 10):
        return ()
    weights = [votes[span] * (shortest / len(words[span])) for span in kept]
    return tuple(Gold(*span, weight / sum(weights)) for span, weight in zip(kept, weights, strict=True))


def _agreement(
    span: tuple[int, int], spans: Sequence[tuple[int, int]], words: dict[tuple[int, int], list[str]]
) -> float:
    """Mean token F1 with the other annotators' answers; 1 where nobody else answered."""
    others = list(spans)
    others.remove(span)
    return sum(overlap(words[span], words[other]) for other in others) / len(others) if others else 1.0


def overlap(left: Sequence[str], right: Sequence[str]) -> float:
    """Return the token F1 of two bags of words, in [0, 1]."""
    common = sum((Counter(left) & Counter(right)).values())
    return 2 * common / (len(left) + len(right)) if common else 0.0


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in string.whitespace + ",;.":
        start += 1
    while start < end and text[end - 1] in string.whitespace + ",;:.":
        end -= 1
    return start, end
