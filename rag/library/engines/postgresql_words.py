"""Passages by their words, on a server: PostgreSQL's full-text search over the terms that `words.py` makes."""

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any

from rag.english.countries import split_countries
from rag.english.terms import NUMERALS
from rag.library.engines.postgresql import PostgresServer
from rag.library.records import EmbeddedPassage
from rag.library.words import FREQUENCY_SHARE, list_forms, list_spellings, list_terms

BATCH_ROWS = 500
_INSERT = (
    "INSERT INTO words VALUES (:key, :article, CAST(:terms AS tsvector), CAST(:spellings AS tsvector))"
    " ON CONFLICT (key) DO UPDATE SET terms = excluded.terms, spellings = excluded.spellings"
)
_HAVE = "terms @@ CAST(:{} AS tsquery)"
_FREQUENCY = "ts_rank('{{1, 1, 1, 1}}', terms, CAST(:{} AS tsquery))"
"""How often a passage has a term: 0.6 for once, and below 1 however often."""


class ServerWords:
    """Passage keys by the stemmed words that text and title share with a question: those that `WordIndex` compares.

    Example:
        index = ServerWords(PostgresServer("postgresql+psycopg://dateline@127.0.0.1/news"))
        ranking = index.search("What burned?", 10)
    """

    residue = " (PostgreSQL keeps its text in files and log until it writes over them)"

    def __init__(self, server: PostgresServer) -> None:
        """Use the server's table of words."""
        self._server = server

    def close(self) -> None:
        """Do nothing: the server's connections are the catalog's."""

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._server.read("SELECT count(*) FROM words")[0][0])

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with self._server.transaction():
            self._server.write("DELETE FROM words WHERE article_id IN :ids", ids=list(article_ids))
            self._add(passages)

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others; the former ones are searched until it is done."""
        with self._server.transaction():
            self._server.write("DELETE FROM words")
            self._add(passages)

    def needs_rewriting(self) -> bool:
        """Return False: what was dropped is the server's, as what was deleted from the catalog is."""
        return False

    def make_successor(self) -> "ServerWords":
        """Return the index itself: it is never written anew."""
        return self

    def adopt(self, successor: "ServerWords") -> None:
        """Do nothing: see `make_successor`."""

    def search(self, question: str, k: int, articles: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return the `k` passages that share the most with the question as (key, share in (0, 1]), best first.

        See `WordIndex.search`; passages with the same words are told apart by PostgreSQL's `ts_rank`.
        """
        queries = _make_queries(question)
        rarities = self._measure_rarities(queries)
        if not rarities:
            return []
        shares, values = _weigh(queries, rarities)
        inside = "" if articles is None else " AND article_id IN :articles"
        rows = self._server.read(
            f"SELECT key, {shares} AS share FROM words WHERE {_HAVE.format('any')}{inside}"
            " ORDER BY share DESC, key LIMIT :most",
            any=" | ".join(queries),
            most=k,
            **values,
            **({"articles": [*articles]} if articles is not None else {}),
        )
        return [(str(key), float(share)) for key, share in rows]

    def has(self, word: str) -> bool:
        """Whether any passage has the word, whatever its ending."""
        rows = self._server.read(
            f"SELECT 1 FROM words WHERE {_HAVE.format('terms')} OR spellings @@ CAST(:spellings AS tsquery) LIMIT 1",
            terms=_join(list_terms(word)),
            spellings=_join(list_spellings(word)),
        )
        return bool(rows)

    def count_spelled(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many passages have each word so spelled, accents aside; those that none has are left out."""
        rows = self._server.read(
            "SELECT word, (SELECT count(*) FROM words WHERE spellings @@ CAST(quote_literal(word) AS tsquery))"
            " FROM unnest(CAST(:words AS text[])) AS word",
            words=[*words],
        )
        return {str(word): int(count) for word, count in rows if count}

    def _add(self, passages: Iterable[EmbeddedPassage]) -> None:
        rows = map(_write_row, passages)
        while batch := list(islice(rows, BATCH_ROWS)):
            self._server.write_each(_INSERT, batch)

    def _measure_rarities(self, queries: Sequence[str]) -> list[float]:
        """Return the inverse document frequency of each query: see `WordIndex`."""
        counts = [f"(SELECT count(*) FROM words WHERE {_HAVE.format(f'query{n}')})" for n in range(len(queries))]
        ((total, *having),) = self._server.read(
            f"SELECT {', '.join(['(SELECT count(*) FROM words)', *counts])}",
            **{f"query{n}": query for n, query in enumerate(queries)},
        )
        return [math.log1p((total - count + 0.5) / (count + 0.5)) for count in having]


def _make_queries(question: str) -> list[str]:
    """Return a query for each term of the question: for any of its forms, as a number or a country has several."""
    rest, countries = split_countries(question)
    terms = {NUMERALS.get(term, term): list_forms(term) for term in list_terms(rest)}
    return [*map(_join, terms.values()), *(_join([_name_country(country)]) for country in sorted(countries))]


def _weigh(queries: Sequence[str], rarities: Sequence[float]) -> tuple[str, dict[str, Any]]:
    """Return the expression for a passage's share of the question, and its values."""
    parts, values = [], dict[str, Any]()
    for n, (query, rarity) in enumerate(zip(queries, rarities, strict=True)):
        share = f"{1 - FREQUENCY_SHARE} + {FREQUENCY_SHARE} * {_FREQUENCY.format(f'query{n}')}"
        parts.append(f"CASE WHEN {_HAVE.format(f'query{n}')} THEN :weight{n} * ({share}) ELSE 0 END")
        values |= {f"query{n}": query, f"weight{n}": rarity / sum(rarities)}
    return " + ".join(parts), values


def _write_row(row: EmbeddedPassage) -> dict[str, Any]:
    whole = f"{row.title}\n{row.passage.text}"
    countries = map(_name_country, split_countries(whole)[1])
    return {
        "key": row.passage.key,
        "article": row.passage.article_id,
        "terms": _write_vector([*list_terms(whole), *countries]),
        "spellings": " ".join(map(_quote, set(list_spellings(whole)))),
    }


def _write_vector(terms: Iterable[str]) -> str:
    """Return the terms with their places, as PostgreSQL reads a vector of words."""
    return " ".join(f"{_quote(term)}:{place}" for place, term in enumerate(terms, start=1))


def _name_country(country: str) -> str:
    return f"country:{country}"  # no other term has a colon


def _join(terms: Iterable[str]) -> str:
    return " | ".join(map(_quote, terms))


def _quote(term: str) -> str:
    return "'{}'".format(term.replace("\\", "\\\\").replace("'", "''"))
