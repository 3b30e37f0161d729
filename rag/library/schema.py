"""The catalog's file: its tables, and how those of earlier versions become them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import HomeError
from rag.library.home import FREE_SPACE
from rag.library.rows import ARTICLE, fingerprint, read_article

VERSION = 3

_VERSION_1 = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'superseded')),
    title TEXT NOT NULL, text TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,
    published TEXT, url TEXT NOT NULL, topic TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE UNIQUE INDEX live_id ON articles (id) WHERE state = 'live';
CREATE INDEX live_url ON articles (url) WHERE state = 'live' AND url != '';
CREATE INDEX live_content ON articles (content_hash) WHERE state = 'live';
CREATE TABLE passages (
    article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,  -- JSON: [[start, end], ...] within the passage
    vector BLOB NOT NULL,     -- float16
    PRIMARY KEY (article_row, start)
);
-- ids that the indexes may not agree on yet
CREATE TABLE journal (article_id TEXT PRIMARY KEY);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_VERSION_2 = """
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN credits TEXT NOT NULL DEFAULT '';
-- of the article as it came, before any correction
ALTER TABLE articles ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
-- the same in near-duplicates; null: not told yet
ALTER TABLE articles ADD COLUMN story INTEGER;
-- zlib
ALTER TABLE articles ADD COLUMN original BLOB NOT NULL DEFAULT x'';
CREATE INDEX versions ON articles (id, row);
CREATE INDEX live_story ON articles (story) WHERE state = 'live';
-- see stories.py
CREATE TABLE bands (
    band INTEGER NOT NULL,
    article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    PRIMARY KEY (band, article_row)
) WITHOUT ROWID;
CREATE INDEX bands_of_article ON bands (article_row);
"""
_VERSION_3 = """
-- all that a scope looks at, so that no text is read for it
CREATE INDEX live_scope ON articles (outlet, topic, published, id) WHERE state = 'live';
"""


@contextmanager
def faults_named(path: Path) -> Iterator[None]:
    """Name the file when SQLite fails, as a `HomeError`."""
    try:
        yield
    except sqlite3.Error as error:
        advice = f": {FREE_SPACE}" if "disk is full" in str(error) else ""
        raise HomeError(f"{path} cannot be used as a catalog: {error}{advice}") from error


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open the file, and make it unless `read_only`; one of an earlier version is brought up to date.

    Raises:
        HomeError: it is of a later version.
        sqlite3.Error: it is missing, or no catalog.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _migrate(connection)
    elif _read_version(connection) < VERSION:
        connect(path, read_only=False).close()
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
    if version < 1:
        _run(connection, _VERSION_1)
    if version < 2:
        _run(connection, _VERSION_2)
        _write_fingerprints(connection)
    if version < 3:
        _run(connection, _VERSION_3)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('version', ?)", (str(VERSION),))
    connection.execute("COMMIT")


def _write_fingerprints(connection: sqlite3.Connection) -> None:
    for (row,) in connection.execute("SELECT row FROM articles").fetchall():
        (values,) = connection.execute(f"SELECT {ARTICLE} FROM articles a WHERE row = ?", (row,)).fetchall()
        stamp = fingerprint(read_article(values))
        connection.execute("UPDATE articles SET fingerprint = ? WHERE row = ?", (stamp, row))


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";\n")):
        connection.execute(statement)
