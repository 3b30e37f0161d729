"""The list of conversations: those that it does not show are counted."""

from datetime import UTC, datetime

import pytest

from rag.library.conversations import Talk
from rag.web.chat.conversations import MAX_SHOWN, render_conversation_list
from tests.rag.web.markup import visible_text

NOW = datetime(2024, 3, 15, 12, tzinfo=UTC)


def make_entry(number: int, moment: str = "2024-03-15T10:00:00+00:00") -> Talk:
    return Talk(f"{number:032x}", f"Question {number}", moment, 1)


@pytest.mark.parametrize(
    ("more", "note"),
    [
        (0, None),
        (1, "1 earlier one is not shown: a search finds it."),
        (1500, "1,500 earlier ones are not shown: a search finds them."),
    ],
)
def test_conversations_beyond_the_most_that_are_shown_are_counted(more: int, note: str | None) -> None:
    shown = visible_text(render_conversation_list([make_entry(n) for n in range(MAX_SHOWN + more)], "", "", NOW))
    assert f"Question {MAX_SHOWN - 1}" in shown
    assert f"Question {MAX_SHOWN} " not in shown
    assert shown.endswith(note or f"Question {MAX_SHOWN - 1}")


def test_conversations_stand_under_their_days() -> None:
    moments = (
        "2024-03-15T10:00:00+00:00",
        "2024-03-14T23:00:00+00:00",
        "2024-03-10T10:00:00+00:00",
        "2023-12-01T10:00:00+00:00",
    )
    shown = visible_text(render_conversation_list([make_entry(n, each) for n, each in enumerate(moments)], "", "", NOW))
    assert shown == (
        "New conversation Search the conversations"
        " Today Question 0 Yesterday Question 1 This week Question 2 December 2023 Question 3"
    )
