"""Runs of a home folder: all are listed, readable or not, and only those in the list are opened."""

import json
from pathlib import Path

import pytest

from rag.errors import RunError
from rag.evaluation.cases import Case
from rag.evaluation.folder import RunFolder
from rag.web.evaluation.runs import Entry, Runs
from rag.web.evaluation.view import render_runs, render_unreadable

SETUP = {"name": "starter", "started": "2026-01-26T12:00:00+00:00", "cases": {"count": 3, "digest": "d"}} | {
    part: {} for part in ("settings", "models", "collection")
}
NAME = "2026-01-26-120000-starter"


def make_run(home: Path) -> Path:
    path = home / "runs" / NAME
    RunFolder(path).start(SETUP, [Case("storm", "How many roofs?", ("40",))])
    return path


def test_only_runs_in_the_list_are_deleted(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    with pytest.raises(RunError, match="no longer here"):
        runs.delete("..")
    assert runs.list_runs() == []


def test_a_run_is_listed_and_a_folder_without_one_is_not(tmp_path: Path) -> None:
    make_run(tmp_path)
    (tmp_path / "runs" / "notes").mkdir()
    assert Runs(tmp_path).list_runs() == [Entry(NAME, "starter", "2026-01-26T12:00:00+00:00", 3, 0, {})]


def test_only_runs_that_share_a_case_are_compared(tmp_path: Path) -> None:
    storm, vote = Case("storm", "How many roofs?", ("40",)), Case("vote", "Who votes?", ("Porto",))
    changed = Case("storm", "How many roofs?", ("50",))
    for name, cases in {"a": [storm, vote], "b": [vote], "c": [changed]}.items():
        folder = RunFolder(tmp_path / "runs" / name)
        folder.start(SETUP, cases)
        (folder.path / "results.jsonl").write_text("{}\n")
    runs = Runs(tmp_path)
    assert {name: [entry.name for entry in runs.list_comparable(name)] for name in "abc"} == {
        "a": ["b"], "b": ["a"], "c": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("run.json", "{", "run.json or report.json is damaged (Expecting property name"),
        ("run.json", "[]", "run.json or report.json is damaged (list indices"),
        ("run.json", json.dumps({"name": "starter"}), "run.json or report.json is damaged ('started')"),
        ("run.json", None, "run.json cannot be read (No such file or directory)"),
        ("results.jsonl", None, "results.jsonl cannot be read (No such file or directory)"),
    ],
)
def test_a_run_that_cannot_be_read_is_listed_with_the_reason_and_can_be_deleted(
    tmp_path: Path, file: str, text: str | None, problem: str
) -> None:
    path, runs = make_run(tmp_path), Runs(tmp_path)
    if text is None:
        (path / file).unlink()
    else:
        (path / file).write_text(text, "utf-8")
    (entry,) = runs.list_runs()
    assert (entry.name, entry.title, entry.problem[: len(problem)]) == (NAME, NAME, problem)
    assert "Cannot be read: " in render_runs([entry], "")
    with pytest.raises(RunError) as error:
        runs.open(NAME).read()
    page = render_unreadable(entry, str(error.value))
    assert NAME in page and "Delete this run for good" in page and "Put its files back" in page
    runs.delete(NAME)
    assert runs.list_runs() == []
