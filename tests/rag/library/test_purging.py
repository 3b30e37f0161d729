"""What the indexes' files still hold of passages that were dropped."""

from pathlib import Path

import pytest

from rag.library.records import EmbeddedPassage
from rag.library.vectors import EmbeddedVectors
from rag.library.words import WordIndex
from tests.rag.samples import Index, make_row, search_all


def adopt_successor(index: Index, rows: list[EmbeddedPassage]) -> None:
    successor = index.make_successor()
    successor.replace([], rows)
    index.adopt(successor)  # type: ignore[arg-type]  # of the same kind


@pytest.mark.parametrize("kind", [EmbeddedVectors, WordIndex])
def test_a_successor_is_adopted_with_all_that_it_holds(tmp_path: Path, kind: type[Index]) -> None:
    index = kind(tmp_path / "index")
    rows = [make_row("a", "fire one"), make_row("b", "fire two"), make_row("c", "fire three")]
    index.replace([], rows)
    index.replace(["b"], [])
    adopt_successor(index, [rows[0], rows[2]])
    assert (index.count(), search_all(index)) == (2, {"a:0:8", "c:0:10"})
    index.close()


@pytest.mark.parametrize("kind", [EmbeddedVectors, WordIndex])
def test_a_successor_that_was_left_behind_is_begun_anew(tmp_path: Path, kind: type[Index]) -> None:
    index = kind(tmp_path / "index")
    for count in (1, 0):
        successor = index.make_successor()
        assert successor.count() == 0
        successor.replace([], [make_row("a", "fire")] * count)
        successor.close()
    index.close()


def test_words_that_were_dropped_are_in_no_file(tmp_path: Path) -> None:
    words = WordIndex(tmp_path / "words")
    rows = [make_row("a", "fire"), make_row("b", "quizzaciously")]
    words.replace([], rows)
    old = set((tmp_path / "words").glob("*.term"))
    words.replace(["b"], [])
    assert len(old) == 1 and old <= set((tmp_path / "words").iterdir())  # deleted, but not gone
    adopt_successor(words, rows[:1])
    assert not old & set((tmp_path / "words").iterdir())


def test_vectors_are_written_anew_when_over_a_hundredth_was_dropped(tmp_path: Path) -> None:
    vectors = EmbeddedVectors(tmp_path / "vectors")
    rows = [make_row(f"a{n}", "fire", (1, n / 1_000)) for n in range(200)]
    vectors.replace([], rows)
    for dropped in (1, 2, 3):
        assert vectors.needs_rewriting() is (dropped == 3)
        vectors.replace([f"a{dropped}"], [])
    adopt_successor(vectors, rows[:1] + rows[4:])
    assert not any(b"a1:0:4" in path.read_bytes() for path in tmp_path.rglob("chroma.*"))
    assert (vectors.needs_rewriting(), vectors.count()) == (False, 197)
    vectors.close()


@pytest.mark.parametrize("count", [3, 1_200])
def test_memory_that_holds_no_vector_is_written_to_no_file(tmp_path: Path, count: int) -> None:
    vectors = EmbeddedVectors(tmp_path / "vectors")
    texts = [b"quizzaciously" * (size // 13) for size in (200, 400, 800, 14_800) for _ in range(2_000)]
    del texts  # now the memory that was given back is full of it
    rows = [make_row(f"a{n}", "fire", (1, n / 1_000)) for n in range(count)]
    vectors.replace([], rows)
    lengths, elements = (next(tmp_path.rglob(name)).read_bytes() for name in ("length.bin", "data_level0.bin"))
    assert (any(lengths), any(elements)) == ((False, False) if count < 1_000 else (True, True))
    vectors.close()
    vectors = EmbeddedVectors(tmp_path / "vectors")
    assert (vectors.count(), len(search_all(vectors, 3))) == (count, 3)
    vectors.close()


@pytest.mark.parametrize("kind", [EmbeddedVectors, WordIndex])
def test_a_file_in_the_place_of_the_folder_gives_way(tmp_path: Path, kind: type[Index]) -> None:
    (tmp_path / "index").write_text("not a folder")
    index = kind(tmp_path / "index")
    index.replace([], [make_row("a", "fire")])
    assert search_all(index) == {"a:0:4"}
    index.close()
