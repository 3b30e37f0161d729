"""What a conversation on the page is made of."""

from dataclasses import dataclass

from rag.answer import Answer
from rag.question import Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as typed, and its answer, or the problem with it, or neither while it is being read.

    `saved` says so once it was saved as a case.
    """

    question: str
    answer: Answer | None = None
    problem: str = ""
    saved: str = ""


Conversation = tuple[Exchange, ...]
"""Oldest first."""


def list_turns(conversation: Conversation) -> tuple[Turn, ...]:
    """Return the answered exchanges as the history of the next question."""
    return tuple(exchange.answer.turn for exchange in conversation if exchange.answer)


def latest_answer(conversation: Conversation) -> Answer | None:
    """Return the answer that was given last."""
    return next((exchange.answer for exchange in reversed(conversation) if exchange.answer), None)
