"""Rows of the catalog to values, and back."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.addresses import normalize_address
from corpus.article import Article, Passage, Source
from corpus.calendar import read_day
from rag.library.records import Details, EmbeddedPassage

Row = tuple[Any, ...]
Sentences = tuple[tuple[int, int], ...]

SOURCE = "a.id, a.title, a.outlet, a.author, a.published, a.url, a.topic, a.scanned"
SOURCE_COLUMNS = 8
ARTICLE = f"{SOURCE}, a.text, a.language, a.credits, a.place, a.agency, a.original"
COLUMNS = tuple(
    "row id state title text outlet author published url topic content_hash added language credits fingerprint story"
    " original scanned place agency address corrected".split()
)
"""Of the table of articles."""


def read_source(row: Row) -> Source:
    """Return the source that the first columns, `SOURCE`, hold."""
    id, title, outlet, author, published, url, topic, is_scanned = row[:SOURCE_COLUMNS]
    return Source(id, title, outlet, author, read_day(published), url, topic, bool(is_scanned))


def read_article(row: Row) -> Article:
    """Return the article that the columns `ARTICLE` hold."""
    source = read_source(row)
    text, language, credits, place, agency, original = row[SOURCE_COLUMNS:]
    return Article(
        **{name: getattr(source, name) for name in source.__slots__},
        text=text,
        language=language,
        credits=credits,
        place=place,
        agency=agency,
        original=zlib.decompress(original) if original else b"",
    )


def write_article(article: Article) -> dict[str, object]:
    """Return the columns that an article fills."""
    names = "id title text outlet author url topic content_hash language credits place agency".split()
    return {name: getattr(article, name) for name in names} | {
        "address": normalize_address(article.url),
        "published": article.published and article.published.isoformat(),
        "original": zlib.compress(article.original) if article.original else b"",
        "scanned": int(article.is_scanned),
    }


def make_key(article_id: str, start: int, end: int) -> str:
    """Return the key of a passage, by which the indexes know it."""
    return f"{article_id}:{start}:{end}"


def split_key(key: str) -> tuple[str, int, int]:
    """Return the article's id, the start and the end that a passage's key is made of."""
    article_id, start, end = key.rsplit(":", 2)
    return article_id, int(start), int(end)


def fingerprint(article: Article) -> str:
    """Return 16 hexadecimal digits that change with any value of the article but its dateline and its original."""
    return hashlib.sha256(repr(article).encode()).hexdigest()[:16]


def list_changed(before: Article, after: Article) -> Details:
    """Return the details of an article that differ in another version of it, as they were before."""
    names = (name for name in Details.__annotations__ if getattr(before, name) != getattr(after, name))
    return cast(Details, {name: getattr(before, name) for name in names})


def list_details(article: Article) -> Details:
    """Return all details of an article that can be corrected."""
    return cast(Details, {name: getattr(article, name) for name in Details.__annotations__})


def digest_details(details: Details) -> dict[str, str]:
    """Return 16 hexadecimal digits for each detail: what was corrected must stand in no file, and yet be known."""
    return {name: hashlib.sha256(str(value or "").encode()).hexdigest()[:16] for name, value in details.items()}


def read_sentences(columns: Iterable[str]) -> list[Sentences]:
    """Return the sentences of each passage: all columns are parsed at once, which takes half the time."""
    return [tuple(map(tuple, each)) for each in json.loads(f"[{','.join(columns)}]")]


def read_embedded(row: Row) -> EmbeddedPassage:
    """Return a passage with its vector, of: article id, title, start, end, sentences, text, vector."""
    article_id, title, start, end, sentences, text, vector = row
    passage = Passage(article_id, start, end, text, *read_sentences([sentences]))
    return EmbeddedPassage(passage, title, np.frombuffer(vector, np.float16).astype(np.float32))


def write_passages(
    article_row: int, passages: Iterable[tuple[Passage, NDArray[np.float32]]]
) -> list[dict[str, object]]:
    """Return the columns that each passage fills."""
    return [
        {
            "row": article_row,
            "start": passage.start,
            "end": passage.end,
            "sentences": json.dumps(passage.sentences),
            "vector": vector.astype(np.float16).tobytes(),
        }
        for passage, vector in passages
    ]
