"""The catalog, read: the source of truth. The vector and word indexes can be rebuilt from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from corpus.calendar import read_day
from rag.answer import ScoredPassage
from rag.library.database import Database
from rag.library.records import Collection, EmbeddedPassage, Entry
from rag.library.rows import (
    ARTICLE,
    SOURCE,
    SOURCE_COLUMNS,
    Row,
    Sentences,
    make_key,
    read_article,
    read_embedded,
    read_sentences,
    read_source,
    split_key,
)
from rag.question import EVERYTHING, Scope

_PASSAGE_COUNT = "(SELECT count(*) FROM passages p WHERE p.article_row = a.row)"
_ENTRY = (
    f"{SOURCE}, a.state, length(a.text), {_PASSAGE_COUNT},"
    " (SELECT count(*) FROM articles v WHERE v.id = a.id AND v.row <= a.row), a.story"
)
ENTRY_COLUMNS = SOURCE_COLUMNS + 5


class Catalog:
    """What the catalog says; safe to use from several threads, also while another thread or process writes it.

    Every method raises `HomeError` where the database cannot be read.

    Example:
        catalog = Catalog(SqliteFile(Path(".dateline/catalog.sqlite"), read_only=True))
        titles = [entry.source.title for entry in catalog.list_entries()]
    """

    def __init__(self, database: Database) -> None:
        """Read what is in the database."""
        self._database = database
        self._live = f"FROM articles a {database.by_scope}"

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def find(self, id: str) -> Article | None:
        """Return the live article with this id."""
        rows = self._database.read(f"SELECT {ARTICLE} FROM articles a WHERE a.state = 'live' AND a.id = :id", id=id)
        return next(map(read_article, rows), None)

    def find_version(self, article_id: str, version: int | None = None) -> tuple[Article, Entry] | None:
        """Return a version of the article, live or superseded; the newest if none is named."""
        rows = self._database.read(
            f"SELECT {_ENTRY}, {ARTICLE} FROM articles a WHERE a.id = :id ORDER BY a.row DESC", id=article_id
        )
        found = [(read_article(row[ENTRY_COLUMNS:]), _read_entry(row[:ENTRY_COLUMNS])) for row in rows]
        return next((pair for pair in found if version in (None, pair[1].version)), None)

    def list_entries(self, *, superseded: bool = False) -> list[Entry]:
        """Return the live articles, newest first, and the superseded versions too if asked."""
        rows = self._database.read(
            f"SELECT {_ENTRY} FROM articles a WHERE a.state = 'live' OR :superseded"
            " ORDER BY a.published DESC NULLS LAST, a.id, a.row DESC",
            superseded=superseded,
        )
        return list(map(_read_entry, rows))

    def read_collection(self, scope: Scope = EVERYTHING) -> Collection:
        """Count the live articles and passages within the scope, and find the articles' oldest and newest dates."""
        condition, values = _limit(scope)
        ((articles, oldest, newest),) = self._database.read(
            f"SELECT count(*), min(a.published), max(a.published) {self._live} WHERE {condition}", **values
        )
        return Collection(articles, self.count_passages(scope), read_day(oldest), read_day(newest))

    def list_ids(self, scope: Scope = EVERYTHING) -> frozenset[str]:
        """Return the ids of the live articles within the scope."""
        condition, values = _limit(scope)
        return frozenset(row[0] for row in self._database.read(f"SELECT a.id {self._live} WHERE {condition}", **values))

    def list_having(self, word: str) -> frozenset[str]:
        """Return the ids of the live articles whose text has the word, or has it as a part of another."""
        spellings = dict.fromkeys((word, word.casefold(), word.capitalize(), word.upper()))  # LIKE folds ASCII alone
        patterns = {f"word{place}": f"%{_escape_pattern(one)}%" for place, one in enumerate(spellings)}
        condition = " OR ".join(f"a.text {self._database.like} :{name} ESCAPE '!'" for name in patterns)
        rows = self._database.read(f"SELECT a.id FROM articles a WHERE a.state = 'live' AND ({condition})", **patterns)
        return frozenset(row[0] for row in rows)

    def count_values(self, column: str, scope: Scope = EVERYTHING) -> Mapping[str, int]:
        """Return each `outlet` or `topic` of the live articles with the number of articles, the most frequent first."""
        assert column in ("outlet", "topic"), column
        condition, values = _limit(scope)
        rows = self._database.read(
            f"SELECT a.{column}, count(*) {self._live} WHERE {condition} AND a.{column} != ''"
            f" GROUP BY a.{column} ORDER BY count(*) DESC, a.{column}",
            **values,
        )
        return {str(value): int(count) for value, count in rows}

    def list_openings(self, count: int, scope: Scope = EVERYTHING, *, is_newest: bool = True) -> list[ScoredPassage]:
        """Return the first passages of so many dated articles within the scope, the newest or the oldest first."""
        condition, values = _limit(scope)
        order = "DESC" if is_newest else "ASC"
        rows = self._database.read(
            f'SELECT a.id, p.start, p."end" FROM (SELECT a.row {self._live} WHERE {condition}'
            f" AND a.published IS NOT NULL ORDER BY a.published {order}, a.id LIMIT :count) chosen"
            " JOIN articles a ON a.row = chosen.row JOIN passages p ON p.article_row = a.row"
            " WHERE p.start = (SELECT min(start) FROM passages WHERE article_row = a.row)"
            f" ORDER BY a.published {order}, a.id",
            count=count,
            **values,
        )
        return self.read_ranking([(make_key(*row), 1.0) for row in rows])

    def read_edition(self) -> tuple[object, ...]:
        """Return a value that becomes another when an article comes, goes or is replaced; far cheaper than a list."""
        newest = "SELECT (SELECT count(*) FROM articles), row, id, added FROM articles ORDER BY row DESC LIMIT 1"
        return next((tuple(row) for row in self._database.read(newest)), ())

    def count_passages(self, scope: Scope = EVERYTHING) -> int:
        """Return the number of passages of the live articles within the scope; the others have none."""
        if scope == EVERYTHING:
            ((count,),) = self._database.read("SELECT count(*) FROM passages")
        else:
            condition, values = _limit(scope)
            ((count,),) = self._database.read(
                f"SELECT coalesce(sum({_PASSAGE_COUNT}), 0) {self._live} WHERE {condition}", **values
            )
        return int(count)

    def read_vectors(self, scope: Scope) -> tuple[list[str], NDArray[np.float32]]:
        """Return the keys of the passages within the scope, and their vectors as rows, in the same order."""
        condition, values = _limit(scope)
        rows = self._database.read(
            f'SELECT a.id, p.start, p."end", p.vector {self._live} JOIN passages p ON p.article_row = a.row'
            f" WHERE {condition}",
            **values,
        )
        keys = [make_key(*row[:3]) for row in rows]
        vectors = np.frombuffer(b"".join(row[3] for row in rows), np.float16)
        return keys, vectors.reshape(len(rows), -1).astype(np.float32) if rows else np.empty((0, 0), np.float32)

    def read_embedded(self, article_id: str) -> list[EmbeddedPassage]:
        """Return the passages of a live article in order, with their vectors; none if it is not live."""
        return [*self._read_passages("a.id = :id", id=article_id)]

    def list_embedded(self) -> Iterator[EmbeddedPassage]:
        """Yield the passages of all live articles, oldest article first, with their vectors."""
        for (row,) in self._database.read("SELECT row FROM articles WHERE state = 'live' ORDER BY row"):
            yield from self._read_passages("a.row = :row", row=row)

    def read_ranking(self, ranking: Sequence[tuple[str, float]]) -> list[ScoredPassage]:
        """Return the passages with these keys and scores, in the same order, without those no longer live.

        Each article's text is read once: SQLite would count from its start to each passage.
        """
        places = [split_key(key) for key, _ in ranking]
        articles = self._read_live({id for id, _, _ in places})
        passages = self._read_places([(articles[id][0], start) for id, start, _ in places if id in articles])
        found = []
        for (id, start, end), (_, score) in zip(places, ranking, strict=True):
            row, story, text, *source = articles.get(id, (0, None, ""))
            sentences = passages.get((row, start, end))
            if sentences is not None:
                passage = Passage(id, start, end, text[start:end], sentences)
                found.append(ScoredPassage(passage, read_source(tuple(source)), score, story))
        return found

    def _read_live(self, ids: Iterable[str]) -> dict[str, Row]:
        """Return of each live article among these: its row, its story, its text, and the columns `SOURCE`."""
        rows = self._database.read(
            f"SELECT a.row, a.story, a.text, {SOURCE} FROM articles a WHERE a.state = 'live' AND a.id IN :ids",
            ids=sorted(ids),
        )
        return {row[3]: row for row in rows}

    def _read_places(self, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int, int], Sentences]:
        """Return the sentences of the passages that start there, by the article's row, their start and their end."""
        rows = self._database.read(
            'SELECT article_row, start, "end", sentences FROM passages WHERE (article_row, start) IN :places',
            places=sorted(places) or [(0, 0)],  # SQLAlchemy cannot know that an empty list is one of pairs
        )
        sentences = read_sentences(row[3] for row in rows)
        return {row[:3]: found for row, found in zip(rows, sentences, strict=True)}

    def _read_passages(self, condition: str, **values: object) -> Iterator[EmbeddedPassage]:
        """Yield the passages of the live article that meets the condition; its text is read once, too."""
        found = f"SELECT a.row, a.id, a.title, a.text FROM articles a WHERE a.state = 'live' AND {condition}"
        for row, id, title, text in self._database.read(found, **values):
            for start, end, sentences, vector in self._database.read(
                'SELECT start, "end", sentences, vector FROM passages WHERE article_row = :row ORDER BY start', row=row
            ):
                yield read_embedded((id, title, start, end, sentences, text[start:end], vector))


def _escape_pattern(text: str) -> str:
    return re.sub("[!%_]", r"!\g<0>", text)


def _read_entry(row: Row) -> Entry:
    return Entry(read_source(row), *row[SOURCE_COLUMNS:])


def _limit(scope: Scope) -> tuple[str, dict[str, object]]:
    """Return the condition that an article `a` is live and within the scope, and its values."""
    conditions, values = ["a.state = 'live'"], dict[str, object]()
    for column, names in (("outlet", scope.outlets), ("topic", scope.topics), ("id", scope.articles)):
        if names:
            conditions.append(f"a.{column} IN :{column}s")
            values[f"{column}s"] = sorted(names)
    for sign, name, day in ((">=", "since", scope.since), ("<=", "until", scope.until)):
        if day:
            conditions.append(f"a.published {sign} :{name}")
            values[name] = day.isoformat()
    return " AND ".join(conditions), values
