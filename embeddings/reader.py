"""What a reader is: given a question and passages, it says where the answer stands, or that it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Protocol, TypeAlias

Offsets: TypeAlias = tuple[int, int]
"""A half-open range of characters of `ReadingText.text`."""

MAX_LOGIT = 30.0


@dataclass(frozen=True, slots=True)
class ReadingText:
    """One passage as a reader sees it; `sentences` are exact offsets into `text`, in order."""

    title: str
    text: str
    sentences: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A possible answer, `text[start:end]`; the score is comparable within one question."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one passage.

    `spans` are the possible answers, best first, no two the same. `no_answer` is the score, on the
    spans' scale, of there being none.
    """

    spans: tuple[Span, ...]
    no_answer: float

    def measure_margin(self, span: Span) -> float:
        """Return how far the span is above "no answer"; negative where it does not seem to answer."""
        return span.score - self.no_answer


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a reader's margin, and how well retrieval ranked the passage, into a probability.

    The probability is the logistic function (Platt 1999) of `margin * m + retrieval * r + intercept`, where `m` is
    `Reading.measure_margin` and `r` in [0, 1] the retrieval score. The weights are fitted on development data.
    """

    margin: float
    retrieval: float
    intercept: float

    def estimate(self, margin: float, retrieval: float) -> float:
        """Return the probability in [0, 1] that the span with this margin answers the question."""
        logit = self.margin * margin + self.retrieval * retrieval + self.intercept
        return 1.0 / (1.0 + exp(-max(-MAX_LOGIT, min(MAX_LOGIT, logit))))


class Reader(Protocol):
    """Reads passages for the answer to a question."""

    @property
    def calibration(self) -> Calibration:
        """Turns this reader's margins into probabilities."""

    @property
    def identity(self) -> str:
        """Names the model and its weights."""

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return one reading a text, in the same order; the order of the texts does not change any of them."""
