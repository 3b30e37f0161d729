"""The ranking score and the probability, by hand."""

import json
from math import exp
from pathlib import Path

import pytest

from embeddings.calibration import Calibration

CALIBRATION = Calibration(
    rank_margin=0.08,
    date=0.05,
    margin=0.5,
    similarity=2.0,
    support=1.0,
    title_overlap=-0.5,
    foreign=-1.0,
    intercept=-2.0,
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


def test_the_probability_is_logistic() -> None:
    assert CALIBRATION.estimate(2.0, 0.5, 0.0, 0.0, 0.0) == pytest.approx(0.5)  # 0.5 * 2 + 2 * 0.5 - 2 = 0
    assert CALIBRATION.estimate(4.0, 0.5, 0.0, 0.0, 0.0) == pytest.approx(1 / (1 + exp(-1)))
    assert CALIBRATION.estimate(2.0, 0.5, 1.0, 0.0, 0.0) == pytest.approx(1 / (1 + exp(-1)))
    assert CALIBRATION.estimate(4.0, 0.5, 0.0, 0.0, 0.0) > CALIBRATION.estimate(4.0, 0.4, 0.0, 0.0, 0.0)
    assert CALIBRATION.estimate(4.0, 0.5, 0.0, 1.0, 0.0) == pytest.approx(1 / (1 + exp(-0.5)))
    assert CALIBRATION.estimate(2.0, 0.5, 0.0, 0.0, 0.5) == pytest.approx(1 / (1 + exp(0.5)))
    assert CALIBRATION.estimate(19.0, 0.5, 0.0, 0.0, 0.0) < CALIBRATION.estimate(20.0, 0.5, 0.0, 0.0, 0.0)
    assert CALIBRATION.estimate(20.0, 0.5, 0.0, 0.0, 0.0) == CALIBRATION.estimate(100.0, 0.5, 0.0, 0.0, 0.0)
    assert 0.0 < CALIBRATION.estimate(-1e9, -1e9, 0.0, 0.0, 0.0) < 1e-12


def test_it_is_read_from_a_file_with_notes(tmp_path: Path) -> None:
    values = {name: getattr(CALIBRATION, name) for name in CALIBRATION.__slots__}
    (tmp_path / "calibration.json").write_text(json.dumps(values | {"_fitted_on": "dev"}), encoding="utf-8")
    assert Calibration.read(tmp_path / "calibration.json") == CALIBRATION
