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


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weighs what the reader says against what retrieval says; `benchmarks.calibrate` fits it to development sets.

    A margin is how far a span scores above "no answer". A retrieval score is at most 1. How far the best passage is
    above the next says nothing here: news repeats itself. Nor do the words that passage and question share: those of an
    unanswerable question are about something that the articles tell of, too. The sentence's meaning says more.

    Example:
        >>> calibration = OnnxReader().calibration
        >>> passage_score = calibration.rank(retrieval=0.6, margin=4.0)

    Attributes:
        rank_margin: what the highest margin adds to the retrieval score of a passage, and the lowest takes from it.
        date: what a passage gains in rank that is about the date asked for, and one about another loses.
        margin: factor of the margin in the confidence.
        similarity: factor of the cosine of passage and question.
        support: factor of the likeness in meaning of the answer's sentence and the question with the answer behind it.
        title_overlap: factor of what the title shares with the question. Below 0: passages are embedded with their
            title, and a title like the question answers nothing.
        foreign: factor of the share of a name in the question that the article lacks. Below 0: near misses ask so.
        intercept: of the logistic function (Platt 1999) that gives the probability of the answer being right.
        not_found_below: confidence below which the articles do not answer.
        unsure_below: confidence below which they may not answer.
    """

    rank_margin: float
    date: float
    margin: float
    similarity: float
    support: float
    title_overlap: float
    foreign: float
    intercept: float
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

    def estimate(self, margin: float, similarity: float, support: float, title_overlap: float, foreign: float) -> float:
        """Estimate how likely an answer is right.

        Args:
            margin: how far its span, or the evidence of its sentence, is above "no answer".
            similarity: cosine of passage and question.
            support: cosine of the answer's sentence and the question with the answer behind it.
            title_overlap: share of the question's words that the title has.
            foreign: share of a name in the question that the article lacks.

        Returns:
            A probability in [0, 1].
        """
        evidence = self.margin * _clip(margin, MAX_SURE_MARGIN) + self.similarity * similarity
        evidence += self.support * support + self.title_overlap * title_overlap + self.foreign * foreign
        return 1.0 / (1.0 + exp(-_clip(evidence + self.intercept, MAX_LOGIT)))


def _clip(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
