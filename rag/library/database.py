"""The catalog's file: its tables, the connections that write and read it, and how older tables become today's."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, RLock, get_ident

from corpus.addresses import normalize_address
from rag.errors import HomeError
from rag.library.home import FREE_SPACE
from rag.library.rows import ARTICLE, Row, fingerprint, read_article

WAIT_SECONDS = 60.0
"""How long a purge waits for reads that began before it."""

VERSION = 5
"""Of the tables; `schema/5.sql` makes them of those of version 4."""
_SCHEMA = Path(__file__).parent / "schema"


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
        with self._faults_named():
            self._writer = _connect(path, read_only=read_only)
        self._readers = _Readers(path)

    def close(self) -> None:
        """Close the file."""
        self._readers.close()
        with self._lock:
            self._writer.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        with self._lock, self._faults_named():
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
        with self._lock, self._faults_named():
            return self._writer.execute(sql, values).fetchall()

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement that changes nothing, and return its rows."""
        if self._writing_thread == get_ident():
            return self.write(sql, values)
        with self._faults_named(), self._readers.lend() as connection:
            return connection.execute(sql, values).fetchall()

    def compact(self) -> None:
        """Write the file anew without anything that was deleted from it.

        SQLite's `secure_delete` does not do: where it moved rows between pages, parts of old copies were seen to stay.
        """
        self.write("VACUUM")
        self.empty_log()

    def empty_log(self) -> None:
        """Move the log beside the file into the file, and cut it to nothing, once those who read it have finished.

        Raises:
            HomeError: another program goes on reading the file.
        """
        ((is_busy, *_),) = self.write("PRAGMA wal_checkpoint(TRUNCATE)")
        if is_busy:
            raise HomeError(
                f"another program has been reading {self._path} for {WAIT_SECONDS:.0f} seconds: end it and start"
                " Dateline again, which then deletes the last traces of what was removed"
            )

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
            connection = self._idle.pop() if self._idle else _open(self._path, "ro")
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


def _open(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, WAIT_SECONDS, uri=True, check_same_thread=False, isolation_level=None)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    connection = _open(path, "ro" if read_only else "rwc")
    if not read_only:
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _migrate(connection)
    elif _read_version(connection) < VERSION:
        _connect(path, read_only=False).close()
    return connection


def _read_version(connection: sqlite3.Connection) -> int:
    """Return the version of the tables; 0 where there are none.

    Raises:
        HomeError: they are of a later version.
    """
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return 0
    ((version,),) = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchall()
    if int(version) > VERSION:
        raise HomeError(f"this library has format {version}; this version reads {VERSION}: update Dateline")
    return int(version)


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    version = _read_version(connection)
    for number in range(version + 1, VERSION + 1):
        _run(connection, (_SCHEMA / f"{number}.sql").read_text("utf-8"))
    if version < VERSION:
        _fill_columns(connection, with_fingerprints=version < 2)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (str(VERSION),))
    connection.execute("COMMIT")


def _fill_columns(connection: sqlite3.Connection, *, with_fingerprints: bool) -> None:
    """Write what earlier versions did not: addresses as they are compared, datelines, and fingerprints if asked."""
    for (row,) in connection.execute("SELECT row FROM articles").fetchall():
        (values,) = connection.execute(f"SELECT {ARTICLE} FROM articles a WHERE row = ?", (row,)).fetchall()
        article = read_article(values)
        columns = {"address": normalize_address(article.url), "place": article.place, "agency": article.agency}
        if with_fingerprints:
            columns["fingerprint"] = fingerprint(article)
        names = ", ".join(f"{name} = ?" for name in columns)
        connection.execute(f"UPDATE articles SET {names} WHERE row = ?", (*columns.values(), row))


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        connection.execute(statement)
