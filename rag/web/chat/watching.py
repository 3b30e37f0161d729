"""Watching the question of an answer: new articles are asked it from then on."""

from collections.abc import Callable
from contextlib import suppress

import gradio as gr

from rag.answer import Answer
from rag.errors import FollowError
from rag.following.questions import WatchedQuestion, WatchedQuestions
from rag.web.chat.exchange import name_question
from rag.web.chat.session import Session
from rag.web.element import PRIVATE, report_errors


class Watching:
    """The handler of the button "Watch" under an answer.

    Example:
        Watching(schedule.watched, show=lambda session: render_conversation(session.conversation, ()))
    """

    def __init__(self, watched: WatchedQuestions, *, show: Callable[[Session], str]) -> None:
        """Keep questions in `watched`; `show` renders a session's conversation."""
        self._watched = watched
        self._show = show

    def list_watched(self, session: Session) -> frozenset[str]:
        """Return the questions that the visitor watches; none if they cannot be read, which the page of them tells."""
        with suppress(FollowError):
            return frozenset(each.text for each in self._watched.list_questions(session.owner))
        return frozenset()

    @report_errors
    def toggle(self, session: Session, event: gr.EventData) -> str:
        """Watch the question of an exchange, or watch it no longer; returns the conversation."""
        exchange = session.find(int(event.exchange))
        if exchange and exchange.answer:
            known = self._find(session, exchange.answer)
            if known:
                self._watched.unwatch(known.id, session.owner)
            else:
                self._watched.watch(name_question(exchange.answer), session.owner, exchange.scope)
        return self._show(session)

    def connect(self, exchanges: gr.HTML, session: gr.State) -> None:
        """Connect the buttons in the conversation."""
        exchanges.like(self.toggle, session, exchanges, **PRIVATE)

    def _find(self, session: Session, answer: Answer) -> WatchedQuestion | None:
        found = self._watched.list_questions(session.owner)
        return next((each for each in found if each.text == name_question(answer)), None)
