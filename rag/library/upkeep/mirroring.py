"""The vectors of one process follow a catalog that other processes change, too."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from corpus.progress import NOBODY, Watch
from rag.errors import USER_ERRORS, BrokenIndexError
from rag.library.database import Database
from rag.library.engines.contracts import PassageIndex
from rag.library.home import write_whole
from rag.library.indexes import COMPARE_SECONDS, count_soundly
from rag.library.writable_catalog import WritableCatalog

POLL_SECONDS = 0.5
"""Between two looks at what others changed."""
RETRY_SECONDS = 30.0
BATCH_CHANGES = 256
"""Articles whose passages are replaced at once."""

_LOG = logging.getLogger(__name__)


class Mirror:
    """Replaces in an index, which belongs to this process alone, the passages of the articles that were changed.

    How far it came is kept beside the index, so that the next start goes on from there. What is removed is in no
    answer even before: the catalog leaves it out.

    Example:
        mirror = Mirror(server, WritableCatalog(server), VectorIndex(home.vectors), home.folder / "mirrored")
        mirror.catch_up()
    """

    def __init__(self, database: Database, catalog: WritableCatalog, index: PassageIndex, file: Path) -> None:
        """Follow `catalog`, which is in `database`, with `index`; `file` keeps how far."""
        self._database, self._catalog = database, catalog
        self._index, self._file = index, file
        self._library = catalog.read_meta("library")
        self._lock, self._stopped = Lock(), Event()
        self._is_compared, self._next_comparison = False, 0.0
        self._settle: Callable[[], None] = self.catch_up
        self._thread = Thread(target=self._run, name="mirroring", daemon=True)

    def start(self, settle: Callable[[], None]) -> None:
        """Catch up now, building the index if need be, and go on doing so in the background.

        Args:
            settle: Does what the journal says; it is called where another process noted something and was killed.
        """
        self.catch_up()
        self._settle = settle
        self._thread.start()

    def close(self) -> None:
        """Stop; what is left to do is done after the next start."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def catch_up(self, watch: Watch = NOBODY) -> None:
        """Bring the index to what the catalog says now."""
        with self._lock:
            last, newest = self._read_last(), self._read_newest()
            if last is None or last > newest:
                self._rebuild(newest)
                return
            while changes := self._list_changes(last):
                last, self._is_compared = self._replace(changes, watch), False
            if not self._is_compared and monotonic() > self._next_comparison:
                self._compare(last)

    def rebuild(self) -> None:
        """Build the index anew from the catalog."""
        with self._lock:
            self._rebuild(self._read_newest())

    def _list_changes(self, after: int) -> list[tuple[int, str]]:
        """Return the next changes behind number `after`: the number of each, and the article's id."""
        found = "SELECT number, article_id FROM changes WHERE number > :after ORDER BY number LIMIT :most"
        return [(number, id) for number, id in self._database.read(found, after=after, most=BATCH_CHANGES)]

    def _read_newest(self) -> int:
        """Return the number of the newest change."""
        return int(self._database.read("SELECT coalesce(max(number), 0) FROM changes")[0][0])

    def _compare(self, last: int) -> None:
        """Rebuild the index where it has not as many passages as the catalog, unless that has gone on since."""
        self._next_comparison = monotonic() + COMPARE_SECONDS
        ((newest, passages),) = self._database.read(
            "SELECT (SELECT coalesce(max(number), 0) FROM changes), (SELECT count(*) FROM passages)"
        )
        self._is_compared = newest == last
        if self._is_compared and count_soundly(self._index) != passages:
            self._rebuild(newest)

    def _replace(self, changes: list[tuple[int, str]], watch: Watch) -> int:
        ids = [id for _, id in changes]
        rows = [row for id in ids for row in self._catalog.read_embedded(id)]
        try:
            self._index.replace(ids, rows)
        except BrokenIndexError:
            self._next_comparison = 0.0  # it is counted now, and built anew
        for done in range(len(rows)):
            watch.index(done + 1, len(rows))
        return self._write_last(changes[-1][0])

    def _rebuild(self, newest: int) -> None:
        self._file.unlink(missing_ok=True)
        self._index.rebuild(self._catalog.list_embedded())
        self._write_last(newest)

    def _read_last(self) -> int | None:
        """Return the number of the last change that the index has; None where it is of another library, or new."""
        words = self._file.read_text("utf-8").split() if self._file.exists() else []
        return int(words[1]) if len(words) == 2 and words[0] == self._library else None

    def _write_last(self, number: int) -> int:
        write_whole(self._file, f"{self._library} {number}".encode())
        return number

    def _run(self) -> None:
        noted = set[str]()
        while not self._stopped.wait(POLL_SECONDS):
            try:
                self.catch_up()
                before, noted = noted, set(self._catalog.read_journal())
                if noted & before:  # who changes something now has the journal empty soon
                    self._settle()
            except USER_ERRORS as error:
                _LOG.warning("what other processes changed is not in the vectors yet: %s", error)
                self._stopped.wait(RETRY_SECONDS)
