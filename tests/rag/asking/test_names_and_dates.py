"""Answers from articles that lack the names asked about, or are of another time."""

from dataclasses import replace
from datetime import date

import pytest

from embeddings.reader import Reading, Span
from rag.answer import Status
from tests.rag.asking.readings import FIRST, HALT, NOTHING, ScriptedReader, answer_from, logistic, make_found
from tests.rag.samples import PLAIN_CALIBRATION


@pytest.mark.parametrize(
    ("question", "confidence", "notice"),
    [
        ("What did Moscow ask for?", logistic(2), ""),
        ("What did Oslo ask for?", logistic(2 - 1.5), "What was found in [1] does not mention “Oslo”."),
        ("What did Moscow Bank ask for?", logistic(2 - 0.75), ""),  # half of it is there
        ("What did Oslo or Rome ask Title?", logistic(0.5), "What was found in [1] does not mention “Oslo” or “Rome”."),
    ],
)
def test_a_name_that_the_article_lacks_lowers_the_confidence(question: str, confidence: float, notice: str) -> None:
    reader = ScriptedReader(a=HALT, b=NOTHING)
    reader.calibration = replace(PLAIN_CALIBRATION, foreign=-1.5)
    mentioned_elsewhere = make_found("b", "Oslo.", ((0, 5),), 0.62)
    answer = answer_from(question, [FIRST, mentioned_elsewhere], reader)
    assert (answer.confidence, answer.notice) == (pytest.approx(confidence), notice)


def test_the_answer_of_the_time_that_was_asked_about_is_preferred() -> None:
    in_may = make_found("may", "Raised on 4 May 2022.", ((0, 21),), 0.62)
    in_june = make_found("june", "Raised by more.", ((0, 15),), 0.6, published=date(2022, 6, 15))
    raised = Reading((Span(0, 6, 2.0),), no_answer=0.0, evidence=(2.0,))
    reader = ScriptedReader(may=raised, june=raised)
    reader.calibration = replace(PLAIN_CALIBRATION, date=0.02)

    def rank(question: str) -> list[str]:
        answer = answer_from(question, [in_may, in_june], reader)
        assert answer.quotes[0].article_id == answer.considered[0].passage.article_id
        return [found.passage.article_id for found in answer.considered]

    assert rank("What?") == rank("What in 2022?") == rank("What in May?") == ["may", "june"]
    assert rank("What in June 2022?") == rank("What on 15 June?") == ["june", "may"]


def test_a_date_that_the_article_lacks_lowers_the_confidence() -> None:
    reader = ScriptedReader(a=HALT)
    reader.calibration = replace(PLAIN_CALIBRATION, foreign=-1.5)
    undated = answer_from("What did it ask for in May 2031?", [FIRST], reader)
    assert (undated.confidence, undated.notice) == (pytest.approx(logistic(2)), "")
    dated = replace(FIRST, source=replace(FIRST.source, published=date(2022, 5, 4)))
    answer = answer_from("What did it ask for in May 2031?", [dated], reader)
    assert answer.confidence == pytest.approx(logistic(2 - 1.5))
    assert answer.notice == "The articles say “4 May 2022”, not “May 2031”."


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        ("What did Oslo ask?", ""),
        ("What did Rome ask?", "None of the passages found mentions “Rome”."),
        (
            "What did Rome, Bern, Sofia, Lima or Kabul ask?",
            "None of the passages found mentions “Rome” or “Bern” or “Sofia”.",
        ),
    ],
)
def test_what_nothing_mentions_is_told_where_there_is_no_answer(question: str, notice: str) -> None:
    mentioned_elsewhere = make_found("b", "Oslo.", ((0, 5),), 0.1)  # and not read
    answer = answer_from(question, [FIRST, mentioned_elsewhere], ScriptedReader(a=NOTHING, b=NOTHING))
    assert (answer.status, answer.notice) == (Status.NOT_FOUND, notice)


@pytest.mark.parametrize(("named", "quoted"), [("flight 5", ["5"]), ("Flight 6", ["6"]), ("the flight", ["5", "6"])])
def test_what_is_told_of_another_number_is_no_rival(named: str, quoted: list[str]) -> None:
    """Articles about two flights differ only for a question that names neither."""
    texts = {number: f"It carried {number}0 people. Flight {number} landed." for number in "56"}
    found = [make_found(number, text, ((0, 21), (22, len(text))), 0.6) for number, text in texts.items()]
    readings = [
        Reading((Span(11, 20, 4.0 + (number in named)),), no_answer=0.0, evidence=(4.0, -9.0)) for number in "56"
    ]
    reader = ScriptedReader(**dict(zip("56", readings, strict=True)))
    answer = answer_from(f"How many people did {named} carry?", found, reader)
    assert [quote.article_id for quote in answer.quotes] == quoted
    assert len(answer.sides) == (2 if len(quoted) == 2 else 0)
