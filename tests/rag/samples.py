"""Two small articles, rows of an index, and how to look for them in a library or an index."""

from datetime import date
from typing import TypeAlias

import numpy as np

from corpus.article import Article, Passage
from embeddings.calibration import Calibration
from rag.library.library import Library
from rag.library.records import EmbeddedPassage, Outcome, Receipt
from rag.library.vectors import VectorIndex
from rag.library.words import WordIndex

Index: TypeAlias = VectorIndex | WordIndex

FIRE = Article(id="fire", title="Maui", text="The fire burned.", url="https://x.org/fire", published=date(2023, 8, 9))
BANK = Article(id="bank", title="Rates", text="The bank raised rates.", published=date(2022, 5, 4))
ADDED_FIRE, ADDED_BANK = Receipt("fire", Outcome.ADDED), Receipt("bank", Outcome.ADDED)

PLAIN_CALIBRATION = Calibration(
    rank_margin=0.08,
    date=0.0,
    margin=1.0,
    similarity=0.0,
    support=0.0,
    title_overlap=0.0,
    foreign=0.0,
    intercept=0.0,
    right_margin=0.0,
    evidence_gap=0.0,
    span_gap=0.0,
    right_intercept=30.0,
    not_found_below=0.3,
    unsure_below=0.6,
)
"""A margin of m gives a confidence of 1 / (1 + exp(-m))."""


def search_library(library: Library, word: str) -> tuple[list[str], list[str]]:
    """Return the articles that have the word: by the word index, and by vectors that point the same way."""
    by_words = library.catalog.read_ranking(library.words.search(word, 20))
    by_vectors = library.catalog.read_ranking(library.vectors.search(library.encoder.embed_query(word), 20))
    return (
        sorted(found.source.id for found in by_words),
        sorted(found.source.id for found in by_vectors if found.score > 0.5),
    )


def count_everywhere(library: Library) -> tuple[int, int, int]:
    return library.catalog.count_passages(), library.vectors.count(), library.words.count()


def make_row(article: str, text: str, vector: tuple[float, float] = (1, 0), start: int = 0) -> EmbeddedPassage:
    passage = Passage(article, start, start + len(text), text, ((0, len(text)),))
    return EmbeddedPassage(passage, "", np.array(vector, np.float32))


def search_all(index: Index, k: int = 10) -> set[str]:
    """Return the keys of every passage with the word fire and the vector (1, 0)."""
    return {key for key, _ in (index.search([1, 0], k) if isinstance(index, VectorIndex) else index.search("fire", k))}
