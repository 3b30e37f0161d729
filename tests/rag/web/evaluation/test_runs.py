"""Case sets and runs of a home folder: nothing is overwritten, and only what is there is opened."""

import json
from pathlib import Path

import pytest

from rag.errors import CaseFileError, RunError
from rag.web.evaluation.runs import Shelf


def test_an_uploaded_set_never_takes_the_place_of_another(tmp_path: Path) -> None:
    shelf, file = Shelf(tmp_path / "home"), tmp_path / "starter.jsonl"
    file.write_text('{"question": "Who won?"}\n')
    assert [shelf.keep_set(file), shelf.keep_set(file)] == ["starter-2", "starter-2"]
    file.write_text('{"question": "Who lost?"}\n')
    assert shelf.keep_set(file) == "starter-3"
    assert [*shelf.list_sets()] == ["starter", "starter-2", "starter-3"]


def test_a_saved_case_can_be_run(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.save_case({"question": "Who won?", "note": "wrong"})
    shelf.save_case({"question": "Who came?", "answers": []})
    assert [(case.question, case.answers) for case in shelf.read_set("saved")] == [
        ("Who won?", None),
        ("Who came?", ()),
    ]
    assert json.loads((tmp_path / "cases" / "saved.jsonl").read_text().split("\n")[0])["note"] == "wrong"


def test_only_what_is_there_is_opened_or_deleted(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with pytest.raises(RunError, match="no longer here"):
        shelf.delete_run("..")
    with pytest.raises(CaseFileError, match="no case set"):
        shelf.read_set("../catalog")
    assert shelf.list_runs() == []
