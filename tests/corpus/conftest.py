"""Files for the loaders to read."""

from pathlib import Path

import pytest

from tests.corpus.files import WriteFile


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    """Write a file below the test's folder, and return its path."""

    def write_file(name: str, content: bytes | str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write_file
