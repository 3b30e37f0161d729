"""The ranking score and the probability, by hand."""

import json
from math import exp, inf
from pathlib import Path

import pytest

from embeddings.calibration import Calibration, Estimate, Signs

CALIBRATION = Calibration(
    rank_margin=0.08,
    date=0.05,
    margin=0.5,
    similarity=2.0,
    support=1.0,
    title_overlap=-0.5,
    foreign=-1.0,
    intercept=-2.0,
    right_margin=0.25,
    evidence_gap=0.5,
    span_gap=0.25,
    right_intercept=-1.0,
    not_found_below=0.2,
    unsure_below=0.5,
)


def test_the_margin_moves_a_passage_in_the_ranking_up_to_a_limit() -> None:
    assert CALIBRATION.rank(0.6, 4.0) == pytest.approx(0.6 + 0.08 * 0.46211716)  # tanh(0.5)
    assert CALIBRATION.rank(0.6, 1e3) == pytest.approx(0.68)
    assert CALIBRATION.rank(0.6, -1e3) == pytest.approx(0.52)


def test_a_passage_of_another_time_ranks_lower() -> None:
    assert CALIBRATION.rank(0.6, 4.0, -1) == pytest.approx(CALIBRATION.rank(0.6, 4.0) - 0.05)
    assert CALIBRATION.rank(0.6, 4.0, 1) == pytest.approx(CALIBRATION.rank(0.6, 4.0) + 0.05)


def estimate(*signs: float) -> float:
    return CALIBRATION.estimate(Signs(*signs)).answerable


def test_the_probability_of_an_answer_is_logistic() -> None:
    assert estimate(2.0, 0.5) == pytest.approx(0.5)  # 0.5 * 2 + 2 * 0.5 - 2 = 0
    assert estimate(4.0, 0.5) == pytest.approx(1 / (1 + exp(-1)))
    assert estimate(2.0, 0.5, 1.0) == pytest.approx(1 / (1 + exp(-1)))
    assert estimate(4.0, 0.5, 0.0, 1.0) == pytest.approx(1 / (1 + exp(-0.5)))
    assert estimate(2.0, 0.5, 0.0, 0.0, 0.5) == pytest.approx(1 / (1 + exp(0.5)))
    assert estimate(19.0, 0.5) < estimate(20.0, 0.5) == estimate(100.0, 0.5)
    assert 0.0 < estimate(-1e9, -1e9) < 1e-12


def test_the_answer_is_likelier_the_right_one_the_further_it_is_ahead() -> None:
    def right(**gaps: float) -> float:
        return CALIBRATION.estimate(Signs(4.0, **gaps)).right

    assert right() == pytest.approx(0.5)  # 0.25 * 4 - 1 = 0
    assert right(evidence_gap=2.0) == right(span_gap=4.0) == pytest.approx(1 / (1 + exp(-1)))
    assert right(span_gap=-4.0) == pytest.approx(1 / (1 + exp(1)))
    assert right(evidence_gap=inf, span_gap=inf) == right(evidence_gap=10.0, span_gap=10.0)


def test_the_confidence_takes_both() -> None:
    assert Estimate(answerable=0.8, right=0.5).confidence == pytest.approx(0.4)


def test_it_is_read_from_a_file_with_notes(tmp_path: Path) -> None:
    values = {name: getattr(CALIBRATION, name) for name in CALIBRATION.__slots__}
    (tmp_path / "calibration.json").write_text(json.dumps(values | {"_fitted_on": "dev"}), encoding="utf-8")
    assert Calibration.read(tmp_path / "calibration.json") == CALIBRATION
