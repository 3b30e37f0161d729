"""What visitors say of answers, right or wrong and what would be right, kept as cases for an evaluation."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol
from uuid import uuid4

import gradio as gr

from rag.answer import Answer
from rag.evaluation.case_files import SEPARATOR
from rag.web.chat.exchange import Judgement, Opinion, name_question
from rag.web.chat.session import Session
from rag.web.element import EACH
from rag.wire import Record


class SavedCases(Protocol):
    """Where the cases of the chat are kept: `rag.web.evaluation.case_sets.CaseSets` does."""

    def save_case(self, record: Record) -> None:
        """Save a line of a case file, in the place of the one with the same id if there is one."""

    def drop_case(self, id: str) -> None:
        """Delete the case with this id, if it is there."""


class Judging:
    """The handler of the buttons "Right" and "Wrong" under an answer, and of what comes after them.

    Example:
        Judging(case_sets, show=lambda session: render_conversation(session.conversation, ()), keep=conversations.keep)
    """

    def __init__(self, saved: SavedCases, *, show: Callable[[Session], str], keep: Callable[[Session], object]) -> None:
        """Keep cases in `saved`; `show` renders a session's conversation, and `keep` stores it."""
        self._saved = saved
        self._show = show
        self._keep = keep

    def judge(self, session: Session, event: gr.EventData) -> str:
        """Save an opinion of an answer as a case, complete it, or take it back; returns the conversation."""
        number = int(event.exchange)
        exchange = session.find(number)
        if exchange is None or exchange.answer is None:
            return self._show(session)
        expected = getattr(event, "expected", None)
        try:
            if event.opinion == "none":
                self._take_back(exchange.judgement)
                judgement = None
            else:
                judgement = self._save(exchange.answer, exchange.judgement, Opinion(event.opinion), expected)
        except OSError as error:
            raise gr.Error(f"The case could not be saved: {error.strerror}") from error
        session.update(number, judgement=judgement)
        self._keep(session)
        return self._show(session)

    def connect(self, exchanges: gr.HTML, session: gr.State) -> None:
        """Connect the buttons in the conversation."""
        exchanges.apply(self.judge, session, exchanges, **EACH)

    def _save(self, answer: Answer, known: Judgement | None, opinion: Opinion, expected: str | None) -> Judgement:
        judgement = replace(
            known or Judgement(f"chat-{uuid4().hex[:12]}", opinion), opinion=opinion, is_settled=expected is not None
        )
        self._saved.save_case(make_case(answer, judgement, expected))
        return judgement

    def _take_back(self, judgement: Judgement | None) -> None:
        if judgement:
            self._saved.drop_case(judgement.case)


def make_case(answer: Answer, judgement: Judgement, expected: str | None = None) -> Record:
    """Return a line of a case file, of the question as it stood alone.

    Args:
        answer: What was judged.
        judgement: Whether it is right; if so, it is the gold: its short answer, or that the articles do not say.
        expected: Of a wrong one, what would be right, several parted by " | "; empty if the articles do not say; None
            if that is not known.
    """
    record: Record = {"id": judgement.case, "question": name_question(answer)}
    if judgement.opinion is Opinion.WRONG:
        gold = {} if expected is None else {"answers": [each for each in SEPARATOR.split(expected.strip()) if each]}
        return record | {"note": "wrong"} | gold
    if answer.is_reply:
        return record | {"kind": answer.kind.value}
    if not answer.is_found:
        return record | {"answers": []}
    quote = answer.quotes[answer.main]
    return record | {
        "answers": [answer.answer_span or quote.text],
        "article": quote.article_id,
        "evidence": [quote.text],
    }
