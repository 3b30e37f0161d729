"""A Chroma server for the tests of the library: one for all, started when the first test wants it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rag.library.chroma import serve_chroma


@pytest.fixture(scope="session")
def chroma_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps its files."""
    return tmp_path_factory.mktemp("chroma")


@pytest.fixture(scope="session")
def chroma_server(chroma_folder: Path) -> Iterator[str]:
    """The address of the server."""
    with serve_chroma(chroma_folder) as url:
        yield url
