"""Runs of a home folder: only those in the list are opened."""

from pathlib import Path

import pytest

from rag.errors import RunError
from rag.web.evaluation.runs import Runs


def test_only_runs_in_the_list_are_deleted(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    with pytest.raises(RunError, match="no longer here"):
        runs.delete("..")
    assert runs.list_runs() == []
