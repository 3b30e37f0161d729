"""Removed text leaves the files of a library: in the background, some time after it is gone from every answer.

The catalog notes which articles are not erased yet, and takes the note away once no file holds their text. So whatever
a crash or the end of the process cuts off is done after the next start.
"""

import logging
from contextlib import AbstractContextManager, suppress
from threading import Event, Lock, Thread
from time import monotonic

from corpus.progress import NOBODY, StoppedError, Tally, Watch
from rag.errors import USER_ERRORS
from rag.library.indexes import Indexes
from rag.library.writable_catalog import WritableCatalog

QUIET_SECONDS = 5.0
"""Between a removal and the erasure, which is one for all that were removed until it begins."""
RETRY_SECONDS = 60.0
WORK_SECONDS = 0.02
"""Between two rests of an erasure in the background, each as long as the work before it."""
LEAST_REST, MOST_REST = 0.02, 1.0
ATTEMPTS = 5
"""To write the catalog anew while nobody else writes it; then the others wait."""
WAIT_SECONDS = 0.1

_LOG = logging.getLogger(__name__)


class Eraser:
    """Erases what was removed from one library, in a thread of its own or while the caller waits.

    Example:
        eraser = Eraser(catalog, indexes, lock)
        eraser.start()
        ...
        eraser.close()
    """

    def __init__(self, catalog: WritableCatalog, indexes: Indexes, lock: AbstractContextManager[object]) -> None:
        """Look after these files; whoever changes them holds `lock`, and so does an erasure, shortly."""
        self._catalog = catalog
        self._indexes = indexes
        self._changing = lock
        self._erasing = Lock()
        self._wanted = Event()
        self._pace = _Pace()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Erase in the background, a few seconds from now, what is to be erased by then."""
        self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="erasing", daemon=True)
            self._thread.start()

    def erase(self, watch: Watch = NOBODY) -> None:
        """Erase what was removed before the call; others may ask, add and remove meanwhile.

        Raises:
            HomeError: another program goes on reading the catalog.
            StoppedError: `watch` stopped this; the next start resumes it.
        """
        while not self._erasing.acquire(timeout=WAIT_SECONDS):
            watch.check()
        try:
            if ids := self._catalog.list_erasures():
                self._indexes.rewrite(self._changing, watch)
                self._purge(ids, watch)
        finally:
            self._erasing.release()

    def close(self) -> None:
        """Stop at the next step; what is left to do is done after the next start."""
        self._pace.stop()
        self._wanted.set()
        self._catalog.stop_purging()
        if self._thread:
            self._thread.join()

    def _purge(self, ids: list[str], watch: Watch) -> None:
        for attempt in range(ATTEMPTS + 1):
            with suppress(StoppedError):
                return self._catalog.purge(ids, gives_way=attempt < ATTEMPTS)
            watch.check()
            self._pace.wait(1.0)
        raise StoppedError

    def _run(self) -> None:
        rest = QUIET_SECONDS
        while self._wanted.wait() and not self._pace.wait(rest):
            self._wanted.clear()
            began = monotonic()
            try:
                self.erase(self._pace)
                rest = max(QUIET_SECONDS, monotonic() - began)
            except StoppedError:
                return
            except USER_ERRORS as error:
                _LOG.warning("what was removed is not erased yet: %s", error)
                self._wanted.set()
                rest = RETRY_SECONDS


class _Pace(Tally):
    """Rests as long as it works, so that those who ask meanwhile do not wait."""

    def __init__(self) -> None:
        super().__init__()
        self._since = monotonic()

    def index(self, done: int, total: int) -> None:
        super().index(done, total)
        worked = monotonic() - self._since
        if worked > WORK_SECONDS:
            self.wait(min(max(worked, LEAST_REST), MOST_REST))
            self._since = monotonic()
        self.check()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until it is stopped; returns whether it is."""
        return self._stopped.wait(seconds)
