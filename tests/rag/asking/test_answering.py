"""From a reader's scores to an answer, on two passages whose scores are written by hand."""

from collections.abc import Sequence
from dataclasses import replace
from math import tanh

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.calibration import Signs
from embeddings.reader import Reading, ReadingText, Span
from rag.answer import NOT_FOUND, Citation, Quote, Status
from rag.asking.weights import STANDARD_WEIGHTS
from tests.rag.asking.readings import (
    FIRST,
    HALT,
    JOIN,
    NOTHING,
    OTHER,
    SECOND,
    SENTENCES,
    TEXT,
    ScriptedReader,
    answer_from,
    logistic,
    make_found,
)
from tests.rag.samples import PLAIN_CALIBRATION


def test_the_answer_is_made_of_verbatim_quotes_with_numbered_sources() -> None:
    reader = ScriptedReader(a=HALT, b=NOTHING)
    answer = answer_from("What did it demand?", [FIRST, SECOND], reader)
    assert reader.asked == [
        (
            "What did it demand?",
            [ReadingText("Title of b", OTHER, ((0, 42),)), ReadingText("Title of a", TEXT, SENTENCES)],
        )
    ]
    # margins: 5 - 3 = 2 and 1 - 6 = -5; the first sentence has evidence -1, not over 7 below the margin of 2
    assert answer.quotes == (
        Quote("a", 100, 123, "Moscow asked for talks.", 1, pytest.approx(logistic(-1))),
        Quote("a", 124, 156, "It demanded a halt to expansion.", 1, pytest.approx(logistic(2)), (12, 31)),
    )
    assert answer.main == 1
    assert answer.citations == (Citation(1, FIRST.source),)
    assert answer.text == "“Moscow asked for talks.” [1]\n“It demanded a halt to expansion.” [1]"
    assert answer.answer_span == "a halt to expansion"
    assert (answer.confidence, answer.status) == (pytest.approx(logistic(2)), Status.ANSWERED)


def test_margins_and_retrieval_rank_together() -> None:
    answer = answer_from("q", [SECOND, FIRST], ScriptedReader(a=HALT, b=NOTHING))
    assert answer.considered == (
        replace(FIRST, score=pytest.approx(0.60 + 0.08 * tanh(2 / 8))),
        replace(SECOND, score=pytest.approx(0.62 - 0.08 * tanh(5 / 8))),
    )


def test_what_cannot_come_near_the_best_is_not_read_but_considered() -> None:
    sure = Reading((Span(36, 55, 99.0),), no_answer=0.0, evidence=(-9.0,) * 4)
    least = 0.60 + 0.08 - STANDARD_WEIGHTS.near - 0.08  # best: 0.60 + 0.08; another gets at most 0.08
    found = [FIRST, *(make_found(id, OTHER, ((0, 42),), score) for id, score in (("b", 0.6), ("c", least), ("d", 0.1)))]
    found += [make_found("e", OTHER, ((0, 42),), least - 1e-9)]
    reader = ScriptedReader(a=sure, b=NOTHING, c=NOTHING)
    answer = answer_from("q", found, reader)
    assert [[text.title for text in texts] for _, texts in reader.asked] == [
        ["Title of a", "Title of b"],
        ["Title of c"],
    ]
    assert {each.source.id: each.score for each in answer.considered} == pytest.approx(
        {
            "a": 0.60 + 0.08,
            "b": 0.60 + 0.08 * tanh(-5 / 8),
            "c": least + 0.08 * tanh(-5 / 8),
            "e": least - 0.08,
            "d": 0.1 - 0.08,
        },
        abs=1e-6,
    )
    assert answer.retrieved == ["a", "b", "c", "e", "d"]


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(-40.0, 40.0)), min_size=1, max_size=12))
def test_not_to_read_all_changes_no_answer(scored: list[tuple[float, float]]) -> None:
    found = [make_found(f"p{place}", TEXT, SENTENCES, score) for place, (score, _) in enumerate(scored)]
    readings = {
        f"p{place}": Reading((Span(36, 55, margin),), 0.0, (-50.0,) * 4) for place, (_, margin) in enumerate(scored)
    }
    answer = answer_from("q", found, ScriptedReader(**readings))
    best = max(PLAIN_CALIBRATION.rank(*each) for each in scored)
    margins = [margin for score, margin in scored if PLAIN_CALIBRATION.rank(score, margin) == best]
    assert answer.confidence in [pytest.approx(PLAIN_CALIBRATION.estimate(Signs(each)).confidence) for each in margins]


