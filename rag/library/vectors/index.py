"""What both vector indexes do: passages go in and out of a Chroma collection, and are searched.

A collection holds vectors and keys only. The text stays in the catalog alone, so that a removed article cannot
linger here; this is why Chroma's own client is used and not `langchain_chroma`, which keeps a copy of the text
to answer from (`retrieval.py` is where LangChain meets this index).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from threading import RLock
from typing import Self, TypeVar, cast

import numpy as np
from chromadb import Collection, Where
from chromadb.api import ClientAPI

from rag.library.records import EmbeddedPassage

BATCH_ROWS = 100
"""Written at once: Chroma holds Python's lock meanwhile, so that no other thread runs (500 rows: 0.5 s)."""
BATCH_IDS = 500
"""Articles dropped at once; Chroma fails on 32,767 ids."""
SEARCH_DEPTHS = (200, 400, 800, 1600)
"""HNSW candidates a query looks at: above the pool, and more the more passages there are, or recall falls."""
PASSAGES_A_CANDIDATE = 500
"""With 680,000 passages, the nearest twelve are found at 0.904, 0.956, 0.980 and 0.991 of these depths."""
BUILDING_DEPTH = 100
"""Candidates among which a new passage's neighbours are chosen: 200 took nearly twice as long, and found no more."""

_T = TypeVar("_T")


class VectorIndex(ABC):
    """Passage keys by cosine similarity; a method that fails raises `BrokenIndexError`, or `IndexServerError`.

    Example:
        index = EmbeddedVectors(home.vectors)
        ranking = index.search(encoder.embed_query("What burned?"), 10)
    """

    residue = ""
    """What a receipt says of traces of a removed article that erasing does not reach; empty if there are none."""
    _collection: Collection

    def __init__(self) -> None:
        """Let those who search and count wait while the collection is exchanged."""
        self._lock = RLock()

    @abstractmethod
    def close(self) -> None:
        """Let go of the collection."""

    @abstractmethod
    def clear(self) -> None:
        """Start again, empty, also where the collection is broken."""

    @abstractmethod
    def needs_rewriting(self) -> bool:
        """Whether the files hold more of what was dropped than they may."""

    @abstractmethod
    def make_successor(self) -> Self:
        """Return an empty index beside this one, to be filled and adopted."""

    @abstractmethod
    def adopt(self, successor: Self) -> None:
        """Hold what the successor holds, and close that; searches wait until it is done."""

    @abstractmethod
    def _faults_named(self) -> AbstractContextManager[None]:
        """Say of Chroma's errors what they mean here."""

    def count(self) -> int:
        """Return the number of passages."""
        with self._lock, self._faults_named():
            return self._collection.count()

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with self._faults_named():
            for ids in _in_batches(article_ids, BATCH_IDS):
                found = self._collection.delete(where=cast(Where, {"article": {"$in": [*ids]}}))
                self._note_dropped(found["deleted"])
            self._add(passages)

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others; searches wait until it is done."""
        with self._lock:
            self.clear()
            with self._faults_named():
                self._add(passages)

    def search(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest passages as (key, cosine similarity), best first."""
        with self._lock, self._faults_named():
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        keys, distances = found["ids"][0], (found["distances"] or [[]])[0]
        ranking = [(key, 1.0 - distance) for key, distance in zip(keys, distances, strict=True)]
        return sorted(ranking, key=lambda item: (-item[1], item[0]))

    @abstractmethod
    def _note_dropped(self, count: int) -> None:
        """Hear how many passages were dropped."""

    @abstractmethod
    def _finish_adding(self) -> None:
        """Hear that passages were added."""

    def _add(self, passages: Iterable[EmbeddedPassage]) -> None:
        for rows in _in_batches(passages, BATCH_ROWS):
            self._collection.upsert(
                ids=[row.passage.key for row in rows],
                embeddings=np.stack([row.vector for row in rows]),
                metadatas=[{"article": row.passage.article_id} for row in rows],
            )
        self._finish_adding()


def open_collection(client: ClientAPI, name: str) -> Collection:
    """Return the collection of this name, which is made if need be."""
    return client.get_or_create_collection(
        name,
        embedding_function=None,
        configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_DEPTHS[0], "ef_construction": BUILDING_DEPTH}},
    )


def set_depth(collection: Collection, passages: int) -> None:
    """Let searches look at as many candidates as so many passages take, from when Chroma next loads the collection."""
    depth = choose_depth(passages)
    found = collection.configuration_json.get("hnsw") or {}
    if found.get("ef_search") != depth:
        collection.modify(configuration={"hnsw": {"ef_search": depth}})


def choose_depth(passages: int) -> int:
    """Return how many candidates a search among so many passages looks at."""
    return next((depth for depth in SEARCH_DEPTHS if passages <= depth * PASSAGES_A_CANDIDATE), SEARCH_DEPTHS[-1])


def _in_batches(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch
