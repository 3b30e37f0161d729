"""Two runs over the same cases: which answers flipped, and which differences are more than chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.errors import RunError
from rag.evaluation.cases import Case, case_record
from rag.evaluation.folder import Run
from rag.evaluation.judging import Result
from rag.evaluation.report import LESS_IS_BETTER, MEASURES, SET_MEASURES, make_report
from rag.evaluation.significance import compare_pairs
from rag.wire import Record

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """One case and both runs' results."""

    before: Result
    after: Result

    @property
    def case(self) -> Case:
        """The case."""
        return self.before.case

    @property
    def is_flipped(self) -> bool:
        """Whether the verdict changed; without gold, whether the answer did."""
        if self.case.has_gold:
            return self.before.is_right is not self.after.is_right
        return bool(self.before.answer["answer"] != self.after.answer["answer"])


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of both runs over the `n` cases that have it in both.

    `test` and `p` are the paired test's name and two-sided probability; None for measures of the whole set.
    """

    name: str
    before: float
    after: float
    n: int
    test: str | None = None
    p: float | None = None

    @property
    def is_significant(self) -> bool:
        """Whether chance alone would hardly do it."""
        return self.p is not None and self.p < SIGNIFICANT

    @property
    def is_better(self) -> bool:
        """Whether the later run is ahead."""
        return (self.after > self.before) is not (self.name in LESS_IS_BETTER)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the cases that both answered; `left_out` counts the cases that only one of them did.

    A case of which question or gold changed in between is another case.

    Example:
        comparison = compare_runs(RunFolder(before).read(), RunFolder(after).read())
        print([(pair.case.id, pair.after.is_right) for pair in comparison.flipped])
    """

    before: Record
    after: Record
    differences: list[Difference]
    pairs: list[Pair]
    left_out: tuple[int, int]

    @property
    def flipped(self) -> list[Pair]:
        """The pairs whose verdict changed: those that got worse first."""
        changed = [pair for pair in self.pairs if pair.is_flipped]
        return sorted(changed, key=lambda pair: (pair.after.is_right, -pair.after.confidence, pair.case.id))


def compare_runs(before: Run, after: Run) -> Comparison:
    """Compare two runs over the cases that both answered.

    Raises:
        RunError: they share no case.
    """
    left, right = ({result.case.id: result for result in run.results} for run in (before, after))
    shared = [id for id in left if id in right and left[id].case == right[id].case]
    if not shared:
        raise RunError(
            f"the runs share no case: {before.setup['name']} has {len(left)}, {after.setup['name']} {len(right)}"
            " others; run both over one case file"
        )
    pairs = [Pair(left[id], right[id]) for id in shared]
    left_out = len(left) - len(shared), len(right) - len(shared)
    return Comparison(before.setup, after.setup, [*_measure(pairs, before.setup, after.setup)], pairs, left_out)


def comparison_record(comparison: Comparison) -> Record:
    """Return what `compare.json` holds."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "shared": len(comparison.pairs),
        "left_out": {"before": comparison.left_out[0], "after": comparison.left_out[1]},
        "metrics": {
            each.name: {
                "before": round(each.before, 6), "after": round(each.after, 6), "n": each.n,
                "difference": round(each.after - each.before, 6),
                "test": each.test, "p": each.p and round(each.p, 6),
            }
            for each in comparison.differences
        },
        "flipped": [
            {**case_record(pair.case), "before": pair.before.answer, "after": pair.after.answer,
             "right": [pair.before.is_right, pair.after.is_right] if pair.case.has_gold else None}
            for pair in comparison.flipped
        ],
    }  # fmt: skip


def _measure(pairs: Sequence[Pair], before: Record, after: Record) -> Iterator[Difference]:
    reports = (
        make_report(before, [pair.before for pair in pairs]).metrics,
        make_report(after, [pair.after for pair in pairs]).metrics,
    )
    for name in (*MEASURES, *SET_MEASURES):
        if name in SET_MEASURES and all(name in metrics for metrics in reports):
            one, other = (metrics[name] for metrics in reports)
            yield Difference(name, one.value, other.value, min(one.n, other.n))
        elif all(name in metrics for metrics in reports):
            yield from _compare_scores(name, pairs)


def _compare_scores(name: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    scores = [(pair.before.scores.get(name), pair.after.scores.get(name)) for pair in pairs]
    both = [(one, other) for one, other in scores if one is not None and other is not None]
    if both:
        before, after = zip(*both, strict=True)
        yield Difference(name, float(np.mean(before)), float(np.mean(after)), len(both), *compare_pairs(before, after))
