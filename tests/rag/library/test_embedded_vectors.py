"""Vectors in a home folder: what Chroma's files may do to whoever opens them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings as ChromaSettings

from rag.library.vectors import EmbeddedVectors
from rag.library.vectors.index import choose_depth, open_collection, set_depth
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


@pytest.mark.parametrize(
    ("passages", "depth"), [(0, 200), (100_000, 200), (100_001, 400), (679_320, 1600), (10_000_000, 1600)]
)
def test_the_more_passages_the_more_candidates(passages: int, depth: int) -> None:
    assert choose_depth(passages) == depth


def test_a_library_is_opened_with_the_depth_that_its_size_takes(tmp_path: Path) -> None:
    index = EmbeddedVectors(tmp_path)
    index.replace([], [make_row(f"a{number}", "fire") for number in range(20)])
    index.close()
    for wanted in (800, 200):  # written for a library that was larger; read before the index is opened, and after it
        client = chromadb.PersistentClient(tmp_path, settings=ChromaSettings(anonymized_telemetry=False))
        collection = open_collection(client, "passages")
        if wanted == 800:
            set_depth(collection, 300_000)
        assert collection.configuration_json["hnsw"]["ef_search"] == wanted
        client.close()  # type: ignore[attr-defined]  # Chroma's interface leaves it out
        index = EmbeddedVectors(tmp_path)
        assert len(index.search(make_row("a1", "fire").vector.tolist(), 20)) == 20
        index.close()
