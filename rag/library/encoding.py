"""Articles are cut into passages and encoded, a batch ahead of the writing, and the library is stamped with how."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from corpus.passages import split_article
from embeddings.encoder import Encoder, Vectors
from rag.errors import IndexMismatchError
from rag.library.writable_catalog import WritableCatalog

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 200_000
"""Of the articles that are encoded and written together: a longer one is a batch of its own."""

PASSAGE_FORMAT = "title, 150 words"
"""How passages are cut and embedded: part of what the index is stamped with."""

Batch = list[Article]
Progress = Callable[[int, int], None]
"""Called with (articles done, articles in all)."""


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


def make_stamp(encoder: Encoder) -> str:
    """Return what a library is stamped with whose vectors this encoder makes."""
    return _stamp(encoder.identity)


def check_stamp(stamp: str | None, encoder: Encoder) -> None:
    """Make sure that vectors with this stamp, if any, compare with the encoder's.

    Raises:
        IndexMismatchError: they do not.
    """
    if stamp not in (None, *map(_stamp, encoder.comparable)):
        raise IndexMismatchError(
            f"this library was indexed with {stamp}, and the settings ask for {make_stamp(encoder)}:"
            " run `python -m rag reindex`, or set the encoder back"
        )


def embed_again(catalog: WritableCatalog, encoder: Encoder, on_progress: Progress) -> None:
    """Encode all live articles anew; where that is cut off, the stamp says that it is unfinished."""
    catalog.write_meta("encoder", "another encoder, unfinished")
    entries = catalog.list_entries()
    articles = (article for entry in entries if (article := catalog.find(entry.source.id)))
    done = 0
    for batch, encoded in encode_ahead(encoder, articles, lambda _: True):
        for place, article in enumerate(batch):
            on_progress(done, len(entries))
            with catalog.transaction():
                catalog.replace_passages(article.id, encoded[place].rows)
            done += 1
    on_progress(len(entries), len(entries))
    catalog.write_meta("encoder", make_stamp(encoder))


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


def _stamp(identity: str) -> str:
    return f"{identity} ({PASSAGE_FORMAT})"
