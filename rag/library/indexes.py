"""The two indexes, kept in agreement with the catalog, whose journal says where they may not agree."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import count
from time import monotonic
from typing import Protocol

from corpus.progress import NOBODY, Watch
from rag.errors import BrokenIndexError
from rag.library.engines.contracts import PassageIndex
from rag.library.records import EmbeddedPassage
from rag.library.writable_catalog import WritableCatalog

COMPARE_SECONDS = 60.0
"""Between two comparisons of the indexes with the catalog while articles change: Chroma counts passage by passage."""


class Mirrored(Protocol):
    """An index of this process alone, which follows what all processes change: see `Mirror`."""

    def catch_up(self, watch: Watch = NOBODY) -> None:
        """Bring the index to what the catalog says now."""

    def rebuild(self) -> None:
        """Build the index anew from the catalog."""


class Indexes:
    """The indexes of one catalog. What a crash or a full disk leaves undone stays in its journal for the next call.

    Example:
        indexes = Indexes(catalog, open_vectors(home, catalog), WordIndex(home.words))
        indexes.settle()
    """

    def __init__(self, catalog: WritableCatalog, *indexes: PassageIndex, mirrors: Sequence[Mirrored] = ()) -> None:
        """Look after these indexes, and those that follow."""
        self._mirrors = mirrors
        self._catalog = catalog
        self._indexes = indexes
        self._rebuilds = 0
        self._compared = monotonic()
        self._changed = set[str]()

    def check(self) -> None:
        """Do what is left to do, and rebuild an index that does not hold as many passages as the catalog."""
        self.settle()
        self._compare()

    def settle(self, watch: Watch = NOBODY, new: Collection[str] = ()) -> None:
        """Replace the passages of the articles in the journal by what the catalog says.

        Args:
            watch: Is told of each passage.
            new: Ids of articles that no index has passages of, so that nothing is to be dropped: Chroma goes through
                all passages to find an article's.
        """
        ids = self._catalog.read_journal()
        if ids:
            self._changed.update(ids)
            self._replace(ids, new, watch)
            self._catalog.clear_journal(ids)
            for each in self._mirrors:
                each.catch_up(watch)
            if monotonic() > self._compared + COMPARE_SECONDS:
                self._compare()

    def rewrite(self, lock: AbstractContextManager[object], watch: Watch = NOBODY) -> None:
        """Leave nothing in the files of what the indexes no longer hold; others may search and change them meanwhile.

        Args:
            lock: What those hold who change the indexes; it is held shortly, at the end of each.
            watch: Is told of each passage.

        Raises:
            StoppedError: `watch` stopped this; what was not finished must be done again.
        """
        wanting = [index for index in self._indexes if index.needs_rewriting()]
        done, total = count(1), self._catalog.count_passages() * len(wanting)
        for index in wanting:
            while not self._rewrite(index, lock, done, total, watch):
                pass

    def rebuild(self, watch: Watch = NOBODY) -> None:
        """Build all indexes anew from the catalog.

        Raises:
            StoppedError: `watch` stopped this; `check` then rebuilds what is unfinished.
        """
        self._rebuilds += 1
        done, total = count(1), self._catalog.count_passages() * len(self._indexes)
        for index in self._indexes:
            index.rebuild(_tell_each(self._catalog.list_embedded(), done, total, watch, can_stop=True))
        self._catalog.clear_journal(self._catalog.read_journal())
        for each in self._mirrors:
            each.rebuild()

    def close(self) -> None:
        """Let go of the files."""
        for index in self._indexes:
            index.close()

    def _rewrite(
        self, index: PassageIndex, lock: AbstractContextManager[object], done: Iterator[int], total: int, watch: Watch
    ) -> bool:
        """Fill a successor of the index, and have it adopted; False where it is of no use, as all was built anew."""
        with lock:
            rebuilds = self._rebuilds
            self._changed.clear()
            successor = index.make_successor()
        try:
            successor.replace([], _tell_each(self._catalog.list_embedded(), done, total, watch, can_stop=True))
            with lock:
                changed = sorted(self._changed)
                successor.replace(changed, [row for id in changed for row in self._catalog.read_embedded(id)])
                is_current = rebuilds == self._rebuilds
                if is_current:
                    index.adopt(successor)
        finally:
            successor.close()
        return is_current

    def _replace(self, ids: Sequence[str], new: Collection[str], watch: Watch) -> None:
        passages = [row for id in ids for row in self._catalog.read_embedded(id)]
        done, total = count(1), len(passages) * len(self._indexes)
        for index in self._indexes:
            try:
                index.replace([id for id in ids if id not in new], _tell_each(passages, done, total, watch))
            except BrokenIndexError:
                index.rebuild(self._catalog.list_embedded())

    def _compare(self) -> None:
        total = self._catalog.count_passages()
        for index in self._indexes:
            if count_soundly(index) != total:
                index.rebuild(self._catalog.list_embedded())
        self._compared = monotonic()


def count_soundly(index: PassageIndex) -> int:
    """Return how many passages the index has; -1 where it is broken."""
    try:
        return index.count()
    except BrokenIndexError:
        return -1


def _tell_each(
    passages: Iterable[EmbeddedPassage], done: Iterator[int], total: int, watch: Watch, *, can_stop: bool = False
) -> Iterator[EmbeddedPassage]:
    """Yield the passages, and tell of each: with `can_stop`, only while nobody has stopped it."""
    for passage in passages:
        if can_stop:
            watch.check()
        yield passage
        watch.index(next(done), total)
