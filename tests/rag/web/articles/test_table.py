"""The articles as a page shows them: corrected and described."""

from datetime import date

import pytest

from corpus.article import Article
from corpus.errors import ArticleError
from rag.library.records import Outcome, Receipt
from rag.web.articles.table import (
    correct_article,
    describe_doubts,
    read_addresses,
    read_shared,
    summarize_receipts,
)


def test_a_correction_changes_what_it_names_and_the_id_that_came_from_the_contents() -> None:
    article = Article(title="Wrong", text="Text.", author="A")
    corrected = correct_article(article, {"title": " Right ", "published": "2022-01-26", "language": "xx"})
    assert corrected == Article(title="Right", text="Text.", author="A", published=date(2022, 1, 26))
    assert correct_article(Article(id="own", text="Text."), {"title": "T"}).id == "own"
    assert correct_article(corrected, {"published": ""}).published is None


def test_an_impossible_date_is_named() -> None:
    with pytest.raises(ArticleError, match="'2022-02-30' is not a day; write it like 26 January 2022"):
        correct_article(Article(text="Text."), {"published": "2022-02-30"})


def test_many_articles_are_given_what_is_filled_in_or_marked_as_cleared() -> None:
    fields = {"outlet": " ", "topic": " Fires ", "published": "", "no-published": "on", "title": "ignored"}
    assert read_shared(fields) == {"topic": "Fires", "published": None}
    assert read_shared({"outlet": "Post", "no-outlet": "on"}) == {"outlet": ""}
    assert read_shared({"outlet": "", "topic": "", "published": ""}) == {}
    with pytest.raises(ArticleError, match="'31 June' is not a day; write it like 26 January 2022"):
        read_shared({"published": "31 June"})


def test_doubts_name_what_is_missing_or_odd() -> None:
    today = date(2024, 1, 1)
    bare = Article(text="x" * 20, published=date(2024, 1, 2))
    assert describe_doubts(bare, today) == ["no title", "a date in the future", "only 20 characters"]
    full = Article(text="x" * 300, title="T", outlet="O", published=today)
    assert describe_doubts(full, today) == []


def test_addresses_are_read_a_line_each_and_the_files_of_the_server_are_out_of_reach() -> None:
    text = "https://a.example/x\n\n b.example/feed \n/etc/passwd\nfile:///etc/passwd\nhttps://a.example/x\nlocalhost"
    addresses, wrong = read_addresses(text)
    assert addresses == ["https://a.example/x", "https://b.example/feed"]
    assert [error.source for error in wrong] == ["/etc/passwd", "file:///etc/passwd", "localhost"]
    assert wrong[0].reason == "is not a web address; write it like https://example.org/news"


def test_receipts_are_counted_in_words() -> None:
    outcomes = (Outcome.DUPLICATE, Outcome.ADDED, Outcome.ADDED, Outcome.FAILED)
    assert summarize_receipts(Receipt("a", outcome) for outcome in outcomes) == "2 added, 1 already here, 1 failed"
    assert summarize_receipts([]) == "Nothing to save"
