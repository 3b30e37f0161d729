"""Intervals and tests, against values worked out by hand."""

from math import comb

import numpy as np
import pytest

from rag.evaluation.metrics import measure_auroc
from rag.evaluation.significance import Estimate, compare_pairs, estimate


def test_the_interval_of_a_share_is_about_that_of_the_binomial() -> None:
    found = estimate(np.mean, [1.0] * 60 + [0.0] * 40)
    spread = 1.96 * (0.6 * 0.4 / 100) ** 0.5
    assert (found.value, found.n) == (0.6, 100)
    assert found.interval == pytest.approx((0.6 - spread, 0.6 + spread), abs=0.015)


def test_values_that_are_all_the_same_leave_no_doubt() -> None:
    assert estimate(np.mean, [1.0, 1.0, 1.0]) == Estimate(1.0, 3, (1.0, 1.0))


def test_one_value_has_no_interval() -> None:
    assert estimate(np.mean, [0.5]) == Estimate(0.5, 1, None)
    assert estimate(measure_auroc, [0.9], [0.1, 0.2]) == Estimate(1.0, 3, None)


def test_two_samples_are_drawn_from_apart() -> None:
    found = estimate(measure_auroc, [0.9, 0.8, 0.3], [0.5, 0.1])
    assert (found.value, found.n) == (5 / 6, 5)
    assert found.interval and 0.0 <= found.interval[0] < 5 / 6 < found.interval[1] == 1.0


def test_the_same_draws_every_time() -> None:
    values = np.linspace(0, 1, 30)
    assert estimate(np.mean, values) == estimate(np.mean, values)
    assert compare_pairs(values, values**2) == compare_pairs(values, values**2)


def test_mcnemar_by_hand() -> None:
    # 1 case lost, 6 won, 3 the same: twice the chance of at most 1 head in 7 throws
    before, after = [1] + [0] * 6 + [1, 1, 0], [0] + [1] * 6 + [1, 1, 0]
    assert compare_pairs(before, after) == ("McNemar", pytest.approx(2 * (comb(7, 0) + comb(7, 1)) / 2**7))
    assert compare_pairs([1, 0], [1, 0]) == ("McNemar", 1.0)


def test_the_permutation_of_few_pairs_is_exact() -> None:
    # of the 8 signs of (0.1, 0.2, 0.3) two give a sum as far from 0 as theirs; the pair without difference adds nothing
    assert compare_pairs([0.5, 0.5, 0.5, 0.5], [0.6, 0.7, 0.8, 0.5]) == ("permutation", pytest.approx(2 / 8))
    assert compare_pairs([0.5, 0.5], [0.5, 0.5]) == ("permutation", 1.0)
    assert compare_pairs([0.5, 0.5], [0.5, 0.9]) == ("permutation", 1.0)
