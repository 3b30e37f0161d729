"""Runs: asked, stopped, gone on with, and refused."""

import json
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from rag.answer import NOT_FOUND, Answer, Status
from rag.errors import RunError
from rag.evaluation.cases import Case
from rag.evaluation.folder import RunFolder
from rag.evaluation.run import Evaluation, describe_run
from rag.library.library import Library
from rag.question import Question, Turn
from rag.wire import Record
from tests.rag.samples import BANK, FIRE

CASES = [Case(f"c{number}", f"Question {number}?", ()) for number in range(20)]
SETUP = {"settings": {"k": 12}, "models": {"reader": "none@1"}}
Begin = Callable[..., Evaluation]


def find_nothing(question: Question) -> Answer:
    return Answer(question.text, NOT_FOUND, "", (), (), 0.1, Status.NOT_FOUND, (), 0.5)


NOTHING = RunnableLambda(find_nothing)


@pytest.fixture
def begin(library: Library, tmp_path: Path) -> Begin:
    """Start or resume a run, in the folder `run`, over two articles."""
    library.add([FIRE, BANK])

    def begin(
        cases: list[Case] = CASES, chatbot: Runnable = NOTHING, resume: bool = False,
        **changes: Record,
    ) -> Evaluation:  # fmt: skip
        evaluation = Evaluation(chatbot, library.catalog, cases, RunFolder(tmp_path / "run"))
        setup = describe_run("ours", cases, library.catalog, SETUP | changes, "2026-01-26T12:00:00+00:00")
        (evaluation.resume if resume else evaluation.start)(setup)
        return evaluation

    return begin


def read_ids(folder: Path) -> list[str]:
    return [json.loads(line)["id"] for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]


def test_results_come_in_order_and_are_kept_as_they_come(begin: Begin, tmp_path: Path) -> None:
    for count, result in enumerate(begin().run(), start=1):
        assert read_ids(tmp_path / "run")[-1] == result.case.id == f"c{count - 1}"
    assert read_ids(tmp_path / "run") == [case.id for case in CASES]


def test_a_line_of_the_results(begin: Begin, tmp_path: Path) -> None:
    next(begin().run())
    line = (tmp_path / "run" / "results.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(line) == {
        "id": "c0",
        "question": "Question 0?",
        "searched_for": "",
        "kind": "fact",
        "answer": "Not in these articles.",
        "status": "not_found",
        "confidence": 0.1,
        "quotes": [],
        "answer_span": "",
        "claims": [],
        "notice": "",
        "sides": [],
        "parts": [],
        "searches": [],
        "usage": None,
        "retrieved": [],
        "seconds": 0.5,
        "scores": {"correct": 1.0, "abstention_precision": 1.0, "abstention_recall": 1.0},
    }


def test_a_run_that_was_stopped_goes_on(begin: Begin, tmp_path: Path) -> None:
    asked: list[str] = []

    def note(question: Question) -> Answer:
        asked.append(question.text)
        if len(asked) > 3:
            sleep(0.3)
        return find_nothing(question)

    stopped = begin(chatbot=RunnableLambda(note))
    results = stopped.run(threads=1)
    for _ in range(3):
        next(results)
    results.close()
    assert len(asked) < len(CASES)
    assert stopped.finish().is_complete is False
    with (tmp_path / "run" / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "c3", "questi')  # as a power cut leaves it

    resumed = begin(resume=True)
    assert [result.case.id for result in resumed.results] == ["c0", "c1", "c2"]
    assert [result.case.id for result in resumed.run()] == [case.id for case in CASES[3:]]
    report = resumed.finish()
    assert read_ids(tmp_path / "run") == [case.id for case in CASES]
    assert (report.is_complete, report.metrics["correct"].value, report.metrics["correct"].n) == (True, 1.0, 20)
    assert report.metrics["cases_per_second"].n == 17


def test_two_runs_give_one_report(begin: Begin, tmp_path: Path) -> None:
    reports = []
    for _ in range(2):
        evaluation = begin()
        list(evaluation.run())
        evaluation.finish()
        report = json.loads((tmp_path / "run" / "report.json").read_text("utf-8"))
        report["metrics"].pop("cases_per_second")
        reports.append(report)
        (tmp_path / "run").rename(tmp_path / f"run {len(reports)}")
    assert reports[0] == reports[1]


def test_a_folder_with_a_run_is_not_written_over(begin: Begin) -> None:
    begin()
    with pytest.raises(RunError, match="holds a run: go on with it with --resume, or name another folder"):
        begin()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"cases": CASES[1:]}, r"other cases \(count was 20, is 19; digest was"),
        ({"settings": {"k": 5}}, r"other settings \(k was 12, is 5\): set that back, or start a new run"),
        ({"models": {"reader": "none@2"}}, r"other models \(reader was 'none@1', is 'none@2'\)"),
    ],
)
def test_another_run_cannot_be_gone_on_with(begin: Begin, changes: dict, message: str) -> None:
    begin()
    with pytest.raises(RunError, match=message):
        begin(resume=True, **changes)


def test_nor_can_one_over_other_articles(begin: Begin, library: Library) -> None:
    begin()
    library.remove(["bank"])
    with pytest.raises(RunError, match=r"other collection \(articles was 2, is 1;"):
        begin(resume=True)


def test_what_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"is not a run of `evaluate`: No such file or directory: .*run.json"):
        RunFolder(tmp_path / "nothing").read()


def test_a_failure_ends_the_run_and_keeps_what_is_done(begin: Begin, tmp_path: Path) -> None:
    def fail_at_5(question: Question) -> Answer:
        if "5" in question.text:
            raise MemoryError
        return find_nothing(question)

    with pytest.raises(MemoryError):
        list(begin(chatbot=RunnableLambda(fail_at_5)).run())
    assert read_ids(tmp_path / "run") == ["c0", "c1", "c2", "c3", "c4"]


def test_the_turns_before_a_question_are_told_and_asked_for_where_their_answers_are_not_known(begin: Begin) -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def note(question: Question) -> Answer:
        asked.append((question.text, tuple(turn.answer for turn in question.history)))
        return find_nothing(question)

    history = (Turn("Who won?", "Ann."), Turn("Who lost?"), Turn("Who drew?"))
    list(begin([Case("c", "And when?", history=history)], RunnableLambda(note)).run())
    assert asked == [
        ("Who lost?", ("Ann.",)),
        ("Who drew?", ("Ann.", NOT_FOUND)),
        ("And when?", ("Ann.", NOT_FOUND, NOT_FOUND)),
    ]
