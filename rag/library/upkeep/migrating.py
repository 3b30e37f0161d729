"""How the tables of an earlier version become today's."""

import sqlite3
from pathlib import Path

from corpus.addresses import normalize_address
from rag.errors import HomeError
from rag.library.rows import ARTICLE, fingerprint, read_article

VERSION = 6
"""Of the tables; `schema/6.sql` makes them of those of version 5."""
_SCHEMA = Path(__file__).parents[1] / "schema"


def read_version(connection: sqlite3.Connection) -> int:
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


def migrate(connection: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an earlier version up to date."""
    connection.execute("BEGIN IMMEDIATE")
    version = read_version(connection)
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
