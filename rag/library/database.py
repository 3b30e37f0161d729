"""The catalog's file, and the connections that write, read and clean it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock, get_ident
from time import monotonic, sleep

from corpus.progress import StoppedError
from rag.errors import HomeError
from rag.library.home import FREE_SPACE
from rag.library.rows import Row
from rag.library.upkeep.migrating import VERSION, migrate, read_version

WAIT_SECONDS = 60.0
"""How long the log is kept for reads that began before it is emptied."""
BUSY_SECONDS = 0.05
"""How long a thread waits between two attempts to take what another one has."""


class Database:
    """The catalog's SQLite file, safe to use from several threads: one writes at a time, and no reader waits for it.

    A read sees what was committed before it began; within a transaction, the thread that writes also sees its own
    changes. Every method raises `HomeError` where SQLite fails.

    Example:
        database = Database(Path("catalog.sqlite"), read_only=False)
        with database.transaction():
            database.write("INSERT INTO meta VALUES (?, ?)", ("encoder", "minilm"))
        database.read("SELECT value FROM meta WHERE name = ?", ("encoder",))  # [("minilm",)]
    """

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Open the file, and make it unless `read_only`; one of an earlier version is brought up to date.

        Raises:
            HomeError: the file is missing, is no catalog, or is one of a later version.
        """
        self._path = path
        self._lock = RLock()
        self._writing_thread = 0
        self._gives_way, self._is_stopped = True, False
        with self._faults_named():
            self._writer = _connect(path, read_only=read_only)
            self._cleaner = _open(path, "ro" if read_only else "rw", BUSY_SECONDS)
        self._readers = _Readers(path)

    def close(self) -> None:
        """Close the file."""
        self._readers.close()
        self.stop_cleaning()
        with self._claim():
            self._writer.close()
            self._cleaner.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        with self._claim():
            self._writer.execute("BEGIN IMMEDIATE")
            self._writing_thread = get_ident()
            try:
                yield
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:  # SQLite itself takes some back, as on a full disk
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._writing_thread = 0

    def write(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement that changes the file, and return the rows that it returns."""
        with self._claim():
            return self._writer.execute(sql, values).fetchall()

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement that changes nothing, and return its rows."""
        if self._writing_thread == get_ident():
            return self.write(sql, values)
        with self._faults_named(), self._readers.lend() as connection:
            return connection.execute(sql, values).fetchall()

    def compact(self, *, gives_way: bool) -> None:
        """Write the file anew without anything that was deleted from it; others go on reading.

        SQLite's `secure_delete` does not do: where it moved rows between pages, parts of old copies were seen to stay.

        Raises:
            StoppedError: another thread wanted to write, and this one `gives_way`, or see `stop_cleaning`; nothing is
                changed.
        """
        with self._claim():
            self._gives_way = gives_way or self._is_stopped
            try:
                self._clean("VACUUM")
            finally:
                self._gives_way = True
        with self._faults_named(), suppress(StoppedError):
            self._clean("PRAGMA wal_checkpoint(PASSIVE)")  # most of the log, while others write
        self.empty_log()

    def empty_log(self) -> None:
        """Move the log beside the file into the file, and cut it to nothing, once those who read it have finished.

        Raises:
            HomeError: another program goes on reading the file.
            StoppedError: see `stop_cleaning`.
        """
        end = monotonic() + WAIT_SECONDS
        while self._is_log_read():
            if self._is_stopped:
                raise StoppedError
            if monotonic() > end:
                told = f"another program has been reading {self._path} for {WAIT_SECONDS:.0f} seconds"
                raise HomeError(f"{told}: end it, and Dateline deletes the last traces of what was removed")
            sleep(BUSY_SECONDS)

    def stop_cleaning(self) -> None:
        """Stop whoever compacts the file or empties its log, for good: the next start has to do it."""
        self._gives_way = self._is_stopped = True
        with suppress(sqlite3.ProgrammingError):  # it is closed
            self._cleaner.interrupt()

    def _is_log_read(self) -> bool:
        """Whether somebody goes on reading the log; else it is empty now."""
        with self._claim(), suppress(StoppedError):
            ((is_busy, *_),) = self._clean("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(is_busy)
        return True

    def _clean(self, sql: str) -> list[Row]:
        """Run a statement that a thread which wants to write may stop.

        Raises:
            StoppedError: one has.
        """
        try:
            return self._cleaner.execute(sql).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise StoppedError from error
            raise

    @contextmanager
    def _claim(self) -> Iterator[None]:
        """Be the one thread that writes; a compaction that gives way is stopped."""
        while not self._lock.acquire(timeout=BUSY_SECONDS):
            if self._gives_way:
                self._cleaner.interrupt()
        try:
            with self._faults_named():
                yield
        finally:
            self._lock.release()

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = f": {FREE_SPACE}" if "disk is full" in str(error) else ""
            raise HomeError(f"{self._path} cannot be used as a catalog: {error}{advice}") from error


class _Readers:
    """Connections for reading, as many as were ever needed at once; an idle one holds no snapshot of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False

    @contextmanager
    def lend(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that no other thread has."""
        with self._lock:
            if self._is_closed:
                raise sqlite3.ProgrammingError("it is closed")
            connection = self._idle.pop() if self._idle else _open(self._path, "ro", WAIT_SECONDS)
        try:
            yield connection
        finally:
            with self._lock:
                self._idle.append(connection)
            if self._is_closed:
                self.close()

    def close(self) -> None:
        """Close all that are idle now, and the others when they come back."""
        with self._lock:
            self._is_closed = True
            while self._idle:
                self._idle.pop().close()


def _open(path: Path, mode: str, seconds: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, seconds, uri=True, check_same_thread=False, isolation_level=None)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = _open(path, "ro" if read_only else "rwc", WAIT_SECONDS)
    if not read_only:
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        migrate(connection)
    elif read_version(connection) < VERSION:
        _connect(path, read_only=False).close()
    return connection
