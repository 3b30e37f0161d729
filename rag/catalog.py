"""The catalog: SQLite, the source of truth. The vector and word indexes can be rebuilt from it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage, Source
from rag.answer import ScoredPassage
from rag.errors import HomeError
from rag.records import Collection, EmbeddedPassage, Entry

VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'superseded')),
    title TEXT NOT NULL, text TEXT NOT NULL, outlet TEXT NOT NULL, author TEXT NOT NULL,
    published TEXT, url TEXT NOT NULL, topic TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS live_id ON articles (id) WHERE state = 'live';
CREATE INDEX IF NOT EXISTS live_url ON articles (url) WHERE state = 'live' AND url != '';
CREATE INDEX IF NOT EXISTS live_content ON articles (content_hash) WHERE state = 'live';
CREATE TABLE IF NOT EXISTS passages (
    article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,  -- JSON: [[start, end], ...] within the passage
    vector BLOB NOT NULL,     -- float16
    PRIMARY KEY (article_row, start)
);
CREATE TABLE IF NOT EXISTS journal (article_id TEXT PRIMARY KEY);  -- ids that the indexes may not agree on yet
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_SOURCE = "a.id, a.title, a.outlet, a.author, a.published, a.url, a.topic"
_PASSAGE = f'SELECT {_SOURCE}, p.start, p."end", p.sentences, substr(a.text, p.start + 1, p."end" - p.start)'


class Catalog:
    """Articles and passages, safe to use from several threads."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the catalog file, and make it unless `read_only`.

        Raises:
            HomeError: the file is missing, is no catalog, or is one of a later version.
        """
        self._lock = RLock()
        mode = "ro" if read_only else "rwc"
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("PRAGMA foreign_keys = ON")
            if read_only:
                self._check_version()
            else:
                self._prepare()
        except sqlite3.Error as error:
            raise HomeError(f"{path} cannot be opened as a catalog: {error}") from error

    def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with self.transaction():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._connection.execute(statement)
            self._check_version()
            self.write_meta("version", str(VERSION))

    def _check_version(self) -> None:
        version = int(self.read_meta("version") or VERSION)
        if version > VERSION:
            raise HomeError(f"this library has format {version}; this version reads {VERSION}: update Dateline")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def read_meta(self, name: str) -> str | None:
        """Return a stamped value, such as the encoder's identity."""
        rows = self._fetch("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def write_meta(self, name: str, value: str) -> None:
        """Stamp a value."""
        self._fetch("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def find(self, **values: str) -> Article | None:
        """Return the live article with these values of `id`, `url` or `content_hash`; the oldest of several."""
        conditions = " AND ".join(f"a.{name} = ?" for name in values)
        rows = self._fetch(
            f"SELECT {_SOURCE}, a.text FROM articles a WHERE a.state = 'live' AND {conditions} ORDER BY a.row LIMIT 1",
            tuple(values.values()),
        )
        return next((_article(row) for row in rows), None)

    def insert(self, article: Article, passages: Iterable[tuple[Passage, NDArray[np.float32]]]) -> None:
        """Make the article live, as the successor of any version with its id, and note it in the journal."""
        self.supersede(article.id)  # which notes the id in the journal
        columns = "id, state, title, text, outlet, author, published, url, topic, content_hash, added"
        (row,) = self._fetch(
            f"INSERT INTO articles ({columns}) VALUES (?, 'live', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING row",
            (article.id, article.title, article.text, article.outlet, article.author,
             article.published and article.published.isoformat(), article.url, article.topic,
             article.content_hash, datetime.now(UTC).isoformat(timespec="seconds")),
        )  # fmt: skip
        self._write_passages(row[0], passages)

    def supersede(self, article_id: str) -> None:
        """Keep the live version of the article for the record only: it has no passages any more."""
        live = "SELECT row FROM articles WHERE id = ? AND state = 'live'"
        self._fetch(f"DELETE FROM passages WHERE article_row IN ({live})", (article_id,))
        self._fetch("UPDATE articles SET state = 'superseded' WHERE id = ? AND state = 'live'", (article_id,))
        self._fetch("INSERT OR IGNORE INTO journal VALUES (?)", (article_id,))

    def replace_passages(self, article_id: str, passages: Iterable[tuple[Passage, NDArray[np.float32]]]) -> None:
        """Give a live article new passages and vectors, as another encoder made them."""
        (row,) = self._fetch("SELECT row FROM articles WHERE id = ? AND state = 'live'", (article_id,))
        self._fetch("DELETE FROM passages WHERE article_row = ?", (row[0],))
        self._write_passages(row[0], passages)

    def delete(self, article_id: str) -> str | None:
        """Delete every version of the article, note it in the journal, and return its title; None if there is none."""
        self._fetch("INSERT OR IGNORE INTO journal VALUES (?)", (article_id,))
        rows = self._fetch("DELETE FROM articles WHERE id = ? RETURNING title", (article_id,))
        return str(rows[-1][0]) if rows else None

    def read_journal(self) -> list[str]:
        """Return the ids of the articles that the indexes may not agree on yet."""
        return [str(row[0]) for row in self._fetch("SELECT article_id FROM journal ORDER BY article_id")]

    def clear_journal(self, article_ids: Iterable[str]) -> None:
        """Note that the indexes agree on these articles."""
        with self._lock:
            self._connection.executemany("DELETE FROM journal WHERE article_id = ?", [(id,) for id in article_ids])

    def list_entries(self, *, superseded: bool = False) -> list[Entry]:
        """Return the live articles, newest first, and the superseded versions too if asked."""
        rows = self._fetch(
            f"SELECT {_SOURCE}, a.state, length(a.text), (SELECT count(*) FROM passages p WHERE p.article_row = a.row)"
            " FROM articles a WHERE a.state = 'live' OR ? ORDER BY a.published DESC, a.id, a.row DESC",
            (superseded,),
        )
        return [Entry(_source(row), *row[7:]) for row in rows]

    def read_collection(self) -> Collection:
        """Count the live articles and find their oldest and newest dates."""
        (articles, oldest, newest), = self._fetch(
            "SELECT count(*), min(published), max(published) FROM articles WHERE state = 'live'"
        )  # fmt: skip
        return Collection(articles, self.count_passages(), _date(oldest), _date(newest))

    def count_passages(self) -> int:
        """Return the number of passages of live articles."""
        return int(self._fetch("SELECT count(*) FROM passages")[0][0])

    def read_embedded(self, article_id: str) -> list[EmbeddedPassage]:
        """Return the passages of a live article in order, with their vectors; none if it is not live."""
        article = self.find(id=article_id)
        rows = self._fetch(
            'SELECT p.start, p."end", p.sentences, p.vector FROM articles a JOIN passages p ON p.article_row = a.row'
            " WHERE a.id = ? AND a.state = 'live' ORDER BY p.start",
            (article_id,),
        )
        return [] if article is None else [_embedded(article, *row) for row in rows]

    def read_ranking(self, ranking: Sequence[tuple[str, float]]) -> list[ScoredPassage]:
        """Return the passages with these keys and scores, in the same order, without those no longer live."""
        wanted = [[*key.rsplit(":", 2), score] for key, score in ranking]
        rows = self._fetch(
            f"{_PASSAGE}, json_extract(w.value, '$[3]') FROM json_each(?) w"
            " JOIN articles a ON a.id = json_extract(w.value, '$[0]') AND a.state = 'live'"
            " JOIN passages p ON p.article_row = a.row AND p.start = CAST(json_extract(w.value, '$[1]') AS INTEGER)"
            """ AND p."end" = CAST(json_extract(w.value, '$[2]') AS INTEGER) ORDER BY w.key""",
            (json.dumps(wanted),),
        )
        return [ScoredPassage(_passage(row[0], *row[7:11]), _source(row), row[-1]) for row in rows]

    def _write_passages(self, row: int, passages: Iterable[tuple[Passage, NDArray[np.float32]]]) -> None:
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            [
                (row, passage.start, passage.end, json.dumps(passage.sentences), vector.astype(np.float16).tobytes())
                for passage, vector in passages
            ],
        )

    def _fetch(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _source(row: tuple[Any, ...]) -> Source:
    id, title, outlet, author, published, url, topic = row[:7]
    return Source(id, title, outlet, author, _date(published), url, topic)


def _article(row: tuple[Any, ...]) -> Article:
    source = _source(row)
    return Article(**{name: getattr(source, name) for name in source.__slots__}, text=row[7])


def _passage(article_id: str, start: int, end: int, sentences: str, text: str) -> Passage:
    return Passage(article_id, start, end, text, tuple(map(tuple, json.loads(sentences))))


def _embedded(article: Article, start: int, end: int, sentences: str, vector: bytes) -> EmbeddedPassage:
    passage = _passage(article.id, start, end, sentences, article.text[start:end])
    return EmbeddedPassage(passage, article.title, np.frombuffer(vector, np.float16).astype(np.float32))
