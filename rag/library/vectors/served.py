"""Passages by meaning on a Chroma server, which several machines can share."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from rag.errors import BrokenIndexError, IndexServerError
from rag.library.vectors.index import VectorIndex, open_collection, set_depth

VERSION = "1."
"""How the version of a server begins that this client understands: servers of Chroma 1 all call themselves 1.0.0."""
DEFAULT_PORTS = {"http": 80, "https": 443}


class ServedVectors(VectorIndex):
    """Passage keys by cosine similarity, in one collection of a server.

    Example:
        index = ServedVectors("http://127.0.0.1:8000", "dateline-3f2a")
    """

    residue = " (keys and vectors, not text, may stay in the files of the Chroma server)"

    def __init__(self, url: str, name: str) -> None:
        """Open the collection of this name, which is made if need be.

        Raises:
            IndexServerError: the server does not answer, or is of another version.
        """
        super().__init__()
        self._url, self._name = url, name
        self._client = self._connect()
        self._open()

    def close(self) -> None:
        """Let go of the collection; the server keeps it."""

    def clear(self) -> None:
        """Start again, empty."""
        with self._faults_named():
            with suppress(NotFoundError):
                self._client.delete_collection(self._name)
            self._open()

    def needs_rewriting(self) -> bool:
        """Return False: what was dropped is the server's to take out of its files."""
        return False

    def make_successor(self) -> Self:
        """Return an empty index in a collection beside this one."""
        successor = type(self)(self._url, f"{self._name}-new")
        successor.clear()
        return successor

    def adopt(self, successor: Self) -> None:
        """Hold what the successor holds; searches wait until it is done."""
        with self._lock, self._faults_named():
            self._client.delete_collection(self._name)
            successor._collection.modify(name=self._name)
            self._open()

    def search(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """Return the `k` nearest passages as (key, cosine similarity), best first."""
        try:
            return super().search(vector, k)
        except BrokenIndexError:  # another process may have begun the collection anew
            self._open()
            return super().search(vector, k)

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except httpx.RequestError as error:
            raise self._describe_absence(error) from error
        except (ChromaError, ValueError, KeyError) as error:
            message = f"the collection {self._name} on {self._url} is broken ({error}): run `python -m rag reindex`"
            raise BrokenIndexError(message) from error

    def _connect(self) -> ClientAPI:
        place = urlsplit(self._url)
        is_safe, port = place.scheme == "https", place.port or DEFAULT_PORTS[place.scheme]
        settings = ChromaSettings(anonymized_telemetry=False)
        try:
            version = httpx.get(f"{self._url.rstrip('/')}/api/v2/version", timeout=10).raise_for_status().json()
            if not str(version).startswith(VERSION):
                raise IndexServerError(
                    f"the Chroma server at {self._url} has version {version}; this client,"
                    f" {chromadb.__version__}, needs one of Chroma {VERSION}x: set DATELINE_CHROMA_URL to such a server"
                )
            return chromadb.HttpClient(place.hostname or "", port, ssl=is_safe, settings=settings)
        except httpx.RequestError as error:
            raise self._describe_absence(error) from error
        except (httpx.HTTPStatusError, ChromaError, ValueError) as error:
            raise IndexServerError(
                f"what answers at {self._url} is no Chroma server that this client, {chromadb.__version__},"
                f" understands ({error}): see DATELINE_CHROMA_URL"
            ) from error

    def _open(self) -> None:
        with self._faults_named():
            self._collection = open_collection(self._client, self._name)
            set_depth(self._collection, self._collection.count())

    def _note_dropped(self, count: int) -> None:
        """Note nothing: it is the server's to take out of its files."""

    def _finish_adding(self) -> None:
        """Leave the files to the server."""

    def _describe_absence(self, error: Exception) -> IndexServerError:
        return IndexServerError(
            f"the Chroma server at {self._url} does not answer ({error}): start it, or see DATELINE_CHROMA_URL"
        )
