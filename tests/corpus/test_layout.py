"""Lines on pages become paragraphs: worked by hand, with type ten points high and lines 12 points apart."""

from collections.abc import Sequence

import pytest

from corpus.loading.layout import Line, Page, drop_running_lines, find_heading, join_lines


def make_page(*lines: str | tuple[str, float, float], start: float = 700.0) -> list[Line]:
    """Return lines from top to bottom: a text, or (text, left edge, points below the line before).

    Letters are five points wide.
    """
    page = []
    for entry in lines:
        text, left, step = (entry, 50.0, 12.0) if isinstance(entry, str) else entry
        start -= step
        page.append(Line(text, left, left + 5 * len(text), start, start + 10))
    return page


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        (["The coun-", "cil met."], "The council met."),
        (["The coun\ufffe", "cil met."], "The council met."),
        (["The coun\u00ad", "cil met."], "The council met."),
        (["The NATO-", "Russia Council"], "The NATO-Russia Council"),
        (["in 2021-", "22 they met"], "in 2021-22 they met"),
        (["a well-known man, well-", "known to all"], "a well-known man, well-known to all"),
        (["he said -", "and left"], "he said - and left"),
        (["the ne-", "go-", "tiations"], "the negotiations"),
        (["the end of it is cut off\ufffe"], "the end of it is cut off"),
        (["the short-", "and long-term aims"], "the short- and long-term aims"),
    ],
)
def test_divided_words(lines: list[str], paragraph: str) -> None:
    assert join_lines([make_page(*lines)]) == [paragraph]


WIDE = "The talks in Geneva ended without a result on Friday, he said."
"""Of 62 letters: from 50 to 360 points."""


def test_a_wider_step_begins_a_paragraph() -> None:
    assert join_lines([make_page(WIDE, WIDE, (WIDE, 50, 18), WIDE)]) == [f"{WIDE} {WIDE}", f"{WIDE} {WIDE}"]


def test_an_indented_line_after_a_sentence_begins_a_paragraph() -> None:
    assert join_lines([make_page(WIDE, WIDE, (WIDE, 60, 12), WIDE)]) == [f"{WIDE} {WIDE}", f"{WIDE} {WIDE}"]


def test_a_list_entry_is_not_cut_at_its_hanging_indent() -> None:
    entry = "- The talks in Geneva ended without a result on Friday and"
    assert join_lines([make_page(WIDE, WIDE, entry, ("went on.", 60, 12))]) == [f"{WIDE} {WIDE} {entry} went on."]


def test_a_line_with_room_for_the_next_word_ends_a_paragraph_if_it_ends_a_sentence() -> None:
    assert join_lines([make_page(WIDE, "It ended.", WIDE)]) == [f"{WIDE} It ended.", WIDE]
    assert join_lines([make_page(WIDE, "It ended", WIDE)]) == [f"{WIDE} It ended {WIDE}"]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    column = make_page("The talks in Geneva", "ended without")
    pages = [
        [*column, *make_page(("a result on", 300, 12), ("Friday, and he", 300, 12))],
        make_page("said so.", "Yes."),
    ]
    assert join_lines(pages) == ["The talks in Geneva ended without a result on Friday, and he said so. Yes."]
    ended = [make_page("The talks ended.", start=100), make_page("He said so.")]
    assert join_lines(ended) == ["The talks ended.", "He said so."]


def test_a_heading_stands_alone() -> None:
    heading = [Line("Talks end", 50, 150, 680, 700), Line("in Geneva", 50, 150, 656, 676)]
    page = [*heading, *make_page(WIDE, WIDE, start=650)]
    assert find_heading(page) == "Talks end in Geneva"
    assert join_lines([page]) == ["Talks end in Geneva", f"{WIDE} {WIDE}"]


def test_a_page_in_one_size_has_no_heading() -> None:
    assert find_heading(make_page("Talks end", WIDE)) == ""
    assert find_heading([]) == ""


def list_texts(pages: Sequence[Page]) -> list[list[str]]:
    return [[line.text for line in page] for page in pages]


def test_running_lines_are_dropped() -> None:
    bodies = [[f"Day {word} of {other}."] * 8 for word, other in zip("abcd", "efgh", strict=True)]
    pages = [
        make_page(f"The Daily, page {number}", "26 January 2022", *body, "https://daily.example", f"- {number} -")
        for number, body in enumerate(bodies, start=7)
    ]
    assert list_texts(drop_running_lines(pages)) == bodies


def test_what_repeats_in_the_middle_of_pages_stays() -> None:
    pages = [make_page(*(f"{letter}{number}" for letter in "one"), "It burned.", "And", *"xyz") for number in "abc"]
    assert list_texts(drop_running_lines(pages)) == [
        [f"{letter}{number}" for letter in "one"] + ["It burned.", "And"] for number in "abc"
    ]


def test_rows_of_numbers_stay() -> None:
    pages = [make_page(f"1 {number} 5", f"2 {number} 6", "7 8 9") for number in "234"]
    assert list_texts(drop_running_lines(pages)) == [[f"1 {number} 5", f"2 {number} 6"] for number in "234"]


def test_two_pages_and_one() -> None:
    first, second = (make_page("The Daily", f"Day {word}.", number) for word, number in (("one", "1"), ("two", "2")))
    assert list_texts(drop_running_lines([first, second])) == [["Day one."], ["Day two."]]
    assert list_texts(drop_running_lines([first])) == [["The Daily", "Day one."]]
    assert list_texts(drop_running_lines([make_page("Page 1 of 1", "In the year", "2022", "1 of 3 died")])) == [
        ["In the year", "2022", "1 of 3 died"]
    ]
    assert drop_running_lines([]) == []


def test_a_thousand_pages_of_one_sentence_take_no_time() -> None:
    page = make_page(*["the talks in Geneva went on and"] * 40)
    assert join_lines([page] * 1_000) == [" ".join(["the talks in Geneva went on and"] * 40_000)]
