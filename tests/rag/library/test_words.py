"""Texts are compared by their words, whatever the ending."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.progress import StoppedError
from rag.english.terms import list_terms
from rag.library.records import EmbeddedPassage
from rag.library.words import WordIndex
from tests.rag.samples import make_row, search_all


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ukraine's president", "Ukrainian presidents"),
        ("FRANCE", "French"),
        ("Americans", "USA"),
        ("demands by Türkiye", "Turkish demand"),
        ("Dutch", "Netherlands"),
        ("Filipino", "Philippines"),
        ("World War II", "world war 2"),
    ],
)
def test_words_of_the_same_meaning(one: str, other: str) -> None:
    assert list_terms(one) == list_terms(other) != frozenset()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Austria", "Australian"), ("Niger", "Nigerian"), ("Iran", "Iraqi"), ("pole", "Poland"), ("Xi", "11")],
)
def test_words_that_only_look_alike(one: str, other: str) -> None:
    assert not list_terms(one) & list_terms(other)


def test_function_words_alone_are_no_terms() -> None:
    assert list_terms("What must it have been, and who told them the same?") == {"told", "same"}


def test_what_was_cut_off_is_not_added_with_what_comes_next(tmp_path: Path) -> None:
    def stop_after_one() -> Iterator[EmbeddedPassage]:
        yield make_row("a", "fire")
        raise StoppedError

    words = WordIndex(tmp_path / "words")
    with pytest.raises(StoppedError):
        words.replace([], stop_after_one())
    words.replace([], [make_row("b", "fire")])
    assert search_all(words) == {"b:0:4"}
    words.close()
    words.replace([], [make_row("c", "fire")])
    assert search_all(words) == {"b:0:4", "c:0:4"}


def test_titles_of_function_words_are_found(tmp_path: Path) -> None:
    words = WordIndex(tmp_path / "words")
    texts = {"a": "They sang It Must Have Been Love.", "b": "They sang about love.", "c": "Snow fell."}
    words.replace([], [make_row(id, text) for id, text in texts.items()])
    (first, most), (second, share) = words.search("who sang it must have been love", 10)
    assert (first[0], second[0]) == ("a", "b")
    assert most > 2 * share
