"""From a reader's scores to a ranking and a probability; fitted on development data, kept beside the weights."""

import json
from dataclasses import dataclass
from math import exp, tanh
from pathlib import Path
from typing import Self

MAX_LOGIT = 30.0
MARGIN_SCALE = 8.0
"""A margin of this size has three quarters of the weight that any can have in the choice of a passage."""
MAX_SURE_MARGIN = 20.0
"""Beyond this it says no more about whether the answer is right."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weighs what the reader says against what retrieval says.

    A margin is how far a span scores above "no answer". A retrieval score is at most 1. How far the best passage is
    above the next says nothing here: news repeats itself. Nor do the words that passage and question share: those of an
    unanswerable question are about something that the articles tell of, too. The sentence's meaning says more.
    """

    rank_margin: float
    """What the highest margin adds to the retrieval score of a passage, and the lowest takes from it."""
    date: float
    """What is added to the rank of a passage that is about the date asked for, and taken from one about another."""
    margin: float
    similarity: float
    support: float
    """Of the likeness in meaning of the answer's sentence and the question with the answer behind it."""
    title_overlap: float
    """Below 0 as a rule: passages are embedded with their title, and a title like the question answers nothing."""
    foreign: float
    """Below 0: of the most foreign name in the question, how much the article lacks. Near misses ask about such."""
    intercept: float
    """Of the logistic function (Platt 1999) that gives the probability of the answer being right."""
    not_found_below: float
    unsure_below: float
    """Confidence limits: below the first the articles do not answer, below the second perhaps."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the values from a JSON file; keys that start with `_` are notes."""
        values = json.loads(path.read_text("utf-8"))
        return cls(**{name: value for name, value in values.items() if not name.startswith("_")})

    def rank(self, retrieval: float, margin: float, date_fit: float = 0.0) -> float:
        """Return the score that passages are ranked by; `date_fit` in [-1, 1] says whether they are of the time."""
        return retrieval + self.rank_margin * tanh(margin / MARGIN_SCALE) + self.date * date_fit

    def estimate(self, margin: float, similarity: float, support: float, title_overlap: float, foreign: float) -> float:
        """Return the probability in [0, 1] that an answer is right.

        `similarity` is the cosine of passage and question, `support` that of the answer's sentence and the question
        with the answer behind it. `title_overlap` in [0, 1] is the share of the question's words that the title has,
        `foreign` that of a name in it which the article lacks.
        """
        evidence = self.margin * _clip(margin, MAX_SURE_MARGIN) + self.similarity * similarity
        evidence += self.support * support + self.title_overlap * title_overlap + self.foreign * foreign
        return 1.0 / (1.0 + exp(-_clip(evidence + self.intercept, MAX_LOGIT)))


def _clip(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
