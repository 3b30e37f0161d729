"""The library: articles go in, are replaced and removed, and the three indexes agree whatever happens.

Every change is first made in the catalog, in one transaction with a note in its journal. Then the passages
of the noted articles are replaced in the vector and word indexes by what the catalog says, and the note is
taken away. Both steps can be repeated, so whatever a crash left noted is simply done again at the next start.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import RLock
from typing import Protocol, Self

from corpus.article import Article, Passage
from corpus.passages import split_article
from embeddings.encoder import Encoder, Vectors
from rag.catalog import Catalog
from rag.errors import BrokenIndexError, IndexMismatchError, UnknownArticleError
from rag.home import Home
from rag.intake import Decision, Intake
from rag.records import EmbeddedPassage, Outcome, Receipt
from rag.vectors import VectorIndex
from rag.words import WordIndex

BATCH_SIZE = 256
"""Passages that are encoded and written together."""
PASSAGE_FORMAT = "title, 150 words"
"""How passages are cut and embedded: part of what the index is stamped with."""

Progress = Callable[[int, int], None]
"""Called with (articles done, articles in all)."""


class PassageIndex(Protocol):
    """An index that the catalog can fill."""

    def replace(self, article_ids: Sequence[str], passages: Sequence[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these."""

    def count(self) -> int:
        """Return the number of passages."""

    def clear(self) -> None:
        """Start again, empty."""

    def close(self) -> None:
        """Let go of the files."""


class Library:
    """The articles of one home folder. Safe to use from several threads; one process at a time."""

    def __init__(self, home: Home, encoder: Encoder, *, max_article_characters: int) -> None:
        """Take the home folder and bring its indexes into agreement with the catalog.

        Raises:
            HomeLockedError: another process has the folder.
            HomeError: the folder cannot be used.
        """
        home.lock()
        self._home = home
        self.encoder = encoder
        self._max_article_characters = max_article_characters
        self._lock = RLock()
        try:
            self.catalog = Catalog(home.catalog)
            self.vectors = VectorIndex(home.vectors)
            self.words = WordIndex(home.words)
            self._sync(self.catalog.read_journal())
        except BaseException:
            home.unlock()
            raise

    def __enter__(self) -> Self:
        """Close the library at the end of a `with`."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Let go of the home folder."""
        with self._lock:
            for part in (self.vectors, self.words, self.catalog):
                part.close()
            self._home.unlock()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever added."""
        return self.catalog.read_meta("encoder") is None

    def check_encoder(self) -> None:
        """Make sure that the index was made with the encoder in use.

        Raises:
            IndexMismatchError: it was not.
        """
        stamp = self.catalog.read_meta("encoder")
        if stamp not in (None, self._stamp):
            raise IndexMismatchError(
                f"this library was indexed with {stamp}, and the settings ask for {self._stamp}:"
                " run `python -m rag reindex`, or set the encoder back"
            )

    def add(self, articles: Iterable[Article]) -> Iterator[Receipt]:
        """Add articles in batches; yields a receipt for each, in order, when it is safely in and answers.

        An article with a known id, or a known url, and other contents replaces the known one. One with the title
        and text of another is left out. Of two with one id or url in the same call the second is refused: which
        is meant cannot be known.

        Raises:
            IndexMismatchError: see `check_encoder`; nothing is added.
        """
        with self._lock:
            self.check_encoder()
            self.catalog.write_meta("encoder", self._stamp)
            intake = Intake(self.catalog, self._max_article_characters)
            for batch in _in_batches(map(intake.decide, articles)):
                self._write([decision for decision in batch if decision.passages])
                yield from (decision.receipt for decision in batch)

    def remove(self, article_ids: Iterable[str]) -> list[Receipt]:
        """Remove articles, with their superseded versions, from the catalog and both indexes."""
        with self._lock:
            ids = list(dict.fromkeys(article_ids))
            with self.catalog.transaction():
                titles = [self.catalog.delete(id) for id in ids]
            self._sync(ids)
        unknown = (Outcome.FAILED, "no article has this id")
        return [
            Receipt(id, *(unknown if title is None else (Outcome.REMOVED, title)))
            for id, title in zip(ids, titles, strict=True)
        ]

    def read(self, article_id: str) -> Article:
        """Return a live article.

        Raises:
            UnknownArticleError: there is none with this id.
        """
        article = self.catalog.find(id=article_id)
        if article is None:
            raise UnknownArticleError(article_id)
        return article

    def reindex(self, on_progress: Progress = lambda done, total: None) -> None:
        """Build both indexes anew from the catalog; articles are embedded again only if the encoder is another."""
        with self._lock:
            if self.catalog.read_meta("encoder") != self._stamp:
                self._embed_again(on_progress)
            for index in self._indexes:
                self._rebuild(index)

    @property
    def _stamp(self) -> str:
        return f"{self.encoder.identity} ({PASSAGE_FORMAT})"

    @property
    def _indexes(self) -> tuple[PassageIndex, PassageIndex]:
        return self.vectors, self.words

    def _write(self, decisions: Sequence[Decision]) -> None:
        if not decisions:
            return
        vectors = iter(self._encode((decision.article, decision.passages) for decision in decisions))
        with self.catalog.transaction():
            for decision in decisions:
                for id in decision.supersedes:
                    self.catalog.supersede(id)
                self.catalog.insert(decision.article, [(passage, next(vectors)) for passage in decision.passages])
        self._sync([id for decision in decisions for id in (decision.article.id, *decision.supersedes)])

    def _encode(self, articles: Iterable[tuple[Article, Iterable[Passage]]]) -> Vectors:
        texts = [f"{article.title}\n{passage.text}" for article, passages in articles for passage in passages]
        return self.encoder.encode(texts)

    def _sync(self, article_ids: Sequence[str]) -> None:
        """Make the indexes agree with the catalog on these articles; an index that is broken is rebuilt."""
        passages = [row for id in dict.fromkeys(article_ids) for row in self.catalog.read_embedded(id)]
        for index in self._indexes:
            try:
                if article_ids:
                    index.replace(article_ids, passages)
                is_sound = index.count() == self.catalog.count_passages()
            except BrokenIndexError:
                is_sound = False
            if not is_sound:
                self._rebuild(index)
        self.catalog.clear_journal(article_ids)

    def _rebuild(self, index: PassageIndex) -> None:
        index.clear()
        ids: list[str] = []
        passages: list[EmbeddedPassage] = []
        for entry in self.catalog.list_entries():
            ids.append(entry.source.id)
            passages.extend(self.catalog.read_embedded(entry.source.id))
            if len(passages) >= BATCH_SIZE * 16:
                index.replace(ids, passages)
                ids, passages = [], []
        index.replace(ids, passages)

    def _embed_again(self, on_progress: Progress) -> None:
        self.catalog.write_meta("encoder", "another encoder, unfinished")
        entries = self.catalog.list_entries()
        for done, entry in enumerate(entries):
            on_progress(done, len(entries))
            article = self.read(entry.source.id)
            passages = split_article(article)
            vectors = self._encode([(article, passages)])
            with self.catalog.transaction():
                self.catalog.replace_passages(article.id, zip(passages, vectors, strict=True))
        on_progress(len(entries), len(entries))
        self.catalog.write_meta("encoder", self._stamp)


def _in_batches(decisions: Iterable[Decision]) -> Iterator[list[Decision]]:
    """Group decisions so that each group has about `BATCH_SIZE` passages, or that many articles without any."""
    batch: list[Decision] = []
    size = 0
    for decision in decisions:
        batch.append(decision)
        size += max(1, len(decision.passages))
        if size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    yield batch
