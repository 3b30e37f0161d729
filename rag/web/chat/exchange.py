"""A conversation on the page, and its exchanges."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Offsets
from rag.answer import Answer, Quote
from rag.library.records import Collection
from rag.question import EVERYTHING, Kind, Scope, Turn


class Opinion(StrEnum):
    """What a visitor says of an answer."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An opinion that was saved as the case `case`: `Judgement("chat-1f", Opinion.WRONG)`.

    `is_settled`, of a wrong answer: whether it was said what would be right.
    """

    case: str
    opinion: Opinion
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, and its answer or the problem with it: `Exchange("Who won?", answer)`.

    Attributes:
        question: The question as the visitor typed it.
        answer: The answer, which may still grow while `is_open`; None while there is none.
        problem: Why the question cannot be answered.
        judgement: What the visitor said of the answer, which is saved as a case.
        scope: The filters that were in force.
        searched: The collection within `scope` that was asked.
        suggestions: Further questions that the cited articles answer.
        lost: How many quotes were of articles that have been removed since.
        is_open: Whether the answer is under way.
        is_stopped: Whether the visitor stopped the answer.
    """

    question: str
    answer: Answer | None = None
    problem: str = ""
    judgement: Judgement | None = None
    scope: Scope = EVERYTHING
    searched: Collection | None = None
    suggestions: tuple[str, ...] = ()
    lost: int = 0
    is_open: bool = False
    is_stopped: bool = False


LOST = "The article behind this answer has been removed."

Conversation = tuple[Exchange, ...]
"""Oldest first."""


def name_question(answer: Answer) -> str:
    """Return the question of an answer as it stands alone."""
    return answer.searched_for or answer.question


def list_turns(conversation: Conversation) -> tuple[Turn, ...]:
    """Return the answered exchanges as the turns before the next question."""
    return tuple(exchange.answer.turn for exchange in conversation if exchange.answer)


def find_span(answer: Answer, quote: Quote) -> Offsets | None:
    """Return where the short answer stands in a quote; without a recorded span, search for it."""
    if quote.span or not answer.answer_span or answer.kind is Kind.YES_NO:
        return quote.span
    start = quote.text.find(answer.answer_span)
    return (start, start + len(answer.answer_span)) if start >= 0 else None
