"""The worker: a run that fails says so, and the next can begin."""

from collections.abc import Sequence
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from corpus.article import Article
from rag.errors import RunError
from rag.library.library import Library
from rag.web.evaluation.worker import RunWorker
from rag.web.job import FAULT


def fail(questions: Sequence[str]) -> Any:
    raise ZeroDivisionError


def test_a_fault_of_a_run_is_named(library: Library, tmp_path: Path) -> None:
    library.add([Article(text="Ann won.")])
    worker = RunWorker(library, tmp_path, fail)
    for _ in range(2):
        worker.start("starter")
        while worker.job:
            sleep(0.01)
        assert worker.problem == f"The run {FAULT}."


def test_nothing_is_run_without_articles(library: Library, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="there are no articles to ask"):
        RunWorker(library, tmp_path, fail).start("starter")
