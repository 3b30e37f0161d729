"""Case sets of a home folder: none is overwritten, and only those in the list are opened."""

import json
from pathlib import Path

import pytest

from rag.errors import CaseFileError
from rag.web.evaluation.case_sets import CaseSets


def test_an_uploaded_set_never_takes_the_place_of_another(tmp_path: Path) -> None:
    case_sets, file = CaseSets(tmp_path / "home"), tmp_path / "starter.jsonl"
    file.write_text('{"question": "Who won?"}\n')
    assert [case_sets.keep(file), case_sets.keep(file)] == ["starter-2", "starter-2"]
    file.write_text('{"question": "Who lost?"}\n')
    assert case_sets.keep(file) == "starter-3"
    assert [*case_sets.list_sets()] == ["starter", "starter-2", "starter-3"]


def test_a_saved_case_can_be_run(tmp_path: Path) -> None:
    case_sets = CaseSets(tmp_path)
    case_sets.save_case({"question": "Who won?", "note": "wrong"})
    case_sets.save_case({"question": "Who came?", "answers": []})
    assert [(case.question, case.answers) for case in case_sets.read("saved")] == [
        ("Who won?", None),
        ("Who came?", ()),
    ]
    assert json.loads((tmp_path / "cases" / "saved.jsonl").read_text().split("\n")[0])["note"] == "wrong"


def test_a_saved_case_is_replaced_and_dropped_by_its_id(tmp_path: Path) -> None:
    case_sets, path = CaseSets(tmp_path), tmp_path / "cases" / "saved.jsonl"
    case_sets.save_case({"id": "one", "question": "Who won?"})
    with path.open("a") as file:
        file.write("a note\n")  # by hand
    case_sets.save_case({"id": "two", "question": "Who lost?"})
    case_sets.save_case({"id": "one", "question": "Who won?", "answers": ["Ann"]})
    assert [line.partition('"answers"')[1] for line in path.read_text().splitlines()] == ["", "", '"answers"']
    case_sets.drop_case("two")
    case_sets.drop_case("three")
    assert path.read_text() == 'a note\n{"id": "one", "question": "Who won?", "answers": ["Ann"]}\n'
    path.write_text('{"id": "one"}\n')
    case_sets.drop_case("one")
    assert [*case_sets.list_sets()] == ["starter"]


def test_only_sets_in_the_list_are_read(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="no case set"):
        CaseSets(tmp_path).read("../catalog")
