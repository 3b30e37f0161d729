"""Texts are compared by their words, whatever the ending."""

from pathlib import Path

import pytest

from rag.english.terms import list_terms
from rag.library.words import WordIndex
from tests.rag.samples import make_row


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


def test_titles_of_function_words_are_found(tmp_path: Path) -> None:
    words = WordIndex(tmp_path / "words")
    texts = {"a": "They sang It Must Have Been Love.", "b": "They sang about love.", "c": "Snow fell."}
    words.replace([], [make_row(id, text) for id, text in texts.items()])
    (first, most), (second, share) = words.search("who sang it must have been love", 10)
    assert (first[0], second[0]) == ("a", "b")
    assert most > 2 * share
