"""What the catalog asks of its database, by SQLAlchemy: the same statements for SQLite's file and for a server."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from threading import RLock, get_ident
from typing import Any

from sqlalchemy import Connection, Engine, RootTransaction, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from rag.errors import HomeError
from rag.library.rows import Row

BUSY_SECONDS = 0.05
"""How long a thread waits between two attempts to take what another one has."""


class Database(ABC):
    """The catalog's tables, safe to use from several threads: one writes at a time, and no reader waits for it.

    A read sees what was committed before it began; within a transaction, the thread that writes also sees its own
    changes. Statements name their values, `:name`; a list is written `IN :names`. Every method raises `HomeError` where
    the database fails.

    Example:
        database = SqliteFile(Path("catalog.sqlite"), read_only=False)
        with database.transaction():
            database.write("INSERT INTO meta VALUES (:name, :value)", name="encoder", value="minilm")
        database.read("SELECT value FROM meta WHERE name IN :names", names=["encoder"])  # [("minilm",)]
    """

    is_shared = False
    """Whether several processes change it at a time."""
    erases = True
    """Whether what was removed leaves its files: see `compact`."""
    by_scope = ""
    """What follows the name of the table of articles where the index that holds all of a scope is to be used."""
    like = "LIKE"
    """The comparison with a pattern in which large and small letters are the same, at least those of ASCII."""

    in_list: str
    """How the database compares with a list of values; `name` is where their name belongs."""
    in_pairs: str
    """The same for a list of pairs of integers."""

    def __init__(self, place: str, readers: Engine, writers: Engine) -> None:
        """Read by the one engine, and write by a connection of the other.

        Args:
            place: What messages call the database.
            readers: Its connections commit by themselves.
            writers: Its transactions take the right to write as they begin.

        Raises:
            HomeError: there is no such database, or no connection to it.
        """
        self._place = place
        self._readers, self._writers = readers, writers
        self.changing: AbstractContextManager[object] = RLock()
        """What those have, one at a time, who change the library; who has it may take it again."""
        self._lock = RLock()
        self._writing_thread = 0
        self._idle: list[Connection] = []
        self._prepared: dict[str, str] = {}
        self._is_closed = False
        with self._faults_named():
            self._writer = writers.connect()

    def close(self) -> None:
        """Close the connections."""
        self._is_closed = True
        self._close_idle()  # first: SQLite empties its log where the last connection may write
        with self._claim():
            self._writer.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        with self._claim(), self._begin():
            self._writing_thread = get_ident()
            try:
                yield
            finally:
                self._writing_thread = 0

    def write(self, sql: str, **values: object) -> list[Row]:
        """Run a statement that changes something, and return the rows that it returns."""
        with self._claim():
            if self._writing_thread:
                return self._run(self._writer, sql, values)
            with self._begin():
                return self._run(self._writer, sql, values)

    def relaxed(self) -> AbstractContextManager[None]:
        """Let what is written inside reach the disk when it will: it may be lost where the power fails, no more."""
        return nullcontext()

    def write_each(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Run a statement that changes something for each of these values, in one transaction."""
        if not rows:
            return
        with self._claim():
            if self._writing_thread:
                self._writer.exec_driver_sql(self._prepare(sql), rows)
                return
            with self._begin():
                self._writer.exec_driver_sql(self._prepare(sql), rows)

    def read(self, sql: str, **values: object) -> list[Row]:
        """Run a statement that changes nothing, and return its rows."""
        if self._writing_thread == get_ident():
            return self.write(sql, **values)
        if self._is_closed:
            raise HomeError(f"{self._place} is closed")
        with self._faults_named():
            try:
                return self._read(sql, values)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                return self._read(sql, values)  # the server has begun anew

    def _read(self, sql: str, values: dict[str, Any]) -> list[Row]:
        with self._lend() as connection:
            return self._run(connection, sql, dict(values))

    def _begin(self) -> RootTransaction:
        """Begin a transaction; where the connection was lost meanwhile, by another one."""
        try:
            return self._writer.begin()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._writer.begin()

    @contextmanager
    def _lend(self) -> Iterator[Connection]:
        """Lend a connection for reading that no other thread has; there are as many as were ever needed at once."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._readers.connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            self._close_idle()  # they may be broken, too
            raise
        self._idle.append(connection)
        if self._is_closed:
            self._close_idle()

    def _close_idle(self) -> None:
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @abstractmethod
    def compact(self, *, gives_way: bool) -> None:
        """Leave nothing of what was deleted in the tables' files; others go on reading.

        Raises:
            StoppedError: another thread wanted to write, and this one `gives_way`, or see `stop_cleaning`; nothing is
                changed.
        """

    @abstractmethod
    def empty_log(self) -> None:
        """Leave nothing of what was deleted in a log beside the tables, once those who read it have finished.

        Raises:
            HomeError: another program goes on reading it.
            StoppedError: see `stop_cleaning`.
        """

    @abstractmethod
    def take_over(self) -> None:
        """Go on from rows that were copied here with their numbers; belongs to the transaction that wrote them."""

    @abstractmethod
    def stop_cleaning(self) -> None:
        """Stop whoever compacts the tables or empties the log, for good: the next start has to do it."""

    @abstractmethod
    def _pack(self, values: Sequence[object]) -> object:
        """Return a list as `in_list` and `in_pairs` take it."""

    @abstractmethod
    def _hurry(self) -> None:
        """Stop a compaction that gives way: a thread wants to write."""

    def _run(self, connection: Connection, sql: str, values: dict[str, Any]) -> list[Row]:
        for name, value in values.items():
            if isinstance(value, (list, tuple)):
                is_of_pairs = bool(value) and isinstance(value[0], tuple)
                sql = sql.replace(f"IN :{name}", (self.in_pairs if is_of_pairs else self.in_list).format(name=name))
                values[name] = self._pack(value)
        cursor = connection.exec_driver_sql(self._prepare(sql), values).cursor  # the driver's: plain tuples, at once
        return list(cursor.fetchall()) if cursor else []

    def _prepare(self, sql: str) -> str:
        """Return the statement as the driver writes its values; the text of each is compiled once."""
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = self._prepared[sql] = str(text(sql).compile(dialect=self._writers.dialect))
        return prepared

    @contextmanager
    def _claim(self) -> Iterator[None]:
        """Be the one thread that writes."""
        while not self._lock.acquire(timeout=BUSY_SECONDS):
            self._hurry()
        try:
            with self._faults_named():
                yield
        finally:
            self._lock.release()

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            told = error.orig if isinstance(error, DBAPIError) else error
            raise HomeError(f"{self._place} cannot be used as a catalog: {told}{self._advise(str(told))}") from error

    def _advise(self, fault: str) -> str:
        """Return what to do about a fault, behind a colon; nothing where the fault says it."""
        return ""
