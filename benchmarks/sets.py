"""The development sets, folders of `articles.jsonl` and `questions.jsonl`, and the starter articles and their cases."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import rag.evaluation
from corpus.loading import Loaded, load_source
from rag.assembly import load_starter_articles, open_library
from rag.evaluation.case_files import read_cases as read_case_file
from rag.evaluation.cases import Case
from rag.library.library import Library
from rag.settings import Settings
from rag.wire import Record

NAMES = ("xquad-en", "nq-dev", "clapnq-dev")
RESULTS = Path(__file__).parent / "results"
STARTER_CASES = Path(rag.evaluation.__file__).parent / "cases"
HOMES = Path(".dateline") / "benchmarks"
"""Libraries of the sets are kept here between runs, so that a set is embedded once."""


def read_cases(folder: Path, most: int | None = None) -> list[Case]:
    """Return the cases of a set, thinned out evenly to at most `most`."""
    cases = read_case_file(folder / "questions.jsonl")
    return cases[:: ceil(len(cases) / (most or len(cases)))]


@contextmanager
def open_set(folder: Path) -> Iterator[tuple[Settings, Library]]:
    """Open a library of the set's articles, and of nothing else."""
    settings = Settings(home=HOMES / folder.name)
    with open_library(settings) as library:
        items = load_source(str(folder / "articles.jsonl"))
        library.add(item.article for item in items if isinstance(item, Loaded))
        yield settings, library


def read_starter_cases(name: str) -> list[Record]:
    """Return the lines of a case file about the starter articles."""
    return [json.loads(line) for line in (STARTER_CASES / name).read_text("utf-8").splitlines()]


@contextmanager
def open_starter() -> Iterator[tuple[Settings, Library]]:
    """Open a library of the starter articles that lasts as long as it is open."""
    with TemporaryDirectory(prefix="dateline-") as folder:
        settings = Settings(home=Path(folder) / "home")
        with open_library(settings) as library:
            library.add(load_starter_articles())
            yield settings, library
