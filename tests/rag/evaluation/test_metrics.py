"""The measures, on cases worked out by hand and against scikit-learn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from rag.evaluation.metrics import (
    measure_auroc,
    measure_calibration_error,
    measure_evidence,
    measure_exact_match,
    measure_reciprocal_rank,
    measure_token_f1,
    normalize,
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


def test_reciprocal_rank_counts_to_k() -> None:
    assert measure_reciprocal_rank(["a", "b", "c"], "b") == 0.5
    assert measure_reciprocal_rank(["a", "b", "c"], "c", k=2) == 0.0
    assert measure_reciprocal_rank([], "c") == 0.0


def test_evidence_matches_sentences_that_contain_each_other() -> None:
    gold = ["It rained.", "The storm hit Lisbon on Monday.", "Roofs flew."]
    precision, recall, f1 = measure_evidence(["The storm hit Lisbon on Monday. It rained.", "Nobody was hurt."], gold)
    assert (precision, recall) == (0.5, pytest.approx(2 / 3))
    assert f1 == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3))
    assert measure_evidence([], gold) == (0.0, 0.0, 0.0)


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
