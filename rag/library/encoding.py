"""Articles cut into passages and encoded, a batch ahead of the writing: what of adding leaves the catalog as it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from corpus.passages import split_article
from embeddings.encoder import Encoder, Vectors

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 200_000
"""Of the articles that are encoded and written together: a longer one is a batch of its own."""

Batch = list[Article]


@dataclass(frozen=True, slots=True)
class EncodedArticle:
    """An article with its passages, in order, and a row of `vectors` for each."""

    article: Article
    passages: tuple[Passage, ...]
    vectors: Vectors

    @property
    def rows(self) -> Iterator[tuple[Passage, NDArray[np.float32]]]:
        """Each passage with its vector."""
        return zip(self.passages, self.vectors, strict=True)


def encode_articles(encoder: Encoder, articles: Sequence[Article]) -> list[EncodedArticle]:
    """Cut the articles into passages and encode these together, each with its title in front."""
    cut = [tuple(split_article(article)) for article in articles]
    vectors = encoder.encode(
        [passage_text(article, one) for article, passages in zip(articles, cut, strict=True) for one in passages]
    )
    rows = pairwise(accumulate(map(len, cut), initial=0))
    return [
        EncodedArticle(article, passages, vectors[first:last])
        for article, passages, (first, last) in zip(articles, cut, rows, strict=True)
    ]


def encode_ahead(
    encoder: Encoder, articles: Iterable[Article], is_wanted: Callable[[Article], bool]
) -> Iterator[tuple[Batch, dict[int, EncodedArticle]]]:
    """Yield batches of articles, with those encoded, by their place in the batch, that are wanted.

    While the caller has a batch, the next is encoded in another thread, which `is_wanted` must be safe in. The
    articles are taken in the caller's thread, up to two batches before they come out.
    """

    def encode(batch: Batch) -> dict[int, EncodedArticle]:
        wanted = [place for place, article in enumerate(batch) if is_wanted(article)]
        return dict(zip(wanted, encode_articles(encoder, [batch[place] for place in wanted]), strict=True))

    with ThreadPoolExecutor(1, "encoding") as thread:
        before: tuple[Batch, Future[dict[int, EncodedArticle]]] | None = None
        for batch in _in_batches(articles):
            coming = thread.submit(encode, batch)
            if before:
                yield before[0], before[1].result()
            before = batch, coming
        if before:
            yield before[0], before[1].result()


def passage_text(article: Article, passage: Passage) -> str:
    """Return the text that a passage is embedded as."""
    return f"{article.title}\n{passage.text}"


def _in_batches(articles: Iterable[Article]) -> Iterator[Batch]:
    batch: Batch = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
