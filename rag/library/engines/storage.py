"""The parts of a library, where they are kept: all in the home folder, or shared on a server but for the vectors."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from rag.errors import HomeError
from rag.library.catalog import Catalog
from rag.library.engines.contracts import ConversationStore, Words
from rag.library.engines.conversation_stores import ConversationFiles, ConversationTable
from rag.library.engines.postgresql import PostgresServer
from rag.library.engines.postgresql_words import ServerWords
from rag.library.engines.sqlite import SqliteFile
from rag.library.home import Home
from rag.library.indexes import Indexes
from rag.library.upkeep.mirroring import Mirror
from rag.library.vectors import VectorIndex, open_vectors
from rag.library.words import WordIndex
from rag.library.writable_catalog import WritableCatalog


@dataclass(frozen=True, slots=True)
class Storage:
    """An open library's catalog and indexes, its conversations, and what those have who change it.

    `erases` says whether what was removed leaves all files. `mirrors` keep indexes of this process up to date with
    what others change.
    """

    catalog: WritableCatalog
    words: Words
    vectors: VectorIndex
    indexes: Indexes
    conversations: ConversationStore
    changing: AbstractContextManager[object]
    erases: bool = True
    mirrors: Sequence[Mirror] = ()

    def start(self) -> None:
        """Bring what follows up to date, and keep it so in the background."""
        for mirror in self.mirrors:
            mirror.start(self._settle)

    def stop(self) -> None:
        """Let what follows stay as it is; who calls this must not have `changing`."""
        for mirror in self.mirrors:
            mirror.close()

    def close(self) -> None:
        """Close all; belongs behind `stop`."""
        self.indexes.close()
        self.vectors.close()
        self.catalog.close()

    def _settle(self) -> None:
        with self.changing:
            self.indexes.settle()


def open_storage(home: Home, url: str) -> Storage:
    """Open all in the home folder; with the address of a database, catalog, words and conversations there.

    Raises:
        HomeError: one of them cannot be used.
        IndexServerError: the Chroma server does not answer, or is of another version.
    """
    if not url:
        file = SqliteFile(home.catalog, read_only=False)
        catalog = WritableCatalog(file)
        vectors, words = open_vectors(home, catalog), WordIndex(home.words)
        indexes, conversations = Indexes(catalog, vectors, words), ConversationFiles(home.conversations)
        return Storage(catalog, words, vectors, indexes, conversations, file.changing)
    server = PostgresServer(url)
    catalog, shared = WritableCatalog(server), ServerWords(server)
    with server.changing:
        vectors = open_vectors(home, catalog)
    mirrors = [] if home.chroma_url else [Mirror(server, catalog, vectors, home.folder / "mirrored")]
    indexes = Indexes(catalog, *([vectors] if home.chroma_url else []), shared, mirrors=mirrors)
    table = ConversationTable(server)
    return Storage(catalog, shared, vectors, indexes, table, server.changing, erases=False, mirrors=mirrors)


def open_to_read(home: Home, url: str) -> Catalog:
    """Open the catalog alone, to read it: see `open_storage`.

    Raises:
        HomeError: there is none.
    """
    if url:
        return Catalog(PostgresServer(url))
    if not home.catalog.exists():
        raise HomeError(f"there is no library in {home.folder.absolute()}: `python -m rag add` makes one")
    return Catalog(SqliteFile(home.catalog, read_only=True))
