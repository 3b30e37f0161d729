"""Encoding goes one batch ahead of whoever writes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from corpus.article import Article
from embeddings.encoder import Vectors
from rag.library.encoding import BATCH_ARTICLES, BATCH_CHARACTERS, encode_ahead, encode_articles
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.fakes import WordEncoder
from tests.rag.samples import BANK, FIRE, search_library

LONG = "fire " * (BATCH_CHARACTERS // 5)
"""A text that is a batch of its own."""


class WatchedEncoder(WordEncoder):
    """Says when a text with the word is encoded; fails at "broken"."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word = word
        self.reached = Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if any("broken" in text for text in texts):
            raise RuntimeError("no vectors")
        vectors = super().encode(texts)
        if any(self._word in text for text in texts):
            self.reached.set()
        return vectors


def test_the_passages_of_several_articles_are_encoded_together() -> None:
    encoder = WordEncoder(("fire", "bank"))
    two = Article(id="two", title="T", text="Snow fell. " * 75 + "The fire burned. " * 50)
    first, second, third = encode_articles(encoder, [BANK, two, FIRE])
    assert [len(each.passages) for each in (first, second, third)] == [1, 2, 1]
    assert [passage.key for passage, _ in second.rows] == ["two:0:824", "two:825:1674"]
    assert first.vectors.tolist() == [[0, 1, 0]]
    assert second.vectors.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert third.vectors.tolist() == [[1, 0, 0]]
    assert encode_articles(encoder, []) == []


def test_the_next_batch_is_encoded_while_the_caller_has_one() -> None:
    encoder = WatchedEncoder("second")
    ahead = encode_ahead(encoder, [Article(id="1", text=LONG), Article(id="2", text=f"second {LONG}")], lambda _: True)
    batch, encoded = next(ahead)
    assert ([article.id for article in batch], len(encoded[0].passages)) == (["1"], 100)
    assert encoder.reached.wait(60)
    assert [[article.id for article in batch] for batch, _ in ahead] == [["2"]]


def test_only_what_is_wanted_is_encoded() -> None:
    encoder = WordEncoder()
    ((batch, encoded),) = encode_ahead(encoder, [FIRE, BANK], lambda article: article.id == "bank")
    assert (batch, list(encoded), encoder.encoded) == ([FIRE, BANK], [1], ["Rates\nThe bank raised rates."])


def test_few_articles_are_held_at_a_time() -> None:
    taken: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(10 * BATCH_ARTICLES):
            taken.append(number)
            yield Article(id=str(number), text="Snow fell.")

    ahead = encode_ahead(WordEncoder(), articles(), lambda _: False)
    for number, (batch, _) in enumerate(ahead, start=1):
        assert len(batch) == BATCH_ARTICLES
        assert len(taken) <= (number + 1) * BATCH_ARTICLES
    assert len(taken) == 10 * BATCH_ARTICLES


def test_what_fails_ahead_fails_where_it_is_due() -> None:
    articles = [Article(id="1", text=LONG), Article(id="2", text=f"broken {LONG}")]
    ahead = encode_ahead(WatchedEncoder("x"), articles, lambda _: True)
    assert next(ahead)[0] == articles[:1]
    with pytest.raises(RuntimeError, match="no vectors"):
        next(ahead)


def test_what_nobody_expected_to_be_accepted_is_encoded_late(library: Library) -> None:
    """The copy is a twin of the fire until the fire gets another text, in the same batch."""
    library.add([FIRE])
    changed, copy = replace(FIRE, text="Talks."), replace(FIRE, id="copy", url="")
    assert library.add([changed, copy]) == [Receipt("fire", Outcome.REPLACED), Receipt("copy", Outcome.ADDED)]
    assert (search_library(library, "talks"), search_library(library, "fire")) == (
        (["fire"], ["fire"]),
        (["copy"], ["copy"]),
    )
    assert np.allclose([row.vector for row in library.catalog.read_embedded("copy")], library.encoder.encode(["fire"]))
