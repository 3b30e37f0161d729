"""The development sets: folders with `articles.jsonl` and `questions.jsonl` in the project's formats."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from corpus.loading import Loaded, load_source
from rag.assembly import open_library
from rag.library import Library
from rag.settings import Settings

NAMES = ("xquad-en", "nq-dev", "clapnq-dev")
RESULTS = Path(__file__).parent / "results"
HOMES = Path(".dateline") / "benchmarks"
"""Libraries of the sets are kept here between runs, so that a set is embedded once."""


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A question and what is known of its answer; no answers: the articles do not say.

    `evidence` holds the gold sentences, once for each person who marked them.
    """

    question: str
    answers: tuple[str, ...]
    article: str
    evidence: tuple[tuple[str, ...], ...]


def read_cases(folder: Path, most: int | None = None) -> list[GoldCase]:
    """Return the cases of a set, thinned out evenly to at most `most`."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    return [
        GoldCase(
            row["question"],
            tuple(row["answers"]),
            row.get("article") or "",
            tuple(tuple(sentences) for sentences in row.get("evidence", []) if sentences),
        )
        for row in rows[:: ceil(len(rows) / (most or len(rows)))]
    ]


@contextmanager
def open_set(folder: Path) -> Iterator[tuple[Settings, Library]]:
    """Open a library of the set's articles, and of nothing else."""
    settings = Settings(home=HOMES / folder.name)
    with open_library(settings) as library:
        items = load_source(str(folder / "articles.jsonl"))
        list(library.add(item.article for item in items if isinstance(item, Loaded)))
        yield settings, library
