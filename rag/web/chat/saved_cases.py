"""Turns answers in the chat into cases for an evaluation."""

from enum import StrEnum

from rag.answer import Answer
from rag.wire import Record


class Verdict(StrEnum):
    """What the visitor says of an answer, as the page sends it: `Verdict("right")`."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"


CONFIRMED = {
    Verdict.RIGHT: "Saved as a case, with this answer as the right one.",
    Verdict.WRONG: "Saved as a case: this answer is wrong, and the right one is not known yet.",
    Verdict.OPEN: "Saved as a case: the question alone, without a right answer.",
}
"""What the page says after the case is saved."""


def make_case(answer: Answer, verdict: Verdict) -> Record:
    """Return a line of a case file.

    It states the answer only if the visitor calls it right: the shortest span, or, if nothing was found, that the
    articles do not say it.
    """
    record: Record = {"question": answer.question}
    if verdict is Verdict.WRONG:
        record["note"] = "wrong"
    if verdict is not Verdict.RIGHT or answer.is_reply:
        return record
    if not answer.is_found:
        return record | {"answers": []}
    quote = answer.quotes[answer.main]
    return record | {
        "answers": [answer.answer_span or quote.text],
        "article": quote.article_id,
        "evidence": [quote.text],
    }
