"""The catalog in a file of SQLite: opened, locked and cleaned."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from corpus.progress import StoppedError
from rag.errors import HomeError
from rag.library.database import BUSY_SECONDS, Database
from rag.library.home import FREE_SPACE
from rag.library.rows import Row
from rag.library.upkeep.migrating import VERSION, migrate, read_version

WAIT_SECONDS = 60.0
"""How long the log is kept for reads that began before it is emptied."""


class SqliteFile(Database):
    """A file that one process writes, and others may read meanwhile.

    Example:
        catalog = Catalog(SqliteFile(Path(".dateline/catalog.sqlite"), read_only=True))
    """

    by_scope = "INDEXED BY live_scope"  # without it SQLite reads through all texts
    in_list = "IN (SELECT value FROM json_each(:{name}))"
    in_pairs = "IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:{name}))"

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Open the file, and make it unless `read_only`; one of an earlier version is brought up to date.

        Raises:
            HomeError: the file is missing, is no catalog, or is one of a later version.
        """
        self._path = path
        self._gives_way, self._is_stopped = True, False
        readers = create_engine("sqlite://", creator=lambda: _open(path, "ro", WAIT_SECONDS), poolclass=NullPool)
        super().__init__(str(path), readers, _build_writers(lambda: _connect(path, read_only=read_only)))
        with self._faults_named():
            self._cleaner = _open(path, "ro" if read_only else "rw", BUSY_SECONDS)

    def close(self) -> None:
        """Close the file."""
        self.stop_cleaning()
        super().close()
        with self._claim():
            self._cleaner.close()

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

    @contextmanager
    def relaxed(self) -> Iterator[None]:
        """Let what is written inside reach the disk with what comes next, or when SQLite empties its log."""
        with self._claim():
            cursor = self._writer.connection.cursor()  # the driver's: SQLAlchemy would begin a transaction
            cursor.execute("PRAGMA synchronous = NORMAL")
            try:
                yield
            finally:
                cursor.execute("PRAGMA synchronous = FULL")

    def take_over(self) -> None:
        """Do nothing: SQLite numbers new rows after the last."""

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

    def _pack(self, values: Sequence[object]) -> str:
        return json.dumps(values)

    def _hurry(self) -> None:
        if self._gives_way:
            self._cleaner.interrupt()

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            with super()._faults_named():
                yield
        except sqlite3.Error as error:  # of the connection that cleans
            raise HomeError(f"{self._path} cannot be used as a catalog: {error}{self._advise(str(error))}") from error

    def _advise(self, fault: str) -> str:
        return f": {FREE_SPACE}" if "disk is full" in fault else ""


def _build_writers(connect: Callable[[], sqlite3.Connection]) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, paramstyle="named")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


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
