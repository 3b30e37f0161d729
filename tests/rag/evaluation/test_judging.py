"""What one answer scores, worked out by hand."""

import pytest

from rag.evaluation.cases import Case
from rag.evaluation.judging import Fault
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
