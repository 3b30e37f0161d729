"""Passages by meaning: an embedded Chroma collection.

It holds vectors and keys only. The text stays in the catalog alone, so that a removed article cannot
linger here; this is why Chroma's own client is used and not `langchain_chroma`, which keeps a copy of the text
to answer from (`retrieval.py` is where LangChain meets this index).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import SEEK_END
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import Self, TypeVar, cast

import chromadb
import numpy as np
from chromadb import Where
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import BrokenIndexError
from rag.library.home import discard, name_successor, suggest_remedy
from rag.library.records import EmbeddedPassage

BATCH_ROWS = 500
"""Written at once: so few that whoever watches sees them go in. Chroma takes at most 5,461, and fails on 32,767 ids."""
SEARCH_DEPTH = 200
"""HNSW candidates a query looks at: above the pool, or recall falls."""
PROBE_ROWS = 10
DROPPED_SHARE = 0.01
"""Of its passages, that may have been dropped and leave their keys and vectors in Chroma's files."""

HEADER = struct.Struct("<20xQQ")
"""How hnswlib's `header.bin` begins: at byte 20 how many elements were added, then the bytes of one."""
LENGTH_BYTES = 4
"""Of an element in `length.bin`."""

_T = TypeVar("_T")
_COLLECTION = "passages"
_FAULTS = (ChromaError, RuntimeError, ValueError, OSError, KeyError, struct.error)


@contextmanager
def _faults_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        message = f"the vector index in {folder} is broken ({error}): {suggest_remedy(folder)}"
        raise BrokenIndexError(message) from error


class VectorIndex:
    """Passage keys by cosine similarity. One process a folder; a method that fails raises `BrokenIndexError`.

    Example:
        index = VectorIndex(home.vectors)
        ranking = index.search(encoder.embed_query("What burned?"), 10)
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; one that cannot be opened is begun anew, empty."""
        self._folder = folder
        discard(name_successor(folder))
        self._lock = RLock()
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
        discard(self._folder)
        self._open()

    def count(self) -> int:
        """Return the number of passages."""
        with _faults_named(self._folder):
            return self._collection.count()

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these; doing it twice changes nothing more."""
        with _faults_named(self._folder):
            before = self._collection.count()
            for ids in _in_batches(article_ids if before else ()):
                self._collection.delete(where=cast(Where, {"article": {"$in": [*ids]}}))
            self._note_dropped(before - self._collection.count())
            self._add(passages)

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others; searches wait until it is done."""
        with self._lock:
            self.clear()
            with _faults_named(self._folder):
                self._add(passages)

    def _blank_memory(self) -> None:
        """Put zeros where hnswlib wrote memory that it had not filled: it may hold text of what is removed.

        Chroma lets it do so for a hundred elements when there are none; from the thousandth on it writes what there is.
        """
        for path in self._folder.glob("*/header.bin"):
            count, size = HEADER.unpack_from(path.read_bytes())
            for name, used in (("data_level0.bin", count * size), ("length.bin", count * LENGTH_BYTES)):
                with (path.parent / name).open("r+b") as file:
                    unused = max(file.seek(0, SEEK_END) - used, 0)
                    file.seek(used)
                    file.write(bytes(unused))

    def needs_rewriting(self) -> bool:
        """Whether over a hundredth was dropped: Chroma never takes the keys and vectors out of its files.

        No text was in them, and to write them anew takes half a second for each thousand passages.
        """
        return self._read_dropped() > self.count() * DROPPED_SHARE

    def make_successor(self) -> Self:
        """Return an empty index in a folder beside this one's."""
        return type(self)(name_successor(self._folder))

    def adopt(self, successor: Self) -> None:
        """Hold what the successor holds, and close that; searches wait until it is done."""
        successor.close()
        with self._lock:
            self.close()
            discard(self._folder)
            successor._folder.rename(self._folder)
            self._open()

    def _read_dropped(self) -> int:
        path = self._folder / "dropped"
        return int(path.read_text() or 0) if path.exists() else 0

    def _note_dropped(self, count: int) -> None:
        if count:
            (self._folder / "dropped").write_text(str(self._read_dropped() + count))

    def _add(self, passages: Iterable[EmbeddedPassage]) -> None:
        for rows in _in_batches(passages):
            self._collection.upsert(
                ids=[row.passage.key for row in rows],
                embeddings=np.stack([row.vector for row in rows]),
                metadatas=[{"article": row.passage.article_id} for row in rows],
            )
        self._blank_memory()

    def search(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest passages as (key, cosine similarity), best first."""
        with self._lock, _faults_named(self._folder):
            found = self._collection.query(query_embeddings=[vector], n_results=k, include=["distances"])
        keys, distances = found["ids"][0], (found["distances"] or [[]])[0]
        ranking = [(key, 1.0 - distance) for key, distance in zip(keys, distances, strict=True)]
        return sorted(ranking, key=lambda item: (-item[1], item[0]))


def _in_batches(values: Iterable[_T]) -> Iterator[list[_T]]:
    iterator = iter(values)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch
