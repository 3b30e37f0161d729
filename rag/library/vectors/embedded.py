"""Passages by meaning in a folder of this machine: Chroma in this process."""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import SEEK_END
from pathlib import Path
from typing import Self

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import BrokenIndexError
from rag.library.home import discard, name_successor, suggest_remedy
from rag.library.vectors.index import VectorIndex, open_collection, set_depth

PROBE_ROWS = 10
DROPPED_SHARE = 0.01
"""Of its passages, that may have been dropped and leave their keys and vectors in Chroma's files."""

HEADER = struct.Struct("<20xQQ")
"""How hnswlib's `header.bin` begins: at byte 20 how many elements were added, then the bytes of one."""
LENGTH_BYTES = 4
"""Of an element in `length.bin`."""

_COLLECTION = "passages"
_FAULTS = (ChromaError, RuntimeError, ValueError, OSError, KeyError, struct.error)


class EmbeddedVectors(VectorIndex):
    """Passage keys by cosine similarity. One process a folder: `EmbeddedVectors(home.vectors)`."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; one that cannot be opened is begun anew, empty."""
        super().__init__()
        self._folder = folder
        discard(name_successor(folder))
        self._client: ClientAPI | None = None
        self._is_searched = False
        try:
            self._open()
            self._probe()
        except BrokenIndexError:
            self.clear()

    def close(self) -> None:
        """Let go of the folder, once those who search have what they asked for."""
        with self._lock:
            if self._client:
                self._client.close()  # type: ignore[attr-defined]  # Chroma's interface leaves it out
                self._client = None

    def clear(self) -> None:
        """Start again, empty, also from a broken folder."""
        self.close()
        SharedSystemClient.clear_system_cache()  # a client that failed to start would be handed out again
        discard(self._folder)
        self._open()

    def needs_rewriting(self) -> bool:
        """Whether over a hundredth was dropped: Chroma never takes the keys and vectors out of its files.

        No text was in them, and to write them anew takes half a second for each thousand passages.
        """
        with self._lock:
            return self._read_dropped() > self.count() * DROPPED_SHARE

    def make_successor(self) -> Self:
        """Return an empty index in a folder beside this one's."""
        discard(name_successor(self._folder))
        return type(self)(name_successor(self._folder))

    def adopt(self, successor: Self) -> None:
        """Hold what the successor holds, and close that; searches wait until it is done."""
        successor.close()
        with self._lock:
            self.close()
            discard(self._folder)
            successor._folder.rename(self._folder)
            self._open()

    def search(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest passages as (key, cosine similarity), best first."""
        with self._lock:
            found = super().search(vector, k)
            if not self._is_searched:
                self._is_searched = True
                with self._faults_named():
                    self._wipe_unused()
        return found

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except _FAULTS as error:
            message = f"the vector index in {self._folder} is broken ({error}): {suggest_remedy(self._folder)}"
            raise BrokenIndexError(message) from error

    def _open(self) -> None:
        with self._faults_named():
            self._client = chromadb.PersistentClient(self._folder, settings=ChromaSettings(anonymized_telemetry=False))
            self._collection = open_collection(self._client, _COLLECTION)
            set_depth(self._collection, sum(count for _, count, _ in self._read_headers()))  # before it is loaded
            self._is_searched = False

    def _probe(self) -> None:
        """Look for neighbours of one passage: a broken HNSW segment can still count its rows, but not find them."""
        marker = self._folder / "probing"  # left behind where hnswlib ends the process: seen, on damaged files
        if marker.exists():
            raise BrokenIndexError(f"the vector index in {self._folder} ended the process that last looked into it")
        marker.touch()
        with self._faults_named():
            rows = self._collection.get(limit=PROBE_ROWS, include=["embeddings"])
        keys, vectors = rows["ids"], np.asarray(rows["embeddings"])
        if keys and len(self.search(vectors[0].tolist(), PROBE_ROWS)) < len(keys):
            raise BrokenIndexError(f"the vector index in {self._folder} does not find what it holds")
        marker.unlink()

    def _read_dropped(self) -> int:
        path = self._folder / "dropped"
        return int(path.read_text() or 0) if path.exists() else 0

    def _note_dropped(self, count: int) -> None:
        if count:
            (self._folder / "dropped").write_text(str(self._read_dropped() + count))

    def _finish_adding(self) -> None:
        """Leave no text in what was written; the first search after opening writes more."""
        if not self._is_searched:
            rows = self._collection.get(limit=1, include=["embeddings"])
            for vector in np.asarray(rows["embeddings"]):
                self.search(vector.tolist(), 1)
        self._wipe_unused()

    def _wipe_unused(self) -> None:
        """Put zeros where hnswlib wrote memory that it had not filled: it may hold text of what is removed.

        Chroma lets it do so for a hundred elements whenever a collection that has few is opened and first searched;
        from the thousandth on it writes what there is.
        """
        for folder, count, size in self._read_headers():
            for name, used in (("data_level0.bin", count * size), ("length.bin", count * LENGTH_BYTES)):
                with (folder / name).open("r+b") as file:
                    unused = max(file.seek(0, SEEK_END) - used, 0)
                    file.seek(used)
                    file.write(bytes(unused))

    def _read_headers(self) -> Iterator[tuple[Path, int, int]]:
        """Yield each folder of hnswlib's files, how many elements were added to it, and the bytes of one."""
        for path in self._folder.glob("*/header.bin"):
            count, size = HEADER.unpack_from(path.read_bytes())
            yield path.parent, count, size
