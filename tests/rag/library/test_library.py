"""The library: what becomes of each article, and that catalog, vectors and words agree on it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from rag.errors import UnknownArticleError
from rag.library.library import Library
from rag.library.records import Entry, Outcome, Receipt
from tests.fakes import WordEncoder
from tests.rag.library.server import EVERYWHERE
from tests.rag.samples import ADDED_BANK, ADDED_FIRE, BANK, FIRE, count_everywhere, search_library

pytestmark = EVERYWHERE


def test_what_is_added_is_found(library: Library) -> None:
    assert library.add([FIRE, BANK]) == [ADDED_FIRE, ADDED_BANK]
    assert search_library(library, "fire") == (["fire"], ["fire"])
    assert search_library(library, "bank") == (["bank"], ["bank"])
    assert library.catalog.read_journal() == []


def test_to_add_is_to_add_at_once_and_one_by_one_as_they_are_asked_for(library: Library) -> None:
    library.add([FIRE])
    assert search_library(library, "fire") == (["fire"], ["fire"])
    receipts = library.add_each([BANK])
    assert search_library(library, "bank") == ([], [])
    assert list(receipts) == [ADDED_BANK]
    assert search_library(library, "bank") == (["bank"], ["bank"])


def test_the_title_is_searched_and_embedded_with_the_text(library: Library) -> None:
    library.add([replace(BANK, title="Fire in the vault")])
    assert isinstance(library.encoder, WordEncoder)
    assert library.encoder.encoded == ["Fire in the vault\nThe bank raised rates."]
    assert search_library(library, "fire") == (["bank"], ["bank"])


def test_the_same_again_is_unchanged(library: Library) -> None:
    library.add([FIRE, BANK])
    embedded = len(library.encoder.encoded)
    assert library.add([FIRE, BANK]) == [Receipt("fire", Outcome.UNCHANGED), Receipt("bank", Outcome.UNCHANGED)]
    assert len(library.encoder.encoded) == embedded


def test_the_same_text_under_another_id_is_a_duplicate(library: Library) -> None:
    library.add([FIRE])
    copies = [replace(FIRE, id="copy"), replace(FIRE, id="", url="")]
    message = "same title and text as fire"
    assert [(receipt.outcome, receipt.message) for receipt in library.add(copies)] == [("duplicate", message)] * 2
    assert [entry.source.id for entry in library.catalog.list_entries()] == ["fire"]


def test_a_known_id_with_another_text_replaces(library: Library) -> None:
    library.add([FIRE, BANK])
    assert library.add([replace(BANK, text="The rocket rose.")]) == [Receipt("bank", Outcome.REPLACED)]
    assert (search_library(library, "bank"), search_library(library, "rocket")) == (([], []), (["bank"], ["bank"]))
    assert count_everywhere(library) == (2, 2, 2)


def test_a_known_url_with_another_text_replaces(library: Library) -> None:
    library.add([FIRE])
    later = Article(id="fire-2", title="Maui", text="The talks went on.", url=FIRE.url)
    message = "replaces fire, which had the same url"
    assert library.add([later]) == [Receipt("fire-2", Outcome.REPLACED, message)]
    assert (search_library(library, "fire"), search_library(library, "talks")) == (([], []), (["fire-2"], ["fire-2"]))
    assert library.catalog.list_entries(superseded=True) == [
        Entry(FIRE.source, "superseded", 16, 0),
        Entry(later.source, "live", 18, 1, story=2),
    ]


def test_one_article_may_replace_two(library: Library) -> None:
    library.add([FIRE, BANK])
    both = Article(id="bank", title="Both", text="The rocket rose.", url=FIRE.url)
    message = "replaces fire, which had the same url"
    assert library.add([both]) == [Receipt("bank", Outcome.REPLACED, message)]
    assert [entry.source.id for entry in library.catalog.list_entries()] == ["bank"]
    assert count_everywhere(library) == (1, 1, 1)


def test_corrected_details_replace(library: Library) -> None:
    library.add([FIRE])
    corrected = replace(FIRE, author="A. Writer", published=date(2023, 8, 10))
    assert library.add([corrected]) == [Receipt("fire", Outcome.REPLACED)]
    assert library.read("fire") == corrected
    assert count_everywhere(library) == (1, 1, 1)


def test_of_two_with_one_id_the_second_is_refused_however_often(library: Library) -> None:
    other = replace(FIRE, text="The rocket rose.", url="")
    message = "id 'fire' came twice with different contents: the first was kept, give this one another id"
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        receipts = library.add([FIRE, other])
        assert receipts == [Receipt("fire", outcome), Receipt("fire", Outcome.FAILED, message)]
        assert library.read("fire") == FIRE


def test_the_same_text_with_other_details_is_a_duplicate_and_no_failure(library: Library) -> None:
    first = Article(title=FIRE.title, text=FIRE.text)
    receipts = library.add([first, replace(first, author="A. Writer")])
    told = "same title and text as one before, with other details: those of the first were kept"
    assert receipts == [Receipt(first.id, Outcome.ADDED), Receipt(first.id, Outcome.DUPLICATE, told)]
    assert library.read(first.id) == first


def test_of_two_with_one_url_the_second_is_refused_however_often(library: Library) -> None:
    other = replace(FIRE, id="other", text="The rocket rose.")
    message = "url 'https://x.org/fire' came twice with different texts: the first (fire) was kept"
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        receipts = library.add([FIRE, other])
        assert receipts == [Receipt("fire", outcome), Receipt("other", Outcome.FAILED, message)]


SPELLED = "http://www.x.org/fire/?utm_source=feed#top"


def test_another_spelling_of_an_address_is_the_same_article(library: Library) -> None:
    library.add([FIRE])
    spelled = replace(FIRE, id="spelled", text="It is out.", url=SPELLED)
    assert library.add([spelled]) == [Receipt("spelled", Outcome.REPLACED, "replaces fire, which had the same url")]
    assert (library.read("spelled").url, count_everywhere(library)) == (SPELLED, (1, 1, 1))


def test_in_one_call_ids_and_spellings_together_tell_two_articles_apart(library: Library) -> None:
    nameless = [replace(FIRE, id="", text=text, url=url) for text, url in (("One.", FIRE.url), ("Two.", SPELLED))]
    message = f"url {SPELLED!r} came twice with different texts: the first ({nameless[0].id}) was kept"
    assert library.add(nameless)[1] == Receipt(nameless[1].id, Outcome.FAILED, message)
    library.remove([nameless[0].id])
    named = [replace(article, id=id) for article, id in zip(nameless, ("one", "two"), strict=True)]
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        assert library.add(named) == [Receipt("one", outcome), Receipt("two", outcome)]
    assert library.correct("two", title="Two").title == "Two"
    assert library.restore(library.take_out(["two"])) == [Receipt("two", Outcome.ADDED)]


@pytest.mark.parametrize("later", [replace(FIRE, text="New."), replace(FIRE, id="later", text="New.")])
def test_a_text_that_is_replaced_and_comes_again_is_not_lost(library: Library, later: Article) -> None:
    library.add([FIRE])
    again = replace(FIRE, id="again", url="")
    outcomes = [receipt.outcome for receipt in library.add([later, again])]
    assert outcomes == [Outcome.REPLACED, Outcome.ADDED]
    assert search_library(library, "fire") == (["again"], ["again"])


def test_the_same_twice_in_one_call(library: Library) -> None:
    receipts = library.add([FIRE, FIRE, replace(FIRE, id="copy")])
    assert [receipt.outcome for receipt in receipts] == ["added", "unchanged", "duplicate"]
    assert count_everywhere(library) == (1, 1, 1)


def test_too_long_an_article_is_refused_and_the_rest_go_on(library: Library) -> None:
    long = Article(id="long", text="x" * 10_001)
    message = "has 10,001 characters, and at most 10,000 are taken: split it, or raise DATELINE_MAX_ARTICLE_CHARACTERS"
    assert library.add([long, FIRE]) == [Receipt("long", Outcome.FAILED, message), ADDED_FIRE]


def test_nothing_to_add(library: Library) -> None:
    assert library.add([]) == []


def test_receipts_come_in_order_over_several_batches(library: Library) -> None:
    articles = [Article(id=f"a{n}", text=f"Number {n}.") for n in range(600)]
    assert [receipt.id for receipt in library.add(articles)] == [f"a{n}" for n in range(600)]
    assert count_everywhere(library) == (600, 600, 600)


def test_others_may_write_while_receipts_are_awaited(library: Library) -> None:
    receipts = library.add_each([FIRE, BANK])
    assert next(receipts) == ADDED_FIRE
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(library.remove, ["bank"]).result(timeout=60) == [
            Receipt("bank", Outcome.REMOVED, "Rates" + library.vectors.residue + library.words.residue, False)
        ]  # fmt: skip
    assert (list(receipts), count_everywhere(library)) == ([ADDED_BANK], (1, 1, 1))


def test_what_is_removed_is_gone_with_its_earlier_versions(library: Library, home: Path) -> None:
    library.add([replace(FIRE, text="An earlier secret."), BANK])
    library.add([FIRE])
    assert library.remove(["fire", "unknown", "fire"]) == [
        Receipt("fire", Outcome.REMOVED, "Maui" + library.vectors.residue + library.words.residue, False),
        Receipt("unknown", Outcome.FAILED, "no article has this id"),
    ]
    assert [entry.source.id for entry in library.catalog.list_entries(superseded=True)] == ["bank"]
    assert (search_library(library, "fire"), count_everywhere(library)) == (([], []), (1, 1, 1))
    library.close()
    assert [path.name for path in home.rglob("*") if path.is_file() and b"earlier secret" in path.read_bytes()] == []


def test_what_is_removed_can_be_added_again(library: Library) -> None:
    library.add([FIRE])
    library.remove(["fire"])
    assert library.add([FIRE]) == [ADDED_FIRE]
    assert search_library(library, "fire") == (["fire"], ["fire"])


def test_list_and_read(library: Library) -> None:
    library.add([BANK, FIRE, Article(id="undated", text="Talks. Talks.")])
    entries = [(entry.source.id, entry.characters, entry.passages) for entry in library.catalog.list_entries()]
    assert entries == [("fire", 16, 1), ("bank", 22, 1), ("undated", 13, 1)]
    assert library.read("bank") == BANK
    with pytest.raises(UnknownArticleError, match=r"^no article has the id 'x': `python -m rag list` shows them$"):
        library.read("x")
