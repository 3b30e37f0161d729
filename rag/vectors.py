"""Passages by meaning: an embedded Chroma collection.

It holds vectors and keys only. The text stays in the catalog alone, so that a removed article cannot
linger here; this is why Chroma's own client is used and not `langchain_chroma`, which keeps a copy of the text
to answer from (`retrieval.py` is where LangChain meets this index).
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb import Where
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import BrokenIndexError
from rag.records import EmbeddedPassage

BATCH_ROWS = 5_000
"""Chroma takes at most 5,461 rows in one call, and fails on 32,767 ids."""
SEARCH_DEPTH = 200
"""HNSW candidates a query looks at: above the pool, or recall falls."""
PROBE_ROWS = 10

_COLLECTION = "passages"
_FAULTS = (ChromaError, RuntimeError, ValueError, OSError, KeyError)


@contextmanager
def _faults_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        message = f"the vector index in {folder} is broken ({error}): run `python -m rag reindex`"
        raise BrokenIndexError(message) from error


class VectorIndex:
    """Passage keys by cosine similarity. One process a folder. Every method raises `BrokenIndexError` if it must."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; one that cannot be opened is begun anew, empty."""
        self._folder = folder
        self._client: ClientAPI | None = None
        try:
            self._open()
            self._probe()
        except BrokenIndexError:
            self.clear()

    def _open(self) -> None:
        with _faults_named(self._folder):
            self._client = chromadb.PersistentClient(self._folder, settings=ChromaSettings(anonymized_telemetry=False))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_DEPTH, "ef_construction": SEARCH_DEPTH}},
            )

    def _probe(self) -> None:
        """Look for neighbours of one passage: a broken HNSW segment can still count its rows, but not find them."""
        marker = self._folder / "probing"  # left behind where hnswlib ends the process: seen, on damaged files
        if marker.exists():
            raise BrokenIndexError(f"the vector index in {self._folder} ended the process that last looked into it")
        marker.touch()
        with _faults_named(self._folder):
            rows = self._collection.get(limit=PROBE_ROWS, include=["embeddings"])
        keys, vectors = rows["ids"], np.asarray(rows["embeddings"])
        if keys and len(self.search(vectors[0].tolist(), PROBE_ROWS)) < len(keys):
            raise BrokenIndexError(f"the vector index in {self._folder} does not find what it holds")
        marker.unlink()

    def close(self) -> None:
        """Let go of the folder."""
        if self._client:
            self._client.close()  # type: ignore[attr-defined]  # Chroma's interface leaves it out
            self._client = None

    def clear(self) -> None:
        """Start again, empty, also from a broken folder."""
        self.close()
        SharedSystemClient.clear_system_cache()  # a client that failed to start would be handed out again
        shutil.rmtree(self._folder, ignore_errors=True)
        self._open()

    def count(self) -> int:
        """Return the number of passages."""
        with _faults_named(self._folder):
            return self._collection.count()

    def replace(self, article_ids: Sequence[str], passages: Sequence[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with _faults_named(self._folder):
            for first in range(0, len(article_ids) if self._collection.count() else 0, BATCH_ROWS):
                wanted = {"article": {"$in": [*article_ids[first : first + BATCH_ROWS]]}}
                self._collection.delete(where=cast(Where, wanted))
            for first in range(0, len(passages), BATCH_ROWS):
                self._upsert(passages[first : first + BATCH_ROWS])

    def _upsert(self, passages: Sequence[EmbeddedPassage]) -> None:
        self._collection.upsert(
            ids=[row.passage.key for row in passages],
            embeddings=np.stack([row.vector for row in passages]),
            metadatas=[{"article": row.passage.article_id} for row in passages],
        )

    def search(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest passages as (key, cosine similarity), best first."""
        with _faults_named(self._folder):
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        keys, distances = found["ids"][0], (found["distances"] or [[]])[0]
        ranking = [(key, 1.0 - distance) for key, distance in zip(keys, distances, strict=True)]
        return sorted(ranking, key=lambda item: (-item[1], item[0]))
