"""The vector index (real Chroma) and the word index (real tantivy): the contract that they share, and their own."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from math import cos, sin
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import numpy as np
import pytest

from corpus.article import Passage
from rag.library.records import EmbeddedPassage
from rag.library.vectors import EmbeddedVectors, ServedVectors
from rag.library.words import WordIndex
from tests.rag.samples import Index, make_row, search_all

OpenIndex: TypeAlias = Callable[[], Index]
ODD_IDS = ["a:1:2", 'say "no"', "it's; -- ", "Žižek/火事 🔥", "$in", "a b AND c", "x" * 200]


@pytest.fixture(params=[EmbeddedVectors, ServedVectors, WordIndex])
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenIndex]:
    """Open the index in one folder, or one collection, after closing it."""
    opened: list[Index] = []
    place: tuple[Any, ...] = (tmp_path / "index",)
    if request.param is ServedVectors:
        place = request.getfixturevalue("chroma_server"), f"test-{uuid4().hex}"

    def open_index() -> Index:
        for index in opened:
            index.close()
        opened[:] = [request.param(*place)]
        return opened[0]

    yield open_index
    opened[0].close()


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[EmbeddedVectors]:
    index = EmbeddedVectors(tmp_path / "vectors")
    yield index
    index.close()


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    return WordIndex(tmp_path / "words")


def test_an_empty_index_finds_nothing(open_index: OpenIndex) -> None:
    index = open_index()
    index.replace([], [])
    index.replace(["unknown"], [])
    assert (index.count(), search_all(index)) == (0, set())


def test_doing_it_twice_changes_nothing_more(open_index: OpenIndex) -> None:
    index = open_index()
    rows = [make_row("a", "fire one"), make_row("a", "fire two", start=20), make_row("b", "fire three")]
    for _ in range(2):
        index.replace(["a", "b"], rows)
        assert (index.count(), search_all(index)) == (3, {"a:0:8", "a:20:28", "b:0:10"})


def test_the_old_passages_of_an_article_go(open_index: OpenIndex) -> None:
    index = open_index()
    index.replace(
        ["a", "b"], [make_row("a", "fire one"), make_row("a", "fire two", start=20), make_row("b", "fire three")]
    )
    index.replace(["a"], [make_row("a", "fire four", start=5)])
    assert search_all(index) == {"a:5:14", "b:0:10"}
    index.replace(["a"], [])
    assert (index.count(), search_all(index)) == (1, {"b:0:10"})


@pytest.mark.parametrize("id", ODD_IDS, ids=range(len(ODD_IDS)))
def test_ids_may_hold_anything_printable(open_index: OpenIndex, id: str) -> None:
    index = open_index()
    index.replace(["a", id], [make_row("a", "fire"), make_row(id, "fire")])
    assert search_all(index) == {"a:0:4", f"{id}:0:4"}
    index.replace([id], [])
    assert search_all(index) == {"a:0:4"}


def test_an_id_that_begins_like_another_is_another(open_index: OpenIndex) -> None:
    index = open_index()
    index.replace(["a", "a:0"], [make_row("a", "fire"), make_row("a:0", "fire")])
    index.replace(["a"], [])
    assert search_all(index) == {"a:0:0:4"}


def test_any_number_of_articles_may_go_at_once(open_index: OpenIndex) -> None:
    index = open_index()
    index.replace([], [make_row("a0", "fire"), make_row("a32999", "fire"), make_row("b", "fire")])
    index.replace([f"a{n}" for n in range(33_000)], [])
    assert search_all(index) == {"b:0:4"}


def test_it_is_all_there_after_reopening(open_index: OpenIndex) -> None:
    open_index().replace(["a"], [make_row("a", "fire one"), make_row("a", "fire two", start=20)])
    index = open_index()
    assert (index.count(), search_all(index)) == (2, {"a:0:8", "a:20:28"})
    index.clear()
    assert (index.count(), search_all(index)) == (0, set())
    assert open_index().count() == 0


def test_more_passages_in_one_go_than_chroma_takes(open_index: OpenIndex) -> None:
    index = open_index()
    angles = [number / 6_001 for number in range(6_001)]
    rows = [
        make_row(f"a{n}", "fire" if n < 7 else "snow", (cos(angle), sin(angle)), start=n)
        for n, angle in enumerate(angles)
    ]
    index.replace([f"a{n}" for n in range(6_001)], rows)
    assert index.count() == 6_001
    assert search_all(index, 7) == {f"a{n}:{n}:{n + 4}" for n in range(7)}
    index.replace([f"a{n}" for n in range(1, 6_001)], [])
    assert (index.count(), search_all(index)) == (1, {"a0:0:4"})


def test_whatever_file_is_missing_the_index_is_whole_or_empty(open_index: OpenIndex, tmp_path: Path) -> None:
    if isinstance(open_index(), ServedVectors):
        return  # its files are the server's
    rows = [make_row(f"a{n}", f"fire {n}", (1, n / 1_000)) for n in range(1_100)]  # enough for Chroma's graph on disk
    open_index().replace([], rows)
    open_index().close()
    shutil.copytree(tmp_path / "index", tmp_path / "good")
    for path in sorted(path for path in (tmp_path / "good").rglob("*") if path.is_file()):
        shutil.rmtree(tmp_path / "index")
        shutil.copytree(tmp_path / "good", tmp_path / "index")
        (tmp_path / "index" / path.relative_to(tmp_path / "good")).unlink()
        index = open_index()
        assert index.count() in (0, 1_100), path
        assert len(search_all(index)) == min(10, index.count()), path
        index.replace(["new"], [make_row("new", "fire new")])
        index.close()


@pytest.mark.parametrize("content", [b"", b"no index " * 400])
def test_a_broken_word_index_is_whole_or_empty(tmp_path: Path, content: bytes) -> None:
    index = WordIndex(tmp_path / "good")
    index.replace([], [make_row(f"a{n}", f"fire {n}") for n in range(20)])
    for path in sorted(path for path in (tmp_path / "good").rglob("*") if path.is_file()):
        shutil.copytree(tmp_path / "good", tmp_path / path.name)
        (tmp_path / path.name / path.name).write_bytes(content)
        index = WordIndex(tmp_path / path.name)
        assert (index.count(), len(search_all(index))) in [(0, 0), (20, 10)], path


def test_vectors_are_ranked_by_cosine(vectors: EmbeddedVectors) -> None:
    vectors.replace([], [make_row("far", "x", (0, 1)), make_row("b", "x", (0.6, 0.8)), make_row("a", "x", (0.6, 0.8))])
    vectors.replace([], [make_row("near", "x", (1, 0))])
    ranking = vectors.search([1, 0], 10)
    assert [key for key, _ in ranking] == ["near:0:1", "a:0:1", "b:0:1", "far:0:1"]
    assert [score for _, score in ranking] == pytest.approx([1, 0.6, 0.6, 0], abs=1e-6)
    assert vectors.search([1, 0], 1) == ranking[:1]


def test_words_are_ranked_by_rarity(words: WordIndex) -> None:
    texts = {"a": "fire snow", "b": "fire rain", "c": "fire hail", "d": "wind wind"}
    words.replace([], [make_row(id, text) for id, text in texts.items()])
    assert [key for key, _ in words.search("fire hail", 10)] == ["c:0:9", "a:0:9", "b:0:9"]
    assert words.search("fire hail", 10)[1][1] == words.search("fire hail", 10)[2][1]


@pytest.mark.parametrize(
    "question", ["FIRES?", "fired", 'Who fired: (the) "fire" AND +x -y ~z^2 [a TO b] {c} text:d * \\', "fïre"]
)
def test_words_are_stemmed_and_nothing_is_an_operator(words: WordIndex, question: str) -> None:
    words.replace([], [make_row("a", "The fire burns."), make_row("b", "Snow fell.")])
    assert [key for key, _ in words.search(question, 10)] == ["a:0:15"]


@pytest.mark.parametrize("question", ["What is the?", "???", "", "🔥", "x" * 900, "unknown"])
def test_questions_without_a_known_word_find_nothing(words: WordIndex, question: str) -> None:
    words.replace([], [make_row("a", "What is the fire, and who was it?")])
    assert words.search(question, 10) == []


@pytest.mark.parametrize("question", ["President of Ukraine", "which Ukrainian president", "Ukrainians' presidents"])
def test_a_country_is_found_under_its_adjective(words: WordIndex, question: str) -> None:
    texts = {"a": "The Ukrainian president spoke.", "b": "The French president spoke.", "c": "Ukraine's president"}
    words.replace([], [make_row(id, text) for id, text in texts.items()])
    (first, _), (second, least), (third, other) = words.search(question, 10)
    assert {first[0], second[0]} == {"a", "c"} and third[0] == "b"
    assert 1 >= words.search(question, 10)[0][1] >= least > 0.9 > other > 0


def test_the_title_counts_less_than_the_text(words: WordIndex) -> None:
    passage = Passage("title", 0, 4, "snow", ((0, 4),))
    words.replace([], [make_row("text", "fire"), EmbeddedPassage(passage, "fire", np.zeros(2, np.float32))])
    assert [key for key, _ in words.search("fire", 10)] == ["text:0:4", "title:0:4"]


def test_words_under_load(words: WordIndex) -> None:
    words.replace([], [make_row("rock", "granite rock")])
    done = threading.Event()
    found: list[list[str]] = []

    def search() -> None:
        while not done.is_set():
            found.append([key for key, _ in words.search("granite", 5)])
            time.sleep(0.001)

    searchers = [threading.Thread(target=search) for _ in range(2)]
    for searcher in searchers:
        searcher.start()
    for number in range(200):
        words.replace([f"a{number % 50}"], [make_row(f"a{number % 50}", f"fire {number}")])
    done.set()
    for searcher in searchers:
        searcher.join()
    assert {tuple(keys) for keys in found} == {("rock:0:12",)}
    assert words.count() == 51
    assert [len(words.search(str(number), 5)) for number in (149, 150, 199)] == [0, 1, 1]


def test_vectors_under_load(vectors: EmbeddedVectors) -> None:
    vectors.replace([], [make_row("rock", "x", (0, 1))])
    done = threading.Event()
    found: list[str] = []

    def search() -> None:
        while not done.is_set():
            found.extend(key for key, _ in vectors.search([0, 1], 1))
            time.sleep(0.001)

    searchers = [threading.Thread(target=search) for _ in range(2)]
    for searcher in searchers:
        searcher.start()
    for number in range(100):
        vectors.replace([f"a{number % 10}"], [make_row(f"a{number % 10}", "x", (1, number / 1_000))])
    done.set()
    for searcher in searchers:
        searcher.join()
    assert (set(found), vectors.count()) == ({"rock:0:1"}, 11)
