"""What a comparison of two runs holds."""

from dataclasses import dataclass

from rag.evaluation.cases import Case
from rag.evaluation.judging import Result
from rag.evaluation.report import LESS_IS_BETTER
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
    """Two runs over the cases that both answered; `left_out` counts the cases that only one of them did."""

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