def test_another_article_that_says_something_else_is_quoted_too() -> None:
    answer = answer_from(
        "q", [FIRST, SECOND], ScriptedReader(a=replace(HALT, evidence=(-9.0, 2.5, -9.0, -9.0)), b=JOIN)
    )
    # ranks: 0.60 + 0.02 = 0.62 and 0.62 + 0.005 = 0.625: the second passage is the best
    assert [(quote.article_id, quote.text, quote.citation) for quote in answer.quotes] == [
        ("b", OTHER, 1),
        ("a", "It demanded a halt to expansion.", 2),
    ]
    assert [citation.source.id for citation in answer.citations] == ["b", "a"]


def test_the_same_sentence_is_not_quoted_twice() -> None:
    twin = make_found("c", TEXT, SENTENCES, 0.60)
    single = replace(HALT, evidence=(-9.0, 2.5, -9.0, -9.0))
    answer = answer_from("q", [FIRST, twin], ScriptedReader(a=single, c=single))
    assert [quote.article_id for quote in answer.quotes] == ["a"]


def test_a_sentence_that_a_passage_repeats_is_quoted_once() -> None:
    found = make_found("a", "Snow fell. Snow fell.", ((0, 10), (11, 21)), 0.60)
    reading = Reading((Span(0, 4, 5.0),), no_answer=3.0, evidence=(2.0, 2.0))
    assert [quote.start for quote in answer_from("q", [found], ScriptedReader(a=reading)).quotes] == [0]


LIST = "The first was talks. The second was a halt. Snow fell. The third was peace."
LIST_SENTENCES = ((0, 20), (21, 43), (44, 54), (55, 75))
FIRST_ITEM, SECOND_ITEM = LIST[0:20], LIST[21:43]


@pytest.mark.parametrize(
    ("question", "quoted"), [("What did it demand?", [FIRST_ITEM, SECOND_ITEM]), ("What was second?", [SECOND_ITEM])]
)
def test_the_items_of_a_list_are_quoted_together_unless_one_was_asked_for(question: str, quoted: list[str]) -> None:
    spans, evidence = (Span(36, 42, 9.0),), (-5.0, 6.0, -5.0, -7.0)  # 11, 11 and 13 below the best
    reader = ScriptedReader(a=Reading(spans, no_answer=3.0, evidence=evidence))
    answer = answer_from(question, [make_found("a", LIST, LIST_SENTENCES, 0.6)], reader)
    assert [quote.text for quote in answer.quotes] == quoted


@pytest.mark.parametrize(("stories", "independent"), [((7, 7), 1), ((7, 8), 2), ((None, None), 2), ((1, None), 2)])
def test_two_articles_that_tell_one_story_are_one_independent_source(
    stories: tuple[int | None, int | None], independent: int
) -> None:
    found = [replace(each, story=story) for each, story in zip((FIRST, SECOND), stories, strict=True)]
    answer = answer_from("q", found, ScriptedReader(a=replace(HALT, evidence=(-9.0, 2.5, -9.0, -9.0)), b=JOIN))
    assert answer.citations == (Citation(1, SECOND.source, stories[1]), Citation(2, FIRST.source, stories[0]))
    assert answer.independent_sources == independent


def test_a_span_over_two_sentences_quotes_both() -> None:
    reading = Reading((Span(36, 70, 5.0),), no_answer=0.0, evidence=(-9.0, 2.0, 2.0, -9.0))
    (quote,) = answer_from("q", [FIRST], ScriptedReader(a=reading)).quotes
    assert (quote.start, quote.end, quote.text) == (124, 184, TEXT[24:84])


