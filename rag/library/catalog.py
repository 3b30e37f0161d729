"""The catalog: SQLite, the source of truth. The vector and word indexes can be rebuilt from it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from corpus.calendar import read_day
from rag.answer import ScoredPassage
from rag.library import rows as columns
from rag.library.records import Collection, EmbeddedPassage, Entry, Known, Telling
from rag.library.schema import connect, faults_named

Embedded = Iterable[tuple[Passage, NDArray[np.float32]]]

_PAGE_ROWS = 5_000
_TEXT = 'substr(a.text, p.start + 1, p."end" - p.start)'
_EMBEDDED = (
    f'SELECT a.id, a.title, p.start, p."end", p.sentences, {_TEXT}, p.vector, a.row'
    " FROM articles a JOIN passages p ON p.article_row = a.row"
)
_ENTRY = (
    f"{columns.SOURCE}, a.state, length(a.text), (SELECT count(*) FROM passages p WHERE p.article_row = a.row),"
    " (SELECT count(*) FROM articles v WHERE v.id = a.id AND v.row <= a.row), a.story"
)


class Catalog:
    """Articles and passages, safe to use from several threads. Every method raises `HomeError` if it must."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the catalog file, and make it unless `read_only`; one of an earlier version is brought up to date.

        Raises:
            HomeError: the file is missing, is no catalog, or is one of a later version.
        """
        self._lock = RLock()
        self._path = path
        with faults_named(path):
            self._connection = connect(path, read_only=read_only)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        with self._lock, faults_named(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself takes some back, as on a full disk
                    self._connection.execute("ROLLBACK")
                raise

    def purge(self, article_ids: Sequence[str]) -> None:
        """Leave nothing of what was deleted in the file or beside it, and clear the journal of these articles.

        SQLite's `secure_delete` does not do: where it moved rows between pages, parts of old copies were seen to stay.
        """
        self.fetch("VACUUM")
        self.fetch("PRAGMA wal_checkpoint(TRUNCATE)")
        self.clear_journal(article_ids)
        self.fetch("PRAGMA wal_checkpoint(TRUNCATE)")  # the ids in the journal are of the article too

    def read_meta(self, name: str) -> str | None:
        """Return a stamped value, such as the encoder's identity."""
        rows = self.fetch("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def write_meta(self, name: str, value: str) -> None:
        """Stamp a value."""
        self.fetch("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def find(self, id: str) -> Article | None:
        """Return the live article with this id."""
        rows = self.fetch(f"SELECT {columns.ARTICLE} FROM articles a WHERE a.state = 'live' AND a.id = ?", (id,))
        return next(map(columns.read_article, rows), None)

    def find_known(self, **values: str) -> Known | None:
        """Return the live article with these values of `id`, `url` or `content_hash`; the oldest of several."""
        conditions = " AND ".join(f"{name} = ?" for name in ("state", *values))
        rows = self.fetch(
            f"SELECT id, content_hash, fingerprint FROM articles WHERE {conditions} ORDER BY row LIMIT 1",
            ("live", *values.values()),
        )
        return next((Known(*row) for row in rows), None)

    def find_version(self, article_id: str, version: int | None = None) -> tuple[Article, Entry] | None:
        """Return a version of the article, live or superseded; the newest if none is named."""
        rows = self.fetch(
            f"SELECT {_ENTRY}, {columns.ARTICLE} FROM articles a WHERE a.id = ? ORDER BY a.row DESC", (article_id,)
        )
        found = [(columns.read_article(row[12:]), _entry(row[:12])) for row in rows]
        return next((pair for pair in found if version in (None, pair[1].version)), None)

    def insert(self, article: Article, passages: Embedded) -> None:
        """Make the article live, as the successor of any version with its id, and note it in the journal."""
        self.supersede(article.id)  # which notes the id in the journal
        added = datetime.now(UTC).isoformat(timespec="seconds")
        values = columns.write_article(article) | {
            "state": "live",
            "fingerprint": columns.fingerprint(article),
            "added": added,
        }
        (row,) = self.fetch(
            f"INSERT INTO articles ({', '.join(values)}) VALUES ({', '.join('?' * len(values))}) RETURNING row",
            tuple(values.values()),
        )
        self._write_passages(row[0], passages)

    def supersede(self, article_id: str) -> None:
        """Keep the live version of the article for the record only: it has no passages and no story any more."""
        self._note(article_id)
        live = "SELECT row FROM articles WHERE id = ? AND state = 'live'"
        for table in ("passages", "bands"):
            self.fetch(f"DELETE FROM {table} WHERE article_row IN ({live})", (article_id,))
        self.fetch(
            "UPDATE articles SET state = 'superseded', story = NULL WHERE id = ? AND state = 'live'", (article_id,)
        )

    def correct(self, article: Article) -> None:
        """Give a live article other details; it is still known by those it came with."""
        self._note(article.id)
        values = columns.write_article(article)
        self.fetch(
            f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ? AND state = 'live'",
            (*values.values(), article.id),
        )

    def replace_passages(self, article_id: str, passages: Embedded) -> None:
        """Give a live article new passages and vectors, as another encoder made them."""
        (row,) = self.fetch("SELECT row FROM articles WHERE id = ? AND state = 'live'", (article_id,))
        self.fetch("DELETE FROM passages WHERE article_row = ?", (row[0],))
        self._write_passages(row[0], passages)

    def delete(self, article_id: str) -> str | None:
        """Delete every version of the article, note it in the journal, and return its title; None if there is none."""
        self._note(article_id)
        rows = self.fetch("DELETE FROM articles WHERE id = ? RETURNING title", (article_id,))
        return str(rows[-1][0]) if rows else None

    def read_journal(self) -> list[str]:
        """Return the ids of the articles that the indexes may not agree on yet."""
        return [str(row[0]) for row in self.fetch("SELECT article_id FROM journal ORDER BY article_id")]

    def clear_journal(self, article_ids: Iterable[str]) -> None:
        """Note that the indexes agree on these articles."""
        self.fetch("DELETE FROM journal WHERE article_id IN (SELECT value FROM json_each(?))", (_json(article_ids),))

    def list_entries(self, *, superseded: bool = False) -> list[Entry]:
        """Return the live articles, newest first, and the superseded versions too if asked."""
        rows = self.fetch(
            f"SELECT {_ENTRY} FROM articles a WHERE a.state = 'live' OR ? ORDER BY a.published DESC, a.id, a.row DESC",
            (superseded,),
        )
        return list(map(_entry, rows))

    def read_collection(self) -> Collection:
        """Count the live articles and find their oldest and newest dates."""
        (articles, oldest, newest), = self.fetch(
            "SELECT count(*), min(published), max(published) FROM articles WHERE state = 'live'"
        )  # fmt: skip
        return Collection(articles, self.count_passages(), read_day(oldest), read_day(newest))

    def count_passages(self) -> int:
        """Return the number of passages of live articles."""
        return int(self.fetch("SELECT count(*) FROM passages")[0][0])

    def read_embedded(self, article_id: str) -> list[EmbeddedPassage]:
        """Return the passages of a live article in order, with their vectors; none if it is not live."""
        order = "WHERE a.id = ? AND a.state = 'live' ORDER BY p.start"
        return [columns.read_embedded(row[:7]) for row in self.fetch(f"{_EMBEDDED} {order}", (article_id,))]

    def list_embedded(self) -> Iterator[EmbeddedPassage]:
        """Yield the passages of all live articles, oldest article first, with their vectors."""
        order = "WHERE (p.article_row, p.start) > (?, ?) ORDER BY p.article_row, p.start LIMIT ?"
        place = (0, 0)
        while rows := self.fetch(f"{_EMBEDDED} {order}", (*place, _PAGE_ROWS)):
            yield from (columns.read_embedded(row[:7]) for row in rows)
            place = (rows[-1][7], rows[-1][2])

    def read_ranking(self, ranking: Sequence[tuple[str, float]]) -> list[ScoredPassage]:
        """Return the passages with these keys and scores, in the same order, without those no longer live."""
        rows = self.fetch(
            f'SELECT {columns.SOURCE}, p.start, p."end", p.sentences, {_TEXT},'
            " json_extract(w.value, '$[3]'), a.story FROM json_each(?) w"
            " JOIN articles a ON a.id = json_extract(w.value, '$[0]') AND a.state = 'live'"
            " JOIN passages p ON p.article_row = a.row AND p.start = CAST(json_extract(w.value, '$[1]') AS INTEGER)"
            """ AND p."end" = CAST(json_extract(w.value, '$[2]') AS INTEGER) ORDER BY w.key""",
            (_json([*key.rsplit(":", 2), score] for key, score in ranking),),
        )
        return [
            ScoredPassage(columns.read_passage(row[0], *row[7:11]), columns.read_source(row), *row[11:]) for row in rows
        ]

    def list_untold(self) -> list[str]:
        """Return the ids of the live articles whose story is not known yet, oldest first."""
        return [row[0] for row in self.fetch("SELECT id FROM articles WHERE state = 'live' AND story IS NULL")]

    def find_alike(self, bands: Sequence[int], limit: int) -> list[Telling]:
        """Return the live articles that share the most bands, and at least one."""
        rows = self.fetch(
            "SELECT a.story, a.text FROM (SELECT article_row, count(*) AS shared FROM bands"
            " WHERE band IN (SELECT value FROM json_each(?)) GROUP BY article_row"
            " ORDER BY shared DESC, article_row LIMIT ?) b JOIN articles a ON a.row = b.article_row",
            (_json(bands), limit),
        )
        return [Telling(*row) for row in rows]

    def write_story(self, article_id: str, bands: Sequence[int], stories: Sequence[int]) -> None:
        """Give a live article its bands, and make it and these stories one; without any it begins its own."""
        (row,) = self.fetch("SELECT row FROM articles WHERE id = ? AND state = 'live'", (article_id,))
        story = min(stories, default=row[0])
        merged = "story IN (SELECT value FROM json_each(?)) AND state = 'live'"
        self.fetch(f"UPDATE articles SET story = ? WHERE row = ? OR {merged}", (story, row[0], _json(stories)))
        self.fetch("INSERT INTO bands SELECT value, ? FROM json_each(?)", (row[0], _json(bands)))

    def _note(self, article_id: str) -> None:
        self.fetch("INSERT OR IGNORE INTO journal VALUES (?)", (article_id,))

    def _write_passages(self, row: int, passages: Embedded) -> None:
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)", columns.write_passages(row, passages)
        )

    def fetch(self, sql: str, values: Sequence[object] = ()) -> list[columns.Row]:
        """Run a statement; for this module, and those beside it that ask more of its tables."""
        with self._lock, faults_named(self._path):
            return self._connection.execute(sql, values).fetchall()


def _entry(row: columns.Row) -> Entry:
    return Entry(columns.read_source(row), *row[7:])


def _json(values: Iterable[object]) -> str:
    return json.dumps([*values])
