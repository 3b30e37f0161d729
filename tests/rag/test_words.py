"""Texts are compared by their words, whatever the ending."""

import pytest

from rag.words import list_terms


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
