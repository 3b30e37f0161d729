"""Reads what the verdict network learns from: FEVER, BoolQ, questions of SQuAD 2.0, and news of Wikinews."""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from embeddings.training.verdicts.judgements import NEITHER, REFUTES, SUPPORTS, Target

HELD_OUT = 10
"""Of so many pages, one is held out, with all that is told of it."""
_LABELS: Mapping[str, Target] = {"SUPPORTS": SUPPORTS, "REFUTES": REFUTES, "yes": SUPPORTS, "no": REFUTES}
_SOUNDS = re.compile(r"\s*\([^()]*[\[\u02c8\u02cc][^()]*\)|\s*\[[^\[\]]*\]")
"""How a name is spoken, which costs many tokens and says nothing."""
_SENTENCE_END = re.compile(r"(?<=[.!?][\"\u201d])\s+|(?<=[.!?])\s+(?=[A-Z\"\u201c])")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim, or a yes/no question, with a page that settles it: its sentences, and the places of those that do."""

    text: str
    target: Target
    title: str
    sentences: tuple[str, ...]
    evidence: tuple[int, ...]

    @property
    def page(self) -> str:
        """What tells its page from others: the title, or without one the first sentence."""
        return self.title or self.sentences[0]

    @property
    def is_held_out(self) -> bool:
        """Whether it is for measuring only: all claims about a page are, or none."""
        return crc32(self.page.encode()) % HELD_OUT == 0


@dataclass(frozen=True, slots=True)
class NewsArticle:
    """An article of Wikinews in sentences."""

    title: str
    sentences: tuple[str, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether it is for measuring only."""
        return crc32(self.title.encode()) % HELD_OUT == 0


def load_claims(folder: Path, name: str) -> list[Claim]:
    """Read `NAME.jsonl.gz` of a folder, FEVER's or BoolQ's, in its order."""
    return [_read_claim(row) for row in _rows(folder / "train" / f"{name}.jsonl.gz")]


def load_replies(folder: Path) -> list[Claim]:
    """Read questions of SQuAD 2.0 with an answer behind: the annotators', or one that only looks right."""
    found: list[Claim] = []
    for document in next(_rows(folder / "train" / "squad2-dev.jsonl.gz"))["data"]:
        title = document["title"].replace("_", " ")
        for paragraph in document["paragraphs"]:
            found += _read_replies(title, paragraph)
    return found


def load_news(folder: Path) -> list[NewsArticle]:
    """Read the articles of Wikinews."""
    rows = _rows(folder / "wikinews" / "articles.jsonl.gz")
    return [NewsArticle(row["title"], tuple(_split(row["text"]))) for row in rows]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _read_claim(row: Mapping[str, Any]) -> Claim:
    text = row.get("claim") or row["question"]
    target = _LABELS[row.get("label") or row["answer"]]
    sentences = tuple(_SOUNDS.sub("", row["passage"][slice(*place)]) for place in row["sentences"])
    return Claim(text, target, row.get("title") or "", sentences, tuple(row["evidence"]))


def _read_replies(title: str, paragraph: Mapping[str, Any]) -> Iterator[Claim]:
    sentences = _split(paragraph["context"])
    for row in paragraph["qas"]:
        replies = row["answers"] or row.get("plausible_answers") or []
        if not replies:
            continue
        reply, start = replies[0]["text"], replies[0]["answer_start"]
        before = len(_split(paragraph["context"][: start + 1])) - 1
        target = NEITHER if row["is_impossible"] else SUPPORTS
        if reply in sentences[before]:
            yield Claim(f"{row['question'].strip()} {reply}", target, title, tuple(sentences), (before,))


def _split(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text.replace("\n\n", " ")) if part.strip()]
