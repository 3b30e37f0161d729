"""Finds sentences of other pages that share rare words with a claim, and so look as if they settled it."""

from collections.abc import Sequence
from random import Random

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer


class Likeness:
    """Sentences with the titles of their pages, to be searched by words."""

    def __init__(self, sentences: Sequence[tuple[str, str]]) -> None:
        """Weigh the words of all sentences."""
        self._sentences = sentences
        self._titles = np.array([title for title, _ in sentences])
        self._words = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._known = self._words.fit_transform([f"{title} {text}" for title, text in sentences])

    def find(self, text: str, title: str, random: Random, pool: int = 4) -> tuple[str, str]:
        """Return one of the `pool` sentences that are most like the text, and its title; none of the page `title`."""
        scores = (self._known @ self._words.transform([text]).T).toarray().ravel()
        scores[self._titles == title] = -1.0
        best = np.argpartition(-scores, pool)[:pool]
        return self._sentences[int(random.choice(best.tolist()))]
