"""Highlights: the pieces joined are always the text."""

from hypothesis import given
from hypothesis import strategies as st

from rag.web.segments import Segment, highlight


def test_highlights_are_cut_out_and_the_later_wins() -> None:
    assert highlight("One two three.", [((0, 7), "quoted"), ((4, 7), "active")]) == [
        Segment("One ", "quoted"),
        Segment("two", "active"),
        Segment(" three.", ""),
    ]


def test_text_without_highlights_is_one_piece() -> None:
    assert highlight("One two.", []) == [Segment("One two.", "")]


def test_a_highlight_beyond_the_text_is_cut_to_it() -> None:
    assert highlight("One", [((-5, 99), "active")]) == [Segment("One", "active")]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), st.sampled_from(["a", "b"])), max_size=5),
)
def test_nothing_is_lost_or_doubled(text: str, places: list[tuple[tuple[int, int], str]]) -> None:
    assert "".join(segment.text for segment in highlight(text, places)) == text
