"""The catalog, read: SQLite, the source of truth. The vector and word indexes can be rebuilt from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.calendar import read_day
from rag.answer import ScoredPassage
from rag.library.database import Database
from rag.library.records import Collection, EmbeddedPassage, Entry
from rag.library.rows import (
    ARTICLE,
    SOURCE,
    SOURCE_COLUMNS,
    Row,
    read_article,
    read_embedded,
    read_passage,
    read_source,
    to_json,
)
from rag.question import EVERYTHING, Scope

_PASSAGE_COUNT = "(SELECT count(*) FROM passages p WHERE p.article_row = a.row)"
_ENTRY = (
    f"{SOURCE}, a.state, length(a.text), {_PASSAGE_COUNT},"
    " (SELECT count(*) FROM articles v WHERE v.id = a.id AND v.row <= a.row), a.story"
)
ENTRY_COLUMNS = SOURCE_COLUMNS + 5
_LIVE = "FROM articles a INDEXED BY live_scope"
"""The index has all that is asked for; without it SQLite reads through all texts."""


class Catalog:
    """What the catalog says; safe to use from several threads, also while another thread or process writes it.

    Every method raises `HomeError` where the file cannot be read.

    Example:
        catalog = Catalog(Path(".dateline/catalog.sqlite"))
        titles = [entry.source.title for entry in catalog.list_entries()]
    """

    def __init__(self, path: Path) -> None:
        """Open the catalog file to read it.

        Raises:
            HomeError: the file is missing, is no catalog, or is one of a later version.
        """
        self._database = Database(path, read_only=True)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def find(self, id: str) -> Article | None:
        """Return the live article with this id."""
        rows = self._database.read(f"SELECT {ARTICLE} FROM articles a WHERE a.state = 'live' AND a.id = ?", (id,))
        return next(map(read_article, rows), None)

    def find_version(self, article_id: str, version: int | None = None) -> tuple[Article, Entry] | None:
        """Return a version of the article, live or superseded; the newest if none is named."""
        rows = self._database.read(
            f"SELECT {_ENTRY}, {ARTICLE} FROM articles a WHERE a.id = ? ORDER BY a.row DESC", (article_id,)
        )
        found = [(read_article(row[ENTRY_COLUMNS:]), _read_entry(row[:ENTRY_COLUMNS])) for row in rows]
        return next((pair for pair in found if version in (None, pair[1].version)), None)

    def list_entries(self, *, superseded: bool = False) -> list[Entry]:
        """Return the live articles, newest first, and the superseded versions too if asked."""
        rows = self._database.read(
            f"SELECT {_ENTRY} FROM articles a WHERE a.state = 'live' OR ? ORDER BY a.published DESC, a.id, a.row DESC",
            (superseded,),
        )
        return list(map(_read_entry, rows))

    def read_collection(self, scope: Scope = EVERYTHING) -> Collection:
        """Count the live articles and passages within the scope, and find the articles' oldest and newest dates."""
        condition, values = _limit(scope)
        ((articles, passages, oldest, newest),) = self._database.read(
            f"SELECT count(*), total({_PASSAGE_COUNT}), min(a.published), max(a.published) {_LIVE} WHERE {condition}",
            values,
        )
        return Collection(articles, int(passages), read_day(oldest), read_day(newest))

    def list_ids(self, scope: Scope = EVERYTHING) -> frozenset[str]:
        """Return the ids of the live articles within the scope."""
        condition, values = _limit(scope)
        return frozenset(row[0] for row in self._database.read(f"SELECT a.id {_LIVE} WHERE {condition}", values))

    def list_having(self, word: str) -> frozenset[str]:
        """Return the ids of the live articles whose text has the word, or has it as a part of another."""
        spellings = dict.fromkeys((word, word.casefold(), word.capitalize(), word.upper()))  # LIKE folds ASCII alone
        patterns = [f"%{_escape_pattern(spelling)}%" for spelling in spellings]
        condition = " OR ".join("a.text LIKE ? ESCAPE '!'" for _ in patterns)
        rows = self._database.read(f"SELECT a.id FROM articles a WHERE a.state = 'live' AND ({condition})", patterns)
        return frozenset(row[0] for row in rows)

    def count_values(self, column: str, scope: Scope = EVERYTHING) -> Mapping[str, int]:
        """Return each `outlet` or `topic` of the live articles with the number of articles, the most frequent first."""
        assert column in ("outlet", "topic"), column
        condition, values = _limit(scope)
        rows = self._database.read(
            f"SELECT a.{column}, count(*) {_LIVE} WHERE {condition} AND a.{column} != ''"
            f" GROUP BY a.{column} ORDER BY count(*) DESC, a.{column}",
            values,
        )
        return {str(value): int(count) for value, count in rows}

    def list_openings(self, count: int, scope: Scope = EVERYTHING, *, is_newest: bool = True) -> list[ScoredPassage]:
        """Return the first passages of so many dated articles within the scope, the newest or the oldest first."""
        condition, values = _limit(scope)
        order = "DESC" if is_newest else "ASC"
        rows = self._database.read(
            f'SELECT {SOURCE}, a.row, p.start, p."end", p.sentences, 1.0, a.story FROM (SELECT a.row {_LIVE}'
            f" WHERE {condition} AND a.published IS NOT NULL ORDER BY a.published {order}, a.id LIMIT ?) chosen"
            " JOIN articles a ON a.row = chosen.row JOIN passages p ON p.article_row = a.row"
            " WHERE p.start = (SELECT min(start) FROM passages WHERE article_row = a.row)"
            f" ORDER BY a.published {order}, a.id",
            (*values, count),
        )
        return self._read_scored(rows)

    def count_passages(self, scope: Scope = EVERYTHING) -> int:
        """Return the number of passages of the live articles within the scope."""
        return self.read_collection(scope).passages

    def read_vectors(self, scope: Scope) -> tuple[list[str], NDArray[np.float32]]:
        """Return the keys of the passages within the scope, and their vectors as rows, in the same order."""
        condition, values = _limit(scope)
        rows = self._database.read(
            f'SELECT a.id, p.start, p."end", p.vector {_LIVE} CROSS JOIN passages p ON p.article_row = a.row'
            f" WHERE {condition}",
            values,
        )
        keys = [f"{id}:{start}:{end}" for id, start, end, _ in rows]
        vectors = np.frombuffer(b"".join(row[3] for row in rows), np.float16)
        return keys, vectors.reshape(len(rows), -1).astype(np.float32) if rows else np.empty((0, 0), np.float32)

    def read_embedded(self, article_id: str) -> list[EmbeddedPassage]:
        """Return the passages of a live article in order, with their vectors; none if it is not live."""
        rows = self._database.read("SELECT row FROM articles WHERE id = ? AND state = 'live'", (article_id,))
        return [passage for (row,) in rows for passage in self._read_passages(row)]

    def list_embedded(self) -> Iterator[EmbeddedPassage]:
        """Yield the passages of all live articles, oldest article first, with their vectors."""
        for (row,) in self._database.read("SELECT row FROM articles WHERE state = 'live' ORDER BY row"):
            yield from self._read_passages(row)

    def read_ranking(self, ranking: Sequence[tuple[str, float]]) -> list[ScoredPassage]:
        """Return the passages with these keys and scores, in the same order, without those no longer live.

        Each article's text is read once: SQLite would count from its start to each passage.
        """
        rows = self._database.read(
            f'SELECT {SOURCE}, a.row, p.start, p."end", p.sentences,'
            " json_extract(w.value, '$[3]'), a.story FROM json_each(?) w"
            " JOIN articles a ON a.id = json_extract(w.value, '$[0]') AND a.state = 'live'"
            " JOIN passages p ON p.article_row = a.row AND p.start = CAST(json_extract(w.value, '$[1]') AS INTEGER)"
            """ AND p."end" = CAST(json_extract(w.value, '$[2]') AS INTEGER) ORDER BY w.key""",
            (to_json([*key.rsplit(":", 2), score] for key, score in ranking),),
        )
        return self._read_scored(rows)

    def _read_scored(self, rows: Sequence[Row]) -> list[ScoredPassage]:
        """Return the passages of: `SOURCE`, article row, start, end, sentences, score, story; without removed ones."""
        wanted = to_json({row[SOURCE_COLUMNS] for row in rows})
        texts: dict[int, str] = dict(
            self._database.read(
                "SELECT row, text FROM articles WHERE row IN (SELECT value FROM json_each(?))", (wanted,)
            )
        )
        found = []
        for row in rows:
            article, start, end, sentences, *rest = row[SOURCE_COLUMNS:]
            if article in texts:
                passage = read_passage(row[0], start, end, sentences, texts[article][start:end])
                found.append(ScoredPassage(passage, read_source(row), *rest))
        return found

    def _read_passages(self, row: int) -> Iterator[EmbeddedPassage]:
        """Yield an article's passages; its text is read once, too."""
        passages = self._database.read(
            'SELECT start, "end", sentences, vector FROM passages WHERE article_row = ? ORDER BY start', (row,)
        )
        for id, title, text in self._database.read("SELECT id, title, text FROM articles WHERE row = ?", (row,)):
            for start, end, sentences, vector in passages:
                yield read_embedded((id, title, start, end, sentences, text[start:end], vector))


def _escape_pattern(text: str) -> str:
    return re.sub("[!%_]", r"!\g<0>", text)


def _read_entry(row: Row) -> Entry:
    return Entry(read_source(row), *row[SOURCE_COLUMNS:])


def _limit(scope: Scope) -> tuple[str, list[str]]:
    """Return the condition that an article `a` is live and within the scope, and its values."""
    conditions, values = ["a.state = 'live'"], []
    for column, names in (("outlet", scope.outlets), ("topic", scope.topics), ("id", scope.articles)):
        if names:
            conditions.append(f"a.{column} IN ({', '.join('?' * len(names))})")
            values += sorted(names)
    for sign, day in ((">=", scope.since), ("<=", scope.until)):
        if day:
            conditions.append(f"a.published {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(conditions), values
