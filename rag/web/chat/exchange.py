"""What a conversation on the page is made of."""

from dataclasses import dataclass

from corpus.article import Offsets
from rag.answer import Answer, Quote
from rag.library.records import Collection
from rag.question import EVERYTHING, Scope, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as typed, and its answer, or the problem with it, or neither while it is being read.

    An answer may be there and still grow while `is_open`; `is_stopped` says that the visitor stopped it. `searched` is
    the collection within `scope` that it was asked of, and `suggestions` are questions that its articles answer.
    `lost` counts quotes of articles that were removed since. `saved` says so once it was saved as a case.
    """

    question: str
    answer: Answer | None = None
    problem: str = ""
    saved: str = ""
    scope: Scope = EVERYTHING
    searched: Collection | None = None
    suggestions: tuple[str, ...] = ()
    lost: int = 0
    is_open: bool = False
    is_stopped: bool = False


LOST = "The article behind this answer has been removed."

Conversation = tuple[Exchange, ...]
"""Oldest first."""


def list_turns(conversation: Conversation) -> tuple[Turn, ...]:
    """Return the answered exchanges as the history of the next question."""
    return tuple(exchange.answer.turn for exchange in conversation if exchange.answer)


def find_span(answer: Answer, quote: Quote) -> Offsets | None:
    """Return where the short answer stands in a quote; it is looked for where that was not recorded."""
    if quote.span or not answer.answer_span:
        return quote.span
    start = quote.text.find(answer.answer_span)
    return (start, start + len(answer.answer_span)) if start >= 0 else None
