"""The two indexes, kept in agreement with the catalog, whose journal says where they may not agree."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Protocol

from corpus.progress import NOBODY, Watch
from rag.errors import BrokenIndexError
from rag.library.records import EmbeddedPassage
from rag.library.writable_catalog import WritableCatalog


class PassageIndex(Protocol):
    """An index that the catalog can fill."""

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these."""

    def purge(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Leave no trace of text that was dropped; `passages` are all that the index holds."""

    def count(self) -> int:
        """Return the number of passages."""

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others, also where the files are broken."""

    def close(self) -> None:
        """Let go of the files."""


class Indexes:
    """The indexes of one catalog. What a crash or a full disk leaves undone stays in its journal for the next call.

    Example:
        indexes = Indexes(catalog, VectorIndex(home.vectors), WordIndex(home.words))
        indexes.settle()
    """

    def __init__(self, catalog: WritableCatalog, *indexes: PassageIndex) -> None:
        """Look after these indexes."""
        self._catalog = catalog
        self._indexes = indexes

    def check(self) -> None:
        """Do what is left to do, and rebuild an index that does not hold as many passages as the catalog."""
        self.forget()
        for index in self._indexes:
            self._update(index, [], [])

    def settle(self, watch: Watch = NOBODY) -> None:
        """Replace the passages of the articles in the journal by what the catalog says."""
        ids = self._catalog.read_journal()
        if ids:
            self._replace(ids, watch)
            self._catalog.clear_journal(ids)

    def forget(self) -> None:
        """Settle, and leave no trace in any file of what the articles in the journal said before."""
        ids = self._catalog.read_journal()
        if ids:
            self._replace(ids)
            for index in self._indexes:
                index.purge(self._catalog.list_embedded())
            self._catalog.purge(ids)

    def rebuild(self, watch: Watch = NOBODY) -> None:
        """Build all indexes anew from the catalog.

        Raises:
            StoppedError: `watch` stopped this; `check` then rebuilds what is unfinished.
        """
        done, total = count(1), self._catalog.count_passages() * len(self._indexes)
        for index in self._indexes:
            index.rebuild(_tell_each(self._catalog.list_embedded(), done, total, watch, can_stop=True))
        if ids := self._catalog.read_journal():
            self._catalog.purge(ids)

    def close(self) -> None:
        """Let go of the files."""
        for index in self._indexes:
            index.close()

    def _replace(self, ids: Sequence[str], watch: Watch = NOBODY) -> None:
        passages = [row for id in ids for row in self._catalog.read_embedded(id)]
        done, total = count(1), len(passages) * len(self._indexes)
        for index in self._indexes:
            self._update(index, ids, _tell_each(passages, done, total, watch))

    def _update(self, index: PassageIndex, ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        try:
            if ids:
                index.replace(ids, passages)
            is_sound = index.count() == self._catalog.count_passages()
        except BrokenIndexError:
            is_sound = False
        if not is_sound:
            index.rebuild(self._catalog.list_embedded())


def _tell_each(
    passages: Iterable[EmbeddedPassage], done: Iterator[int], total: int, watch: Watch, *, can_stop: bool = False
) -> Iterator[EmbeddedPassage]:
    """Yield the passages, and tell of each: with `can_stop`, only while nobody has stopped it."""
    for passage in passages:
        if can_stop:
            watch.check()
        yield passage
        watch.index(next(done), total)
