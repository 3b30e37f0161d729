"""How far a number can be trusted: bootstrap intervals, and tests on pairs. Seeded, so that they repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import binomtest, bootstrap, permutation_test

from rag.evaluation.metrics import Numbers, Values

SEED = 20_260_101
RESAMPLES = 2_000
PERMUTATIONS = 9_999
_BATCH = 100
"""Resamples held in memory together."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured value, over `n` cases, and its bootstrap 95 % interval; None where there are too few to draw from.

    Example:
        estimate(np.mean, [1.0, 0.0, 1.0]).value  # 0.667
    """

    value: float
    n: int
    interval: tuple[float, float] | None = None


def estimate(statistic: Callable[..., Any], *samples: Numbers, paired: bool = False) -> Estimate:
    """Return the statistic of the samples, with the percentiles of 2,000 bootstrap resamples as its interval.

    `statistic` takes the samples and an `axis`. Paired samples are drawn from together; others each on its own, and
    `n` counts all (Efron and Tibshirani 1993).
    """
    data = [np.asarray(sample, dtype=float) for sample in samples]
    value = float(statistic(*data, axis=-1))
    n = len(data[0]) if paired else sum(map(len, data))
    if min(map(len, data)) < 2:
        return Estimate(value, n)
    interval = bootstrap(
        data, statistic, paired=paired, vectorized=True, method="percentile",
        n_resamples=RESAMPLES, batch=_BATCH, rng=SEED,
    ).confidence_interval  # fmt: skip
    return Estimate(value, n, (float(interval.low), float(interval.high)))


def compare_pairs(before: Numbers, after: Numbers) -> tuple[str, float]:
    """Return the test's name and the probability of a difference this large, either way, if there is none.

    Values that are all 0 or 1 are compared by McNemar's exact test (1947), others by the permutation of pairs (Fisher
    1935; Smucker et al., CIKM 2007), exactly for few of them and else by 9,999 draws.
    """
    left, right = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if np.isin((left, right), (0.0, 1.0)).all():
        return "McNemar", _mcnemar(int((left > right).sum()), int((left < right).sum()))
    return "permutation", _permute(right - left)


def _mcnemar(lost: int, won: int) -> float:
    return float(binomtest(lost, lost + won).pvalue) if lost + won else 1.0


def _permute(differences: Values) -> float:
    moved = differences[differences != 0]
    if len(moved) < 2:  # either sign is as likely
        return 1.0
    found = permutation_test(
        (moved, np.zeros_like(moved)), _mean_difference, permutation_type="samples", vectorized=True,
        n_resamples=PERMUTATIONS, batch=_BATCH, rng=SEED,
    )  # fmt: skip
    return float(found.pvalue)


def _mean_difference(left: Values, right: Values, axis: int) -> Values:
    difference: Values = np.mean(left - right, axis=axis)
    return difference
