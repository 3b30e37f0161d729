"""Details that a user corrects: what is searched and cited changes at once, the text does not."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article
from corpus.errors import ArticleError
from rag.errors import IndexMismatchError, UnknownArticleError
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.library.server import EVERYWHERE
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library

pytestmark = EVERYWHERE


def count_encoded(library: Library) -> int:
    assert isinstance(library.encoder, WordEncoder)
    return len(library.encoder.encoded)


def test_details_without_the_title_are_changed_without_embedding(library: Library) -> None:
    library.add([replace(FIRE, original=b"<p>The fire burned.</p>"), BANK])
    encoded = count_encoded(library)
    corrected = library.correct("fire", outlet="Maui News", author="K. Akana", published=date(2023, 8, 10), url="")
    assert corrected == replace(FIRE, outlet="Maui News", author="K. Akana", published=date(2023, 8, 10), url="")
    assert (library.read("fire"), library.read("fire").original) == (corrected, b"<p>The fire burned.</p>")
    assert [found.source for found in library.catalog.read_ranking([("fire:0:16", 1.0)])] == [corrected.source]
    assert (count_encoded(library), count_everywhere(library)) == (encoded, (2, 2, 2))
    assert len(library.catalog.list_entries(superseded=True)) == 2


def test_a_corrected_title_is_searched_and_embedded(open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([BANK, FIRE])
    library.correct("bank", title="Talks")
    for _ in range(2):
        assert search_library(library, "rates") == (["bank"], [])
        assert search_library(library, "talks") == (["bank"], ["bank"])
        assert (count_everywhere(library), library.catalog.read_journal()) == ((2, 2, 2), [])
        library = open_home()
    library.correct("bank", title="")
    assert search_library(library, "talks") == ([], [])


KEPT = "kept the title and date that were corrected by hand"


def test_a_corrected_article_is_still_known_as_it_came(library: Library) -> None:
    library.add([FIRE, BANK])
    corrected = library.correct("fire", title="Lahaina", published=None)
    assert library.add([FIRE]) == [Receipt("fire", Outcome.UNCHANGED, KEPT)]
    assert library.read("fire") == corrected


def test_corrections_stay_when_the_text_changes(open_home: OpenLibrary) -> None:
    library = open_home(WordEncoder(["lahaina"]))
    library.add([FIRE, BANK])
    library.correct("fire", title="Lahaina", published=None)
    came = replace(FIRE, text="The fire is out.", outlet="Maui News")
    for _ in range(2):
        assert library.add([came])[0].message == KEPT
        assert library.read("fire") == replace(came, title="Lahaina", published=None)
        assert search_library(library, "lahaina") == (["fire"], ["fire"])
        library = open_home(WordEncoder(["lahaina"]))
    assert library.add([replace(came, title="Maui burns")]) == [
        Receipt("fire", Outcome.REPLACED, f"{KEPT}; the new version says title 'Maui burns'")
    ]
    assert library.read("fire").title == "Lahaina"
    library.correct("fire", title="Maui burns")  # as the file says: no correction any more
    assert library.add([replace(came, title="Maui")])[0].message == "kept the date that was corrected by hand"
    assert library.read("fire").title == "Maui"


def test_corrections_stay_when_an_address_gives_another_text(library: Library) -> None:
    page = Article(title="Maui", text="It burned.", url="https://x.org/maui")
    library.add([page])
    library.correct(page.id, outlet="Maui News")
    newer = replace(page, id="", text="It is out.", url="http://www.x.org/maui/?utm_source=feed#top")
    assert library.add([newer]) == [
        Receipt(
            newer.id,
            Outcome.REPLACED,
            f"replaces {page.id}, which had the same url; kept the outlet that was corrected by hand",
        )
    ]
    assert library.read(newer.id) == replace(newer, outlet="Maui News")


def test_corrections_that_an_earlier_version_did_not_write_down_stay(library: Library) -> None:
    library.add([FIRE])
    library.correct("fire", title="Lahaina")
    library.catalog._database.write("UPDATE articles SET corrected = '{}'")
    came = replace(FIRE, text="The fire is out.")
    assert library.add([came]) == [Receipt("fire", Outcome.REPLACED, "kept the title that was corrected by hand")]
    assert library.read("fire") == replace(came, title="Lahaina")


def test_many_are_corrected_at_once_or_none_is(library: Library) -> None:
    library.add([FIRE, BANK])
    before = library.correct_each({"fire": {"topic": "Maui"}, "gone": {"topic": "Maui"}, "bank": {"topic": "Maui"}})
    assert (before, library.catalog.count_values("topic")) == ([FIRE, BANK], {"Maui": 2})
    with pytest.raises(ArticleError, match="has the url"):
        library.correct_each({"fire": {"topic": "Fires"}, "bank": {"url": FIRE.url}})
    with pytest.raises(ArticleError, match="a topic of 5,000 characters is too long: write at most 500"):
        library.correct_each({"fire": {"topic": "x" * 5_000}})
    assert library.catalog.count_values("topic") == {"Maui": 2}


def test_what_cannot_be_corrected(open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([FIRE, BANK])
    with pytest.raises(UnknownArticleError):
        library.correct("x", title="y")
    with pytest.raises(ArticleError) as caught:
        library.correct("bank", url="http://www.x.org/fire/")
    assert str(caught.value) == (
        "article 'fire' has the url 'http://www.x.org/fire/': remove it, or leave this one's"
    )  # fmt: skip
    with pytest.raises(ArticleError, match="not text"):
        library.correct("bank", title="Rates\0")
    assert library.read("bank") == BANK
    with pytest.raises(IndexMismatchError):
        open_home(WordEncoder(identity="other@2")).correct("bank", title="y")
