"""Two small articles, and how to look for them in a library with the fake encoder."""

from datetime import date

from corpus.article import Article
from rag.library import Library
from rag.records import Outcome, Receipt

FIRE = Article(id="fire", title="Maui", text="The fire burned.", url="https://x.org/fire", published=date(2023, 8, 9))
BANK = Article(id="bank", title="Rates", text="The bank raised rates.", published=date(2022, 5, 4))
ADDED_FIRE, ADDED_BANK = Receipt("fire", Outcome.ADDED), Receipt("bank", Outcome.ADDED)


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
