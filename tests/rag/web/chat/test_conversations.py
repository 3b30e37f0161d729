"""The list of conversations: it counts those that it does not show, and names those that cannot be read."""

from datetime import UTC, datetime

import pytest

from rag.library.conversations import ConversationSummary
from rag.web.chat.conversations import MAX_SHOWN, render_conversation_list
from tests.rag.web.markup import visible_text

NOW = datetime(2024, 3, 15, 12, tzinfo=UTC)


def make_entry(number: int, moment: str = "2024-03-15T10:00:00+00:00") -> ConversationSummary:
    return ConversationSummary(f"{number:032x}", f"Question {number}", moment, 1)


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


def test_a_conversation_that_cannot_be_read_is_named_and_cannot_be_opened() -> None:
    problem = "conversations/b.json in the home folder cannot be read (Invalid JSON)"
    broken = ConversationSummary("b", "b.json", "2024-03-15T10:00:00+00:00", 0, problem)
    shown = render_conversation_list([make_entry(7), broken], "b", "", NOW)
    assert f"{problem}." in visible_text(shown)
    assert f'data-conversation="{7:032x}"' in shown
    assert 'data-conversation="b"' not in shown
