"""From a reader's scores to a ranking and a probability; fitted on development data, kept beside the weights."""

import json
from dataclasses import dataclass
from math import exp, tanh
from pathlib import Path
from typing import Self

MAX_LOGIT = 30.0
"""Beyond this a probability is 0 or 1 to twelve digits."""
MARGIN_SCALE = 8.0
"""A margin of this size has three quarters of the weight that any can have in the choice of a passage. By hand."""
MAX_SURE_MARGIN = 20.0
"""A larger margin makes no answer likelier. By hand."""
MAX_GAP = 10.0
"""A larger lead over the next sentence, or the next span, makes no answer likelier. By hand."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against an answer.

    Attributes:
        margin: how far its span, or the evidence of its sentence, is above "no answer".
        similarity: cosine of passage and question.
        support: cosine of the answer's sentence and the question with the answer behind it.
        title_overlap: share of the question's words that the title has.
        foreign: share of a name in the question that the article lacks.
        evidence_gap: how far the passage's best sentence is above its next in the reader's evidence.
        span_gap: how far the best span's score is above that of the next one elsewhere in the passage.
    """

    margin: float
    similarity: float = 0.0
    support: float = 0.0
    title_overlap: float = 0.0
    foreign: float = 0.0
    evidence_gap: float = 0.0
    span_gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """Two probabilities: that the articles answer, and, if they do, that this is the answer."""

    answerable: float
    right: float

    @property
    def confidence(self) -> float:
        """The probability that the answer is right."""
        return self.answerable * self.right


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weighs what the reader says against what retrieval says; `benchmarks.calibrate` fits it to development sets.

    A margin is how far a span scores above "no answer". A retrieval score is at most 1. Two logistic functions (Platt
    1999) make the confidence, since they rest on different signs: an article that is about something else gives itself
    away by what it means, and a wrong sentence of the right article by another that is nearly as good.

    Example:
        >>> calibration = OnnxReader().calibration
        >>> passage_score = calibration.rank(retrieval=0.6, margin=4.0)
        >>> confidence = calibration.estimate(Signs(margin=4.0, similarity=0.5)).confidence

    Attributes:
        rank_margin: what the highest margin adds to the retrieval score of a passage, and the lowest takes from it.
        date: what a passage gains in rank that is about the date asked for, and one about another loses.
        margin: factor of the margin in the probability that the articles answer.
        similarity: factor of the cosine of passage and question in it.
        support: factor of the likeness in meaning of the answer's sentence and the question with the answer behind it.
        title_overlap: factor of what the title shares with the question. Below 0: passages are embedded with their
            title, and a title like the question answers nothing.
        foreign: factor of the share of a name in the question that the article lacks. Below 0: near misses ask so.
        intercept: of the logistic function that gives that probability.
        right_margin: factor of the margin in the probability that this is the answer, if there is one.
        evidence_gap: factor of the best sentence's lead in it.
        span_gap: factor of the best span's lead.
        right_intercept: of its logistic function.
        not_found_below: probability of there being an answer below which the articles do not answer.
        unsure_below: confidence below which an answer is marked as unsure.
    """

    rank_margin: float
    date: float
    margin: float
    similarity: float
    support: float
    title_overlap: float
    foreign: float
    intercept: float
    right_margin: float
    evidence_gap: float
    span_gap: float
    right_intercept: float
    not_found_below: float
    unsure_below: float

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the values from a JSON file; keys that start with `_` are notes."""
        values = json.loads(path.read_text("utf-8"))
        return cls(**{name: value for name, value in values.items() if not name.startswith("_")})

    def rank(self, retrieval: float, margin: float, date_fit: float = 0.0) -> float:
        """Return the score that passages are ranked by.

        Args:
            retrieval: the passage's score as it was retrieved, at most 1.
            margin: how far its best span is above "no answer".
            date_fit: 1 if the passage is about the date asked for, -1 if about another, 0 if neither is known.
        """
        return retrieval + self.rank_margin * tanh(margin / MARGIN_SCALE) + self.date * date_fit

    def estimate(self, signs: Signs) -> Estimate:
        """Estimate how likely there is an answer, and how likely it is the one that has these signs."""
        margin = _clip(signs.margin, MAX_SURE_MARGIN)
        answerable = self.margin * margin + self.similarity * signs.similarity + self.support * signs.support
        answerable += self.title_overlap * signs.title_overlap + self.foreign * signs.foreign
        right = self.right_margin * margin + self.evidence_gap * _clip(signs.evidence_gap, MAX_GAP)
        right += self.span_gap * _clip(signs.span_gap, MAX_GAP)
        return Estimate(_squash(answerable + self.intercept), _squash(right + self.right_intercept))


def _squash(evidence: float) -> float:
    """Return the logistic function of the evidence, in [0, 1]."""
    return 1.0 / (1.0 + exp(-_clip(evidence, MAX_LOGIT)))


def _clip(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
