"""What one answer scores, worked out by hand."""

import pytest

from rag.evaluation.cases import Case
from rag.evaluation.judging import Fault
from rag.question import Kind
from tests.rag.prose.answers import DAY, MOON, ROOFS, judge_answer, make_answer, make_quote

FOUND = {"recall@1": 1.0, "recall@5": 1.0, "recall@10": 1.0, "mrr@10": 1.0}
SECOND = {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "mrr@10": 0.5}


def test_a_right_answer_with_one_quote_too_many() -> None:
    quotes = (
        make_quote("storm", "It tore off 40 roofs.", 0.8),
        make_quote("storm", "A storm hit Lisbon on Monday.", 0.3),
    )
    result = judge_answer(ROOFS, make_answer(*quotes, span="40 roofs"))
    assert result.fault is None
    assert result.scores == {
        "correct": 1.0,
        "exact_match": 0.0,
        "token_f1": pytest.approx(2 / 3),  # 40 of {40, roofs} and {40}
        "containment": 1.0,
        **FOUND,
        "evidence_precision": 0.5,
        "evidence_recall": 1.0,
        "evidence_f1": pytest.approx(2 / 3),
        "citation_correctness": 1.0,
        "answered": 1.0,
    }


def test_an_answer_that_was_withheld_scores_nothing_and_cites_nothing() -> None:
    result = judge_answer(DAY, make_answer(confidence=0.1))
    assert result.fault is Fault.ABSTAINED
    assert result.scores == {
        "correct": 0.0,
        "exact_match": 0.0,
        "token_f1": 0.0,
        "containment": 0.0,
        **SECOND,
        "abstention_precision": 0.0,
        "answered": 0.0,
    }


def test_an_unanswerable_question() -> None:
    silent = judge_answer(MOON, make_answer())
    assert silent.fault is None
    assert silent.scores == {"correct": 1.0, "abstention_precision": 1.0, "abstention_recall": 1.0}
    said = judge_answer(MOON, make_answer(make_quote("vote", "Porto votes on Friday."), span="Porto"))
    assert said.fault is Fault.ANSWERED
    assert said.scores == {"correct": 0.0, "citation_correctness": 1.0, "abstention_recall": 0.0}


def test_without_gold_only_citations_are_scored() -> None:
    case = Case("open", "What happened?")
    result = judge_answer(case, make_answer(make_quote("vote", "Porto votes on Friday."), span="Friday"))
    assert (result.scores, result.fault, result.is_right) == ({"citation_correctness": 1.0}, None, False)
    assert judge_answer(case, make_answer()).scores == {}


def test_a_quote_that_is_not_at_its_place_is_not_correct() -> None:
    quote = make_quote("vote", "Porto votes on Friday.")
    for wrong in ({"start": 1}, {"text": "Porto votes on Monday."}, {"article": "storm"}):
        assert judge_answer(DAY, make_answer(quote | wrong)).scores["citation_correctness"] == 0.0


def test_where_a_wrong_answer_broke() -> None:
    wrong = make_quote("storm", "A storm hit Lisbon on Monday.")
    assert judge_answer(DAY, make_answer(wrong, span="Monday")).fault is Fault.READER
    assert judge_answer(DAY, make_answer(wrong, span="Monday", retrieved=("storm",))).fault is Fault.RETRIEVAL
    assert judge_answer(DAY, make_answer(retrieved=("storm",))).fault is Fault.RETRIEVAL


def test_a_long_answer_is_right_if_its_likeliest_quote_is_evidence() -> None:
    case = Case(
        "what", "What happened in Lisbon?", ("Lisbon had a bad week.",), (), (("A storm hit Lisbon on Monday.",),)
    )
    hit, miss = (
        make_quote("storm", "A storm hit Lisbon on Monday.", 0.7),
        make_quote("storm", "It tore off 40 roofs.", 0.6),
    )
    assert judge_answer(case, make_answer(miss, hit, span="40")).is_right
    assert not judge_answer(case, make_answer(miss | {"score": 0.9}, hit, span="40")).is_right


def test_evidence_is_that_of_the_person_who_agrees_most() -> None:
    case = Case("what", "?", ("x",), (), (("Something else.", "And more."), ("It tore off 40 roofs.",)))
    scores = judge_answer(case, make_answer(make_quote("storm", "It tore off 40 roofs."))).scores
    assert (scores["evidence_precision"], scores["evidence_recall"], scores["evidence_f1"]) == (1.0, 1.0, 1.0)


STORM, TORN = make_quote("storm", "A storm hit Lisbon on Monday."), make_quote("storm", "It tore off 40 roofs.")
SUMMARY = Case(
    "sum",
    "Summarise the storm",
    ("40 roofs",),
    evidence=((STORM["text"], TORN["text"]),),
    kind=Kind.SUMMARY,
    contains=("on Monday",),
    lacks=("Porto",),
)


def test_a_case_of_a_kind_is_judged_by_the_kind_the_texts_and_the_evidence() -> None:
    right = judge_answer(SUMMARY, make_answer(STORM, kind=Kind.SUMMARY))
    assert (right.is_right, right.fault) == (True, None)  # half of the evidence is enough, and no span is needed
    other = make_quote("vote", "Porto votes on Friday.")
    for fault, answer in (
        (Fault.KIND, make_answer(STORM, TORN)),
        (Fault.READER, make_answer(TORN, kind=Kind.SUMMARY)),
        (Fault.READER, make_answer(STORM, other, kind=Kind.SUMMARY)),
        (Fault.ABSTAINED, make_answer(kind=Kind.SUMMARY)),
    ):
        assert judge_answer(SUMMARY, answer).fault is fault


def test_a_case_of_a_kind_alone_is_judged_by_its_short_answer() -> None:
    case = Case("day", "When does Porto vote?", ("Friday",), kind=Kind.FACT)
    assert judge_answer(case, make_answer(make_quote("vote", "Porto votes on Friday."), span="Friday")).is_right
    assert not judge_answer(case, make_answer(STORM, span="Monday")).is_right


def test_a_reply_must_not_quote_and_says_nothing_of_abstention() -> None:
    case = Case("count", "How many articles are there?", (), kind=Kind.COLLECTION, contains=("2 articles",))
    right = judge_answer(case, make_answer(kind=Kind.COLLECTION, reply="2 articles from 1 outlet."))
    assert right.scores == {"correct": 1.0}
    assert judge_answer(case, make_answer(kind=Kind.COLLECTION, reply="3 articles.")).fault is Fault.FORM
    assert judge_answer(case, make_answer(STORM, kind=Kind.COLLECTION)).fault is Fault.ANSWERED
