"""The catalog on a server of PostgreSQL: any number of processes read it, and one at a time changes it."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from threading import RLock
from typing import Self

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from rag.errors import HomeError
from rag.library.database import Database
from rag.library.upkeep.migrating import VERSION

_SCHEMA = Path(__file__).parents[1] / "schema" / "postgresql.sql"
_LIBRARY = "hashtext('Dateline ' || current_schema())"
"""A number for each library of a database: the first of the two that name a lock."""
_TRANSACTIONS, _CHANGES, _CONVERSATIONS = 1, 2, 3
_READABLE = {"client_encoding": "utf8"}
"""What is read is text, whatever the encoding of the database: so it can be told which it is."""
_TABLES = "articles", "passages", "bands", "words", "conversations", "erasures", "journal", "changes", "meta"


class PostgresServer(Database):
    """The tables in a schema of a database, made when they are missing.

    What is removed is in no answer at once, but PostgreSQL keeps it in its files until it writes over it, and in its
    log until that is recycled.

    Example:
        catalog = WritableCatalog(PostgresServer("postgresql+psycopg://dateline@127.0.0.1/news"))
    """

    like = "ILIKE"
    in_list = "= ANY(:{name})"
    in_pairs = (
        "IN (SELECT CAST(value->>0 AS bigint), CAST(value->>1 AS bigint)"
        " FROM json_array_elements(CAST(:{name} AS json)))"
    )
    is_shared, erases = True, False

    def __init__(self, url: str) -> None:
        """Connect, and make the tables if there are none.

        Raises:
            HomeError: there is no such server or database, it is not in UTF-8, or its tables are of another version.
        """
        readers, writers = _build_engine(url, isolation_level="AUTOCOMMIT"), _build_engine(url)
        event.listen(writers, "begin", _take_turn)
        place = readers.url.set(password=None, query={}).render_as_string()
        super().__init__(place, readers, writers)
        try:
            with self.transaction():
                self._check_tables()
        except BaseException:
            self.close()
            raise
        self.changing = ServerLock(self, _CHANGES)
        self.talking = ServerLock(self, _CONVERSATIONS)

    def compact(self, *, gives_way: bool) -> None:
        """Leave the room of what was deleted to what comes next; nobody waits for it."""
        with self._faults_named(), self._lend() as connection:
            for table in _TABLES:
                connection.exec_driver_sql(f"VACUUM {table}")

    def empty_log(self) -> None:
        """Do nothing: the log is the server's."""

    def stop_cleaning(self) -> None:
        """Do nothing: to make room takes no long time, and nobody waits for it."""

    def put(self, sql: str, **values: object) -> None:
        """Run a statement that changes something beside the articles: at once, without waiting for a turn."""
        with self._faults_named(), self._lend() as connection:
            self._run(connection, sql, values)

    def take_over(self) -> None:
        """Number new articles after those that were copied here, and let all processes follow."""
        newest = "coalesce((SELECT max(row) FROM articles), 0) + 1"
        self.write(f"SELECT setval(pg_get_serial_sequence('articles', 'row'), {newest}, false)")
        self.write("INSERT INTO changes (article_id) SELECT DISTINCT id FROM articles ON CONFLICT DO NOTHING")

    def connect(self) -> Connection:
        """Return a connection of the caller's own, each of whose statements is committed at once."""
        with self._faults_named():
            return self._readers.connect()

    def _check_tables(self) -> None:
        ((encoding,),) = self.read("SELECT getdatabaseencoding()")
        if encoding != "UTF8":
            told = "make one by `createdb --encoding UTF8 --template template0 NAME`"
            raise HomeError(f"the database at {self._place} is in {encoding}, which has not all letters: {told}")
        ((name,),) = self.read("SELECT to_regclass('meta')")
        if name is None:
            for statement in filter(str.strip, _SCHEMA.read_text("utf-8").split(";\n")):
                self._writer.exec_driver_sql(statement)
        ((version,),) = self.read("SELECT value FROM meta WHERE name = 'version'")
        if int(version) != VERSION:
            raise HomeError(f"this library has format {version}; this version reads {VERSION}: update Dateline")

    def _pack(self, values: Sequence[object]) -> object:
        return json.dumps(values) if values and isinstance(values[0], tuple) else list(values)

    def _hurry(self) -> None:
        """Do nothing: nobody waits for a compaction."""


class ServerLock(AbstractContextManager["ServerLock"]):
    """What one thread of one process has at a time; the server frees it when the process ends, however it ends."""

    def __init__(self, server: PostgresServer, number: int) -> None:
        """Name the lock; it may be taken again by who has it."""
        self._server, self._number = server, number
        self._lock = RLock()
        self._depth = 0
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        """Wait for the lock."""
        self._lock.acquire()
        try:
            if not self._depth:
                self._connection = self._server.connect()
                self._connection.exec_driver_sql(f"SELECT pg_advisory_lock({_LIBRARY}, {self._number})")
            self._depth += 1
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """Give the lock back: its connection is closed."""
        self._depth -= 1
        if not self._depth and self._connection:
            self._connection.close()
        self._lock.release()


def _build_engine(url: str, **options: str) -> Engine:
    """Return the engine.

    Raises:
        HomeError: the url is none, or the driver is not installed.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise ArgumentError(f"{address.drivername} is no driver of PostgreSQL")
        return create_engine(address, poolclass=NullPool, connect_args=_READABLE, **options)
    except (ArgumentError, NoSuchModuleError) as error:
        told = "a PostgreSQL database: write it like postgresql+psycopg://user:password@host/database"
        raise HomeError(f"what DATELINE_DATABASE_URL or --to gives is no address of {told}") from error
    except ModuleNotFoundError as error:
        told = 'pip install "psycopg[binary]>=3,<4"'
        raise HomeError(f"a catalog on a server needs a driver that is not installed: {told}") from error


def _take_turn(connection: Connection) -> None:
    """Let transactions of all processes follow each other: whoever sees one of them sees all before it."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LIBRARY}, {_TRANSACTIONS})")
