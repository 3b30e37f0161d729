"""What the catalog holds within a scope: articles, passages and vectors, and the values there are to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.calendar import read_day
from rag.errors import ScopeError
from rag.library.catalog import Catalog
from rag.library.records import Collection
from rag.question import Scope

_ARTICLES = "FROM articles a INDEXED BY live_scope"
"""The index has all that is asked for; without it SQLite reads through all texts."""
_PASSAGES = f"{_ARTICLES} CROSS JOIN passages p ON p.article_row = a.row"


def read_collection(catalog: Catalog, scope: Scope) -> Collection:
    """Count the live articles within the scope and find their oldest and newest dates."""
    condition, values = _limit(scope)
    ((articles, oldest, newest),) = catalog.fetch(
        f"SELECT count(*), min(a.published), max(a.published) {_ARTICLES} WHERE {condition}", values
    )
    return Collection(articles, count_passages(catalog, scope), read_day(oldest), read_day(newest))


def list_ids(catalog: Catalog, scope: Scope) -> frozenset[str]:
    """Return the ids of the live articles within the scope."""
    condition, values = _limit(scope)
    return frozenset(row[0] for row in catalog.fetch(f"SELECT a.id {_ARTICLES} WHERE {condition}", values))


def count_passages(catalog: Catalog, scope: Scope) -> int:
    """Return the number of passages of the live articles within the scope."""
    condition, values = _limit(scope)
    return int(catalog.fetch(f"SELECT count(*) {_PASSAGES} WHERE {condition}", values)[0][0])


def read_vectors(catalog: Catalog, scope: Scope) -> tuple[list[str], NDArray[np.float32]]:
    """Return the keys of the passages within the scope, and their vectors as rows, in the same order."""
    condition, values = _limit(scope)
    rows = catalog.fetch(f'SELECT a.id, p.start, p."end", p.vector {_PASSAGES} WHERE {condition}', values)
    keys = [f"{id}:{start}:{end}" for id, start, end, _ in rows]
    vectors = np.frombuffer(b"".join(row[3] for row in rows), np.float16)
    return keys, vectors.reshape(len(rows), -1).astype(np.float32) if rows else np.empty((0, 0), np.float32)


def count_values(catalog: Catalog, column: str) -> Mapping[str, int]:
    """Return each `outlet` or `topic` of the live articles with the number of articles, the most frequent first."""
    assert column in ("outlet", "topic"), column
    rows = catalog.fetch(
        f"SELECT a.{column}, count(*) {_ARTICLES} WHERE a.state = 'live' AND a.{column} != ''"
        f" GROUP BY a.{column} ORDER BY count(*) DESC, a.{column}"
    )
    return {str(value): int(count) for value, count in rows}


def resolve_scope(catalog: Catalog, scope: Scope) -> Scope:
    """Return the scope with outlets and topics as the articles write them, whatever letters were typed large.

    Raises:
        ScopeError: no article has one of the values, or the days are the wrong way around.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise ScopeError(f"no day is both since {scope.since} and until {scope.until}: swap them")
    return replace(
        scope,
        outlets=_resolve("outlet", scope.outlets, count_values(catalog, "outlet")),
        topics=_resolve("topic", scope.topics, count_values(catalog, "topic")),
    )


def keep_known(catalog: Catalog, scope: Scope) -> Scope:
    """Return the scope without outlets and topics that no article has any more."""
    outlets, topics = count_values(catalog, "outlet"), count_values(catalog, "topic")
    return replace(scope, outlets=scope.outlets & outlets.keys(), topics=scope.topics & topics.keys())


def _resolve(kind: str, asked: Iterable[str], known: Mapping[str, int]) -> frozenset[str]:
    found: set[str] = set()
    for value in asked:
        same = [name for name in known if name == value] or [
            name for name in known if name.casefold() == value.strip().casefold()
        ]
        if not same:
            names = ", ".join(repr(name) for name in [*known][:10]) or "none at all"
            more = f" and {len(known) - 10} more" if len(known) > 10 else ""
            raise ScopeError(f"no article has the {kind} {value!r}; there is {names}{more}")
        found.update(same)
    return frozenset(found)


def _limit(scope: Scope) -> tuple[str, list[str]]:
    """Return the condition that an article `a` is live and within the scope, and its values."""
    conditions, values = ["a.state = 'live'"], []
    for column, names in (("outlet", scope.outlets), ("topic", scope.topics)):
        if names:
            conditions.append(f"a.{column} IN ({', '.join('?' * len(names))})")
            values += sorted(names)
    for sign, day in ((">=", scope.since), ("<=", scope.until)):
        if day:
            conditions.append(f"a.published {sign} ?")
            values.append(day.isoformat())
    return " AND ".join(conditions), values
