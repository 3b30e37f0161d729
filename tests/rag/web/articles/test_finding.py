"""Finding articles: words of details and texts, filters, order, and where the words stand."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Source
from rag.library.records import Entry
from rag.web.articles.finding import ROWS, View, cut_snippet, read_view, select_entries, sort_by
from rag.web.articles.similar import find_similar
from tests.conftest import OpenLibrary


def make_entry(
    id: str, title: str, published: date | None = None, outlet: str = "", characters: int = 100, topic: str = ""
) -> Entry:
    return Entry(Source(id, title, outlet, "", published, "", topic), "live", characters, 1)


FIRE = make_entry("fire", "Maui burns", date(2023, 8, 9), "The Island", 900, "Fires")
BANK = make_entry("bank", "bank raises rates", date(2022, 5, 4), "Money Weekly", 90)
NOTE = make_entry("note", "A note")
ENTRIES = (FIRE, BANK, NOTE)


@pytest.mark.parametrize(
    ("view", "found"),
    [
        (View(), [FIRE, BANK, NOTE]),
        (View(descending=False), [BANK, FIRE, NOTE]),
        (View(order="title", descending=False), [NOTE, BANK, FIRE]),
        (View(order="outlet", descending=True), [FIRE, BANK, NOTE]),
        (View(order="characters"), [FIRE, NOTE, BANK]),
        (View(search="MONEY rates"), [BANK]),
        (View(search='"raises rates" money'), [BANK]),
        (View(search="“rates raises”"), []),
        (View(search='"bank rai'), [BANK]),
        (View(search="2023-08"), [FIRE]),
        (View(search="snow"), []),
        (View(search="fires"), [FIRE]),
        (View(search="lahaina island"), [FIRE]),
        (View(search="lahaina rates"), []),
        (View(outlet=""), [NOTE]),
        (View(outlet="Money Weekly"), [BANK]),
        (View(topic="Fires", outlet="Money Weekly"), []),
        (View(since=date(2022, 5, 4), until=date(2022, 12, 31)), [BANK]),
        (View(like="fire", neighbours=("note", "bank")), [NOTE, BANK]),
    ],
)
def test_articles_are_found_by_every_word_and_sorted_with_the_unknown_last(view: View, found: list[Entry]) -> None:
    selection = select_entries(ENTRIES, view, lambda word: frozenset({"fire"} if word == "lahaina" else ()))
    assert selection.entries == found
    assert selection.found == len(found)


def test_a_long_table_has_pages_and_a_page_beyond_the_last_is_the_last() -> None:
    entries = [make_entry(f"a{number:03}", "x") for number in range(ROWS + 2)]
    last = select_entries(entries, View(page=9))
    assert ([entry.source.id for entry in last.entries], last.found, last.page, last.pages) == (
        ["a050", "a051"], 52, 1, 2,
    )  # fmt: skip


def test_sorting_by_the_same_column_turns_it_around() -> None:
    by_title = sort_by(View(page=3), "title")
    assert by_title == View(order="title", descending=False)
    assert sort_by(by_title, "title") == View(order="title", descending=True)
    assert sort_by(View(), "published") == View(descending=False)
    assert sort_by(View(), "text; DROP TABLE") == View()


def test_a_form_sets_the_filters_and_keeps_the_order() -> None:
    fields = {"search": "fire", "outlet": "=", "topic": "=Fires", "since": "2023-01-01", "until": "soon"}
    view = read_view(View(order="title", page=3, superseded=True), fields)
    assert view == View(search="fire", outlet="", topic="Fires", since=date(2023, 1, 1), order="title")
    assert read_view(View(), {"outlet": "", "superseded": "on"}) == View(superseded=True)


def test_a_search_is_text_and_of_few_words() -> None:
    view = read_view(View(), {"search": "\ud800 " + "word " * 1000})
    assert (view.words[:2], len(view.words), len(view.search)) == (["?", "word"], 12, 500)


def test_a_snippet_shows_whole_words_around_the_first_match() -> None:
    text = "First line.\nThe storm hit " + "one town after another " * 12 + "on Monday.\nLast line."
    pieces = cut_snippet(text, ["storm", "lisbon"])
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… The storm hit one town") and shown.endswith("town …")
    assert [piece.text for piece in pieces if piece.highlight] == ["storm"]
    assert cut_snippet(text, ["snow"]) == [] == cut_snippet(text, [])


@given(st.text(max_size=400), st.text(min_size=1, max_size=5))
def test_a_snippet_is_a_part_of_the_text_and_has_the_word(text: str, word: str) -> None:
    pieces = cut_snippet(text, [word])
    lit = [piece.text for piece in pieces if piece.highlight]
    assert "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …") in text
    assert bool(pieces) == bool(lit)
    assert all(re.fullmatch(re.escape(word), piece, re.IGNORECASE) for piece in lit)


def test_words_are_found_in_texts_whatever_their_case_and_signs_are_no_wildcards(open_home: OpenLibrary) -> None:
    with open_home() as library:
        library.add([Article(id="a", text="Rates rose 5% in Évora."), Article(id="b", text="Rates rose 50 points.")])
        catalog = library.catalog
        found = [sorted(catalog.list_having(word)) for word in ("RATES", "5%", "évora", "_", "snow")]
        assert found == [["a", "b"], ["a"], ["a"], [], []]


def test_the_articles_nearest_in_meaning_come_first(open_home: OpenLibrary) -> None:
    with open_home() as library:
        texts = {"fire": "Fire burned houses.", "blaze": "Fire burned barns.", "bank": "Banks raised rates."}
        library.add([Article(id=id, text=text) for id, text in texts.items()])
        assert find_similar(library.catalog, library.vectors, "fire", 1) == ["blaze"]
        assert find_similar(library.catalog, library.vectors, "fire", 5) == ["blaze", "bank"]
        assert find_similar(library.catalog, library.vectors, "gone", 5) == []
