"""Vectors in a home folder: what Chroma's files may do to whoever opens them."""

from concurrent.futures import ThreadPoolExecutor
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


def test_others_count_while_all_is_built_anew(tmp_path: Path) -> None:
    index, rows = EmbeddedVectors(tmp_path / "vectors"), [make_row("a", "fire")]
    index.replace([], rows)
    with ThreadPoolExecutor(1) as pool:
        building = [pool.submit(index.rebuild, rows) for _ in range(5)]
        while not building[-1].done():
            assert (index.count(), index.needs_rewriting()) == (1, False)
        for each in building:
            each.result()
    index.close()
