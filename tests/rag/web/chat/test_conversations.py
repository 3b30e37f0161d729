"""The list of conversations: it counts those that it does not show, and names those that cannot be read."""

from datetime import UTC, datetime

import pytest
from gradio import EventData

from rag.library.conversations import ConversationSummary
from rag.library.library import Library
from rag.web.chat.conversations import MAX_SHOWN, ConversationList, render_conversation_list
from rag.web.chat.exchange import Exchange
from rag.web.chat.session import Session
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


def test_two_tabs_that_go_on_with_one_conversation_lose_no_question(library: Library) -> None:
    conversations, first, second = ConversationList(library, lambda session: ""), Session(), Session()
    ask(first, "Who won?")
    conversations.keep(first)
    conversations.open(second, EventData(None, {"conversation": first.conversation_id}))
    for session, question in ((first, "When?"), (second, "Where?"), (first, "Why?"), (second, "Who lost?")):
        ask(session, question)
        conversations.keep(session)
    assert [[each["question"] for each in library.conversations.read(name)["exchanges"]] for name in (
        first.conversation_id, second.conversation_id
    )] == [["Who won?", "When?", "Why?"], ["Who won?", "Where?", "Who lost?"]]  # fmt: skip


def test_a_question_whose_answer_is_under_way_is_kept_when_the_visitor_turns_away(library: Library) -> None:
    conversations, session = ConversationList(library, lambda session: ""), Session()
    session.begin(Exchange("Who won?"))
    conversations.begin(session)
    assert (session.conversation, session.conversation_id) == ((), "")
    (kept,) = library.conversations.list_summaries()
    conversations.open(session, EventData(None, {"conversation": kept.name}))
    assert session.conversation == (Exchange("Who won?", is_stopped=True),)
    for _ in range(2):  # a double click
        conversations.delete(session, EventData(None, {"conversation": kept.name}))
    assert (session.conversation_id, library.conversations.list_summaries()) == ("", [])


def ask(session: Session, question: str) -> None:
    session.begin(Exchange(question))
    session.stop()


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