def test_the_cosine_makes_an_answer_likelier() -> None:
    reader = ScriptedReader(a=HALT)
    reader.calibration = replace(PLAIN_CALIBRATION, similarity=2.0)
    answer = answer_from("q", [replace(FIRST, similarity=0.25)], reader)
    assert answer.confidence == pytest.approx(logistic(2 + 2.0 * 0.25))


def test_an_answer_is_likelier_where_its_sentence_means_what_question_and_answer_say() -> None:
    reader = ScriptedReader(a=replace(HALT, evidence=(-50.0, 2.5, -50.0, -50.0)))
    reader.calibration = replace(PLAIN_CALIBRATION, support=2.0)
    compared: list[tuple[str, Sequence[str]]] = []

    def compare(text: str, others: Sequence[str]) -> list[float]:
        compared.append((text, others))
        return [0.25] * len(others)

    answer = answer_from("What was demanded?", [FIRST], reader, compare)
    assert answer.confidence == pytest.approx(logistic(2 + 2.0 * 0.25))
    assert compared == [("What was demanded? a halt to expansion", ["It demanded a halt to expansion."])]


@pytest.mark.parametrize(
    ("evidence", "likeness", "is_quoted"),
    [(-4.0, 0.5, True), (-4.1, 0.5, False), (-7.9, 0.7, True), (-3.0, 0.4, False), (-10.1, 1.0, False)],
)
def test_a_further_sentence_is_quoted_for_its_evidence_and_its_meaning(
    evidence: float, likeness: float, is_quoted: bool
) -> None:
    # the answer has a margin of 2 and a likeness of 0.5; 6 below is near enough, and 1 more for every 0.05 of likeness
    def compare(text: str, others: Sequence[str]) -> list[float]:
        known = {"Title of a\nMoscow asked for talks.": likeness}
        return [known.get(other, 0.5) for other in others]

    reader = ScriptedReader(a=replace(HALT, evidence=(evidence, 2.5, -50.0, -50.0)))
    answer = answer_from("q", [FIRST], reader, compare)
    assert ("Moscow asked for talks." in [quote.text for quote in answer.quotes]) == is_quoted


@pytest.mark.parametrize(
    ("margin", "status"),
    [(0.41, Status.ANSWERED), (0.40, Status.UNSURE), (-0.84, Status.UNSURE), (-0.85, Status.NOT_FOUND)],
)
def test_confidence_limits_decide_the_status(margin: float, status: Status) -> None:
    reading = Reading((Span(36, 55, margin),), no_answer=0.0, evidence=(-9.0, margin, -9.0, -9.0))
    answer = answer_from("q", [FIRST], ScriptedReader(a=reading))
    assert answer.status is status  # logistic: 0.601 0.599 0.3016 0.2994


def test_not_found_has_no_quotes_but_the_closest_passages() -> None:
    answer = answer_from("q", [SECOND], ScriptedReader(b=NOTHING))
    assert (answer.text, answer.answer_span, answer.quotes, answer.citations) == (NOT_FOUND, "", (), ())
    assert [found.source.id for found in answer.considered] == ["b"]


def test_no_passages_no_answer() -> None:
    answer = answer_from("q", [], ScriptedReader())
    assert (answer.status, answer.confidence, answer.considered) == (Status.NOT_FOUND, 0.0, ())


def test_the_lead_over_the_next_sentence_and_the_next_span_elsewhere_makes_an_answer_likelier() -> None:
    spans = (Span(36, 55, 5.0), Span(24, 55, 4.5), Span(57, 61, 2.0))
    reader = ScriptedReader(a=Reading(spans, no_answer=3.0, evidence=(-1.0, 2.5, 0.5, -9.0)))
    reader.calibration = replace(PLAIN_CALIBRATION, evidence_gap=0.5, span_gap=0.25, right_intercept=-1.0)
    answer = answer_from("q", [FIRST], reader)
    assert answer.confidence == pytest.approx(logistic(2) * logistic(0.5 * 2.0 + 0.25 * 3.0 - 1.0))
