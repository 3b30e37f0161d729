"""Vectors in a home folder: what Chroma's files may do to whoever opens them."""

from pathlib import Path

from rag.library.vectors import EmbeddedVectors
from tests.rag.samples import make_row


def test_vectors_that_ended_a_process_are_begun_anew(tmp_path: Path) -> None:
    index = EmbeddedVectors(tmp_path / "vectors")
    index.replace([], [make_row("a", "fire")])
    index.close()
    assert not (tmp_path / "vectors" / "probing").exists()
    (tmp_path / "vectors" / "probing").touch()
    for _ in range(2):
        index = EmbeddedVectors(tmp_path / "vectors")
        assert index.count() == 0
        index.close()
