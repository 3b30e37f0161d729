"""Where the vectors of a library are: in its home folder, or on a server."""

from contextlib import closing
from pathlib import Path
from uuid import uuid4

from rag.library.engines.sqlite import SqliteFile
from rag.library.home import Home, discard
from rag.library.vectors.embedded import EmbeddedVectors
from rag.library.vectors.index import VectorIndex
from rag.library.vectors.served import ServedVectors
from rag.library.writable_catalog import WritableCatalog

COLLECTION = "collection"
"""What the catalog notes the server and the name of the library's collection as."""


def open_vectors(home: Home, catalog: WritableCatalog) -> VectorIndex:
    """Open the vectors on the server that the home names, or in its folder if it names none.

    What was there before is left behind, so that nobody ever comes back to vectors that are out of date: the folder is
    deleted, and of a collection the name is forgotten. An index that is begun anew is filled from the catalog.

    Raises:
        IndexServerError: the server does not answer, or is of another version.
    """
    url, noted = home.chroma_url, catalog.read_meta(COLLECTION) or ""
    if not url:
        if noted:
            catalog.write_meta(COLLECTION, "")
        return EmbeddedVectors(home.vectors)
    place, _, name = noted.partition(" ")
    if place != url or not name:
        name = f"dateline-{uuid4().hex}"
    vectors = ServedVectors(url, name)
    catalog.write_meta(COLLECTION, f"{url} {name}")
    discard(home.vectors)
    return vectors


def forget_collection(file: Path) -> None:
    """Let the library with this catalog have a collection of its own: it is a copy, and the noted one the other's."""
    with closing(WritableCatalog(SqliteFile(file, read_only=False))) as catalog:
        catalog.write_meta(COLLECTION, "")
