"""A scope as people write it, and the outlets and topics that the articles have."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rag.errors import ScopeError
from rag.library.catalog import Catalog
from rag.question import Scope


def resolve_scope(catalog: Catalog, scope: Scope) -> Scope:
    """Return the scope with outlets and topics as the articles write them, whatever letters were typed large.

    Raises:
        ScopeError: no article has one of the values, or the days are the wrong way around.
    """
    if scope.since and scope.until and scope.since > scope.until:
        raise ScopeError(f"no day is both since {scope.since} and until {scope.until}: swap them")
    return replace(
        scope,
        outlets=_resolve("outlet", scope.outlets, list_choices(catalog, "outlet")),
        topics=_resolve("topic", scope.topics, list_choices(catalog, "topic")),
    )


def keep_known(catalog: Catalog, scope: Scope) -> Scope:
    """Return the scope without outlets and topics that no article has any more, and without articles that are gone."""
    outlets, topics = list_choices(catalog, "outlet"), list_choices(catalog, "topic")
    articles = scope.articles & catalog.list_ids() if scope.articles else scope.articles
    return replace(
        scope, outlets=scope.outlets & outlets.keys(), topics=scope.topics & topics.keys(), articles=articles
    )


def list_choices(catalog: Catalog, column: str) -> dict[str, int]:
    """Return each `outlet` or `topic` with its number of articles, the most frequent first.

    Last comes "" for the articles without one, if there are any.
    """
    none = frozenset([""])
    without = len(catalog.list_ids(Scope(outlets=none) if column == "outlet" else Scope(topics=none)))
    return {**catalog.count_values(column)} | ({"": without} if without else {})


def list_titles(catalog: Catalog, scopes: Iterable[Scope]) -> dict[str, str]:
    """Return the titles of the articles that are asked alone, by their ids; those without a title have their id."""
    found = (catalog.find(id) for scope in scopes for id in scope.articles)
    return {article.id: article.title or article.id for article in found if article}


def _resolve(kind: str, asked: Iterable[str], known: Mapping[str, int]) -> frozenset[str]:
    found: set[str] = set()
    for value in asked:
        same = [name for name in known if name == value] or [
            name for name in known if name.casefold() == value.strip().casefold()
        ]
        if not same:
            named = [*filter(None, known)]
            names = ", ".join(map(repr, named[:10])) or "none at all"
            more = f" and {len(named) - 10} more" if len(named) > 10 else ""
            asked_for = f"has the {kind} {value!r}" if value.strip() else f"is without {kind}"
            raise ScopeError(f"no article {asked_for}; there is {names}{more}")
        found.update(same)
    return frozenset(found)
