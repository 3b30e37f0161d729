"""Articles are cut into passages and encoded, a batch ahead of the writing, and the library is stamped with how."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from corpus.passages import EDITION, split_article
from corpus.progress import NOBODY, StoppedError, Watch
from embeddings.encoder import Encoder, Vectors
from rag.errors import IndexMismatchError
from rag.library.writable_catalog import WritableCatalog

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 200_000
"""Of the articles that are encoded and written together: a longer one is a batch of its own."""

PASSAGE_FORMAT = "title, 150 words"
"""How passages are cut and embedded: part of what the index is stamped with."""

SLICE_PASSAGES = 16
"""Encoded between two looks at whether to stop: a fifth of a second on two cores."""

Batch = list[Article]
Encoded = Iterator[tuple[Batch, dict[int, "EncodedArticle"]]]
"""Batches of articles, with those encoded, by their place in the batch, that are wanted."""
EncodeAhead = Callable[[Encoder, Iterable[Article], Callable[[Article], bool], Watch], Encoded]
"""Encodes while what was encoded before is written: `encode_ahead` does in this process."""


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


def encode_articles(encoder: Encoder, articles: Sequence[Article], watch: Watch = NOBODY) -> list[EncodedArticle]:
    """Cut the articles into passages and encode these together, each with its title in front.

    Where `watch` stops this, the list ends with the last article of which every passage was encoded.
    """
    encoded: list[EncodedArticle] = []
    with suppress(StoppedError):
        encoded.extend(_encode_each(encoder, articles, watch))
    return encoded


def encode_ahead(
    encoder: Encoder, articles: Iterable[Article], is_wanted: Callable[[Article], bool], watch: Watch = NOBODY
) -> Iterator[tuple[Batch, dict[int, EncodedArticle]]]:
    """Yield batches of articles, with those encoded, by their place in the batch, that are wanted.

    While the caller has a batch, the next is encoded in another thread, which `is_wanted` and `watch` must be safe in.
    The articles are taken in the caller's thread, up to two batches before they come out.

    Raises:
        StoppedError: `watch` stopped this; the articles before the one that was under way have come out.
    """

    def encode(batch: Batch) -> tuple[Batch, dict[int, EncodedArticle]]:
        wanted = [place for place, article in enumerate(batch) if is_wanted(article)]
        encoded = encode_articles(encoder, [batch[place] for place in wanted], watch)
        end = len(batch) if len(encoded) == len(wanted) else wanted[len(encoded)]
        return batch[:end], dict(zip(wanted, encoded, strict=False))

    with ThreadPoolExecutor(1, "encoding") as thread:
        before: tuple[Batch, Future[tuple[Batch, dict[int, EncodedArticle]]]] | None = None
        for batch in cut_batches(articles):
            coming = thread.submit(encode, batch)
            if before:
                yield from _take(*before)
            before = batch, coming
        if before:
            yield from _take(*before)


def fits(encoded: EncodedArticle | None, article: Article) -> bool:
    """Whether an article was encoded as it is by now: its title may have been corrected."""
    return encoded is not None and encoded.article.title == article.title


def stamp_library(catalog: WritableCatalog, encoder: Encoder) -> None:
    """Write down how the library's articles are cut, if it is new, and encoded."""
    stamped, stamp = catalog.read_meta("encoder"), make_stamp(encoder)
    if stamped is None:
        catalog.write_meta("passages", EDITION)
    if stamped != stamp:
        catalog.write_meta("encoder", stamp)


def is_outdated(catalog: WritableCatalog) -> bool:
    """Whether an earlier version cut articles of the library."""
    return catalog.read_meta("encoder") is not None and catalog.read_meta("passages") != EDITION


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


def embed_again(catalog: WritableCatalog, encoder: Encoder, watch: Watch) -> int:
    """Cut and encode the live articles anew: all, if another encoder did, else those that are cut otherwise by now.

    Where that is cut off, the stamps say that it is unfinished.

    Returns:
        The number of articles whose passages are others than before.

    Raises:
        StoppedError: `watch` stopped this.
    """
    is_other = catalog.read_meta("encoder") != make_stamp(encoder)
    if is_other:
        catalog.write_meta("encoder", "another encoder, unfinished")
    ids = [entry.source.id for entry in catalog.list_entries()]
    cut_otherwise = {id for id in ids if (article := catalog.find(id)) and _is_cut_otherwise(catalog, article, watch)}
    articles = (article for id in ids if is_other or id in cut_otherwise if (article := catalog.find(id)))
    for batch, encoded in encode_ahead(encoder, articles, lambda _: True, watch):
        for place, article in enumerate(batch):
            with catalog.transaction():
                catalog.replace_passages(article.id, encoded[place].rows)
    catalog.write_meta("encoder", make_stamp(encoder))
    catalog.write_meta("passages", EDITION)
    return len(cut_otherwise)


def _is_cut_otherwise(catalog: WritableCatalog, article: Article, watch: Watch) -> bool:
    return [row.passage for row in catalog.read_embedded(article.id)] != split_article(article, watch=watch)


def passage_text(article: Article, passage: Passage) -> str:
    """Return the text that a passage is embedded as."""
    return f"{article.title}\n{passage.text}"


def _encode_each(encoder: Encoder, articles: Sequence[Article], watch: Watch) -> Iterator[EncodedArticle]:
    cut = [tuple(split_article(article, watch=watch)) for article in articles]
    passages = [(article, passage) for article, inside in zip(articles, cut, strict=True) for passage in inside]
    vectors = _encode_slices(encoder, passages, watch)
    for article, inside in zip(articles, cut, strict=True):
        yield EncodedArticle(article, inside, np.stack([*islice(vectors, len(inside))]))


def _encode_slices(
    encoder: Encoder, passages: Sequence[tuple[Article, Passage]], watch: Watch
) -> Iterator[NDArray[np.float32]]:
    for first in range(0, len(passages), SLICE_PASSAGES):
        watch.check()
        part = passages[first : first + SLICE_PASSAGES]
        vectors = encoder.encode([passage_text(*each) for each in part])
        watch.encode([passage for _, passage in part])
        yield from vectors


def _take(
    batch: Batch, coming: Future[tuple[Batch, dict[int, EncodedArticle]]]
) -> Iterator[tuple[Batch, dict[int, EncodedArticle]]]:
    found, encoded = coming.result()
    if found:
        yield found, encoded
    if len(found) < len(batch):
        raise StoppedError


def cut_batches(articles: Iterable[Article]) -> Iterator[Batch]:
    """Yield the articles in lists that are encoded and written together."""
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
