"""Articles: what is refused, and what is filled in."""

import hashlib
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from corpus.article import Article, Passage, Source
from corpus.errors import ArticleError


@pytest.mark.parametrize("text", ["", " \n\t", "...", "—!?"])
def test_an_article_without_letters_or_digits_has_no_text(text: str) -> None:
    with pytest.raises(ArticleError, match=r"^article 'Fire in Maui' has no text$"):
        Article(text=text, title="Fire in Maui")


@pytest.mark.parametrize("name", ["text", "title", "id", "outlet", "author", "url", "topic"])
@pytest.mark.parametrize("unusable", ["a\0b", "a\ud83d"])
def test_every_value_must_be_text(name: str, unusable: str) -> None:
    with pytest.raises(ArticleError, match="holds characters that are not text"):
        Article(**{"text": "Some text.", name: unusable})


def test_an_id_has_at_most_200_printable_characters() -> None:
    assert Article(text="a", id="é" * 200).id == "é" * 200
    for id in ("é" * 201, "two\nlines", "tab\t"):
        with pytest.raises(ArticleError, match="must be printable and at most 200 characters"):
            Article(text="a", id=id)


def test_an_article_without_id_is_named_by_its_title_and_text() -> None:
    digest = hashlib.sha256(b"Fire\0It burned.").hexdigest()
    assert Article(title="Fire", text="It burned.", author="A. Writer").id == digest[:16]
    assert Article(title="Fire", text="It burned.", id="fire-1").content_hash == digest[:16]


def test_title_and_text_do_not_run_into_each_other_in_the_hash() -> None:
    assert Article(title="ab", text="c").content_hash != Article(title="a", text="bc").content_hash


def test_the_text_is_kept_exactly() -> None:
    assert Article(text="  a \r\n\n b  ").text == "  a \r\n\n b  "


def test_an_article_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Article(text="a").text = "b"


def test_the_source_is_the_article_without_its_text() -> None:
    day = date(2022, 1, 26)
    article = Article(
        text="It burned.", title="Fire", id="f", outlet="O", author="A", published=day, url="https://x.org/f", topic="T"
    )
    assert article.source == Source("f", "Fire", "O", "A", day, "https://x.org/f", "T")


def test_a_passage_is_named_by_its_place() -> None:
    assert Passage("a:b", 3, 9, "Begin.", ((0, 6),)).key == "a:b:3:9"
