"""How Dateline grows: `python -m benchmarks.scale [PASSAGES...]`, by default 10,000 and 60,000.

Articles are made of drawn words (Zipf) and encoded as cheap vectors in clusters: what is timed is everything beside
encoding. Real MiniLM vectors are measured by `benchmarks.speed`. `--keep FOLDER` builds the libraries there and leaves
them for the next run.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.article import Article
from embeddings.encoder import Encoder, Vectors
from embeddings.graph import WIDTH
from rag.library.home import Home
from rag.library.library import Library

SIZES = 10_000, 60_000
ARTICLE_PASSAGES, SENTENCES, SENTENCE_WORDS = 5, 50, 15
VOCABULARY, CLUSTERS = 50_000, 500
SPREAD = 0.7
"""Of a passage's vector around its cluster's centre, beside a centre of length 1."""
MAX_CHARACTERS = 10_000_000


class ClusteredWords(Encoder):
    """Vectors around the centre that a text's first word chooses: cheap, and with neighbours as real ones have."""

    identity = "clustered words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a normal vector for each text."""
        vectors = np.array([self._draw(text) for text in texts], np.float32)
        normal: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal

    def _draw(self, text: str) -> Vectors:
        centre = np.random.default_rng(sum(text.split(maxsplit=1)[0].encode()) % CLUSTERS).normal(size=WIDTH)
        own = np.random.default_rng(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())).normal(
            size=WIDTH
        )
        drawn: Vectors = centre + SPREAD * own
        return drawn


def make_articles(first: int, count: int) -> Iterator[Article]:
    """Yield articles of five passages each, no two alike."""
    words = [f"{syllable}{number:x}" for number in range(VOCABULARY) for syllable in ("kelno",)]
    weights = 1.0 / np.arange(1, VOCABULARY + 1)
    for number in range(first, first + count):
        drawn = np.random.default_rng(number).choice(VOCABULARY, SENTENCES * SENTENCE_WORDS, p=weights / weights.sum())
        sentences = [
            " ".join(words[word] for word in drawn[at : at + SENTENCE_WORDS]).capitalize() + "."
            for at in range(0, len(drawn), SENTENCE_WORDS)
        ]
        yield Article(id=f"a{number}", title=" ".join(words[word] for word in drawn[:6]), text=" ".join(sentences))


def open_library(folder: Path) -> Library:
    """Open a library whose articles cost nothing to encode."""
    return Library(Home(folder), ClusteredWords(), max_article_characters=MAX_CHARACTERS)


if __name__ == "__main__":
    import sys

    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    with open_library(folder) as library:
        began = time.perf_counter()
        library.add(make_articles(0, count))
        print(count, library.catalog.count_passages(), time.perf_counter() - began)
