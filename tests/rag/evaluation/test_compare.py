"""Two runs side by side."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import RunError
from rag.evaluation.cases import Case
from rag.evaluation.compare import compare_runs
from rag.evaluation.folder import Run
from rag.evaluation.judging import Result
from rag.evaluation.render import write_comparison
from tests.rag.prose.answers import DAY, MOON, ROOFS, judge_answer, make_answer, make_quote

SETUP = {"name": "ours", "started": "2026-01-26T12:00:00+00:00", "cases": {"count": 3, "digest": "d"}}
OPEN = Case("open", "What happened?")
RIGHT = judge_answer(ROOFS, make_answer(make_quote("storm", "It tore off 40 roofs."), span="40"))
WITHHELD = judge_answer(ROOFS, make_answer(confidence=0.1))
FRIDAY = judge_answer(DAY, make_answer(make_quote("vote", "Porto votes on Friday."), span="Friday"))
MONDAY = judge_answer(DAY, make_answer(make_quote("storm", "A storm hit Lisbon on Monday."), span="Monday"))
SILENT = judge_answer(MOON, make_answer(confidence=0.2))


def run(*results: Result) -> Run:
    return Run(SETUP, list(results))


def test_what_flipped_and_what_did_not() -> None:
    comparison = compare_runs(run(WITHHELD, FRIDAY, SILENT), run(RIGHT, MONDAY, SILENT))
    assert [(pair.case.id, pair.before.is_right, pair.after.is_right) for pair in comparison.flipped] == [
        ("day", True, False),
        ("roofs", False, True),
    ]
    correct = comparison.differences[0]
    assert (correct.name, correct.n, correct.test, correct.p) == ("correct", 3, "McNemar", 1.0)
    assert (correct.before, correct.after) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_an_answer_without_gold_flips_when_it_changes() -> None:
    before, after = (judge_answer(OPEN, result.answer) for result in (FRIDAY, MONDAY))
    assert len(compare_runs(run(before), run(after)).flipped) == 1
    assert compare_runs(run(before), run(before)).flipped == []


def test_only_shared_cases_count() -> None:
    comparison = compare_runs(run(RIGHT, FRIDAY), run(SILENT, MONDAY))
    assert (comparison.left_out, [pair.case.id for pair in comparison.pairs]) == ((1, 1), ["day"])
    values = {each.name: (each.before, each.after, each.n) for each in comparison.differences}
    assert values["exact_match"] == (1.0, 0.0, 1)
    assert "evidence_f1" not in values


def test_runs_over_other_cases_are_refused() -> None:
    with pytest.raises(RunError, match="the runs share no case: ours has 1, ours 2 others"):
        compare_runs(run(RIGHT), run(FRIDAY, SILENT))


def test_a_case_that_was_changed_in_between_is_left_out() -> None:
    other = replace(FRIDAY, case=replace(DAY, answers=("Monday",)))
    comparison = compare_runs(run(RIGHT, FRIDAY), run(RIGHT, other))
    assert (comparison.left_out, [pair.case.id for pair in comparison.pairs]) == ((1, 1), ["roofs"])


def test_what_is_written(tmp_path: Path) -> None:
    write_comparison(compare_runs(run(WITHHELD, FRIDAY), run(RIGHT, FRIDAY)), tmp_path / "new" / "folder")
    record = json.loads((tmp_path / "new" / "folder" / "compare.json").read_text("utf-8"))
    assert (record["shared"], record["left_out"]) == (2, {"before": 0, "after": 0})
    assert record["metrics"]["exact_match"] == {
        "before": 0.5, "after": 1.0, "n": 2, "difference": 0.5, "test": "McNemar", "p": 1.0,
    }  # fmt: skip
    (flipped,) = record["flipped"]
    assert (flipped["id"], flipped["right"]) == ("roofs", [False, True])
    assert (flipped["before"], flipped["after"]) == (WITHHELD.answer, RIGHT.answer)
    assert "Now right" in (tmp_path / "new" / "folder" / "compare.html").read_text("utf-8")
