"""The measures, on cases worked out by hand and against scikit-learn."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from rag.evaluation.metrics import (
    bin_confidences,
    measure_auroc,
    measure_calibration_error,
    measure_containment,
    measure_evidence,
    measure_exact_match,
    measure_ranking,
    measure_risk_area,
    measure_token_f1,
    normalize,
    trace_risk,
)


def test_normalizing_as_squad_does() -> None:
    assert normalize("The  U.S. Army's, an  answer!") == "us armys answer"


def test_exact_match_takes_any_of_the_answers() -> None:
    assert measure_exact_match("the Élysée Palace.", ["Paris", "Élysée palace"]) == 1.0
    assert measure_exact_match("Élysée", ["Paris", "Élysée palace"]) == 0.0
    assert measure_exact_match("", []) == 0.0


def test_token_f1_is_that_of_the_best_answer() -> None:
    # said: eight hours of talks (4), gold: more than eight hours (4), shared: eight hours (2) -> 2 * 2 / 8
    assert measure_token_f1("eight hours of talks", ["a day", "more than eight hours"]) == 0.5
    assert measure_token_f1("Berlin", ["Paris"]) == 0.0
    assert measure_token_f1("the the", ["a"]) == 0.0
    assert measure_token_f1("Paris", []) == 0.0


def test_the_ranking_of_one_article() -> None:
    ranking = [f"a{number}" for number in range(12)]
    assert measure_ranking(ranking, ["a1"]) == {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "mrr@10": 0.5}
    assert measure_ranking(ranking, ["a9"])["mrr@10"] == pytest.approx(0.1)
    assert set(measure_ranking(ranking, ["a10"]).values()) == {0.0}
    assert set(measure_ranking([], ["a1"]).values()) == {0.0}


def test_the_ranking_of_two_articles_that_are_both_needed() -> None:
    ranking = ["x", "y", "one", "z", "u", "two"]
    assert measure_ranking(ranking, ["one", "two"]) == {
        "recall@1": 0.0,
        "recall@5": 0.5,
        "recall@10": 1.0,
        "mrr@10": pytest.approx(1 / 3),
    }


def test_an_answer_is_contained_as_whole_words_one_after_the_other() -> None:
    text = "“The U.S. sent 308 tonnes’ worth to Kyiv, it said.” [1]"
    assert measure_containment(text, ["Lviv", "the 308 tonnes"]) == 1.0
    assert measure_containment(text, ["kyiv it said"]) == 1.0
    assert measure_containment(text, ["30", "said Kyiv", "the"]) == 0.0
    assert measure_containment("It was “Bush’s war”.", ["Bush's War"]) == 1.0
    assert measure_containment(text, []) == 0.0


def test_evidence_matches_sentences_that_contain_each_other() -> None:
    gold = ["It rained.", "The storm hit Lisbon on Monday.", "Roofs flew."]
    precision, recall, f1 = measure_evidence(["The storm hit Lisbon on Monday. It rained.", "Nobody was hurt."], gold)
    assert (precision, recall) == (0.5, pytest.approx(2 / 3))
    assert f1 == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))
    assert measure_evidence([], gold) == (0.0, 0.0, 0.0)
    assert measure_evidence(["No."], ["Nobody was hurt."]) == (0.0, 0.0, 0.0)


def test_auroc_by_hand() -> None:
    assert measure_auroc([0.9, 0.4], [0.4, 0.1]) == (1 + 1 + 0.5 + 1) / 4


scores = st.lists(st.integers(0, 10).map(lambda value: value / 10), min_size=1, max_size=20)


@given(scores, scores)
def test_auroc_agrees_with_scikit_learn(positives: list[float], negatives: list[float]) -> None:
    labels = [1] * len(positives) + [0] * len(negatives)
    assert measure_auroc(positives, negatives) == pytest.approx(roc_auc_score(labels, [*positives, *negatives]))


def test_calibration_error_by_hand() -> None:
    # 0.8 and 0.89 share a bin, one is right: gap 1.69 - 1 = 0.69; 0.2 is right: gap 0.8; 1.0 is right: no gap
    assert measure_calibration_error([0.8, 0.89, 0.2, 1.0], [1, 0, 1, 1]) == pytest.approx((0.69 + 0.8 + 0.0) / 4)
    assert bin_confidences([0.8, 0.9, 0.2], [1, 0, 1]) == [(0.2, 1.0, 1), (0.8, 1.0, 1), (0.9, 0.0, 1)]


def test_risk_and_coverage_by_hand() -> None:
    # most confident first: right, wrong, right, right
    assert trace_risk([0.2, 0.9, 0.5, 0.7], [1, 1, 1, 0]).tolist() == [0, 1 / 2, 1 / 3, 1 / 4]
    assert measure_risk_area([0.2, 0.9, 0.5, 0.7], [1, 1, 1, 0]) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 4) / 4)


def test_of_answers_with_one_confidence_the_wrong_come_first() -> None:
    assert trace_risk([0.9, 0.9, 0.1], [0, 1, 0]).tolist() == [1.0, 0.5, 2 / 3]
    assert trace_risk([0.9, 0.9, 0.1], [1, 0, 0]).tolist() == [1.0, 0.5, 2 / 3]


@pytest.mark.parametrize("measure", [measure_auroc, measure_calibration_error, measure_risk_area])
def test_a_row_of_many_counts_as_if_it_were_alone(measure: Callable) -> None:
    left, right = np.array([[0.9, 0.4, 0.4], [0.2, 0.7, 0.1]]), np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    alone = [measure(*rows) for rows in zip(left, right, strict=True)]
    assert measure(left, right).tolist() == alone
    assert measure(left.T, right.T, axis=0).tolist() == alone


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 1)), min_size=1, max_size=20))
def test_risk_at_full_coverage_is_the_share_of_errors(pairs: list[tuple[float, int]]) -> None:
    confidences, right = zip(*pairs, strict=True)
    assert trace_risk(confidences, right)[-1] == pytest.approx(1 - sum(right) / len(right))
