"""Highlights: the pieces joined are always the text."""

from hypothesis import given
from hypothesis import strategies as st

from rag.web.chat.marking import Segment, mark_text


def test_marks_are_cut_out_and_the_later_wins() -> None:
    assert mark_text("One two three.", [((0, 7), "quoted"), ((4, 7), "active")]) == [
        Segment("One ", "quoted"),
        Segment("two", "active"),
        Segment(" three.", ""),
    ]


def test_text_without_marks_is_one_piece() -> None:
    assert mark_text("One two.", []) == [Segment("One two.", "")]


def test_a_mark_beyond_the_text_is_cut_to_it() -> None:
    assert mark_text("One", [((-5, 99), "active")]) == [Segment("One", "active")]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), st.sampled_from(["a", "b"])), max_size=5),
)
def test_nothing_is_lost_or_doubled(text: str, marks: list[tuple[tuple[int, int], str]]) -> None:
    assert "".join(segment.text for segment in mark_text(text, marks)) == text
