"""The chat page: its handlers and components. Its looks are in `chat.css`, its words in `templates/`."""

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import escape

from rag.errors import USER_ERRORS, QuestionError, UnknownArticleError
from rag.following.questions import WatchedQuestions
from rag.library.library import Library
from rag.library.scope import keep_known, list_choices, list_titles, resolve_scope
from rag.question import EVERYTHING, MAX_CHARACTERS, Question, Scope
from rag.web.chat.conversations import ConversationList
from rag.web.chat.exchange import Exchange, list_turns
from rag.web.chat.first_questions import FirstQuestions
from rag.web.chat.judging import Judging, SavedCases
from rag.web.chat.session import Session
from rag.web.chat.streaming import Answering, AnswerStream
from rag.web.chat.suggestions import Suggester
from rag.web.chat.view import render_article, render_composer, render_conversation
from rag.web.chat.watching import Watching
from rag.web.element import ARRIVE, EACH, LONG_RUNNING, PRIVATE, Opening, Shown, in_turn, make_element, report_errors
from rag.web.fields import PERIODS, read_field_day
from rag.web.render import render, render_problem

FAILED = "The answer failed, though not because of the question; the log of the server says why. Ask again."

_SCRIPT = Path(__file__).with_name("chat.js").read_text("utf-8")
_ANSWERING: dict[str, Any] = EACH | {"concurrency_limit": 16}
"""Options of handlers that answer: no question waits for the answer of another visitor, or for an earlier answer."""
_LOG = logging.getLogger(__name__)


class ChatPage:
    """The page's handlers: each takes the browser's event and returns what the components show.

    Example:
        ChatPage(chatbot, library).build(app, header)
    """

    name = "chat"
    label = "Chat"

    def __init__(
        self,
        chatbot: Answering,
        library: Library,
        saved: SavedCases | None = None,
        watched: WatchedQuestions | None = None,
    ) -> None:
        """Answer with `chatbot`, and show articles of `library`.

        Judged answers are kept as cases in `saved`, and questions to be watched in `watched`, where there are these.
        """
        self._chatbot = chatbot
        self._library = library
        self._conversations = ConversationList(library, self._show)
        self._judging = Judging(saved, show=self._show, keep=self._conversations.keep) if saved else None
        self._watching = Watching(watched, show=self._show) if watched else None
        self._suggester = Suggester(chatbot)
        self._first = FirstQuestions(library.catalog, self._suggester.ask)

    def open(self, request: gr.Request) -> tuple[Session, str, str, str]:
        """Return session, conversation, question box and list of conversations of a page that was just opened."""
        session = Session(request.username or "")
        return session, self._show(session), self._show_box(session), self._conversations.list(session)

    def refresh(self, session: Session | None) -> tuple[Any, Any]:
        """Return conversation and question box after articles were added or removed."""
        if session is None or session.is_busy:
            return gr.skip(), gr.skip()
        session.keep_of_scope(partial(keep_known, self._library.catalog))
        self._conversations.refresh(session)
        return self._show(session), self._show_box(session)

    def offer(self, session: Session | None) -> Iterator[Any]:
        """Show questions to begin with, once they are found; an open conversation stays as it is."""
        yield gr.skip()
        for _ in self._first.watch():
            if session and not session.conversation:
                yield self._show(session)
        yield gr.skip()  # Gradio sends the last value again at the end, when a question may have been asked

    def ask(self, session: Session, event: gr.EventData) -> Iterator[Shown]:
        """Show the question, in the place of the one that was edited, and its answer as it grows."""
        number = int(event.exchange) if event.exchange else None
        yield from self._answer(session, Exchange(str(event.question), scope=session.scope), number)

    def ask_again(self, session: Session, event: gr.EventData) -> Iterator[Shown]:
        """Ask a question again, with the filters that it had."""
        number = int(event.exchange)
        exchange = session.find(number)
        if exchange is None:  # Gradio would empty what a handler yields nothing for
            yield self._show(session), gr.skip()
            return
        is_last = number + 1 == len(session.conversation)
        yield from self._answer(session, Exchange(exchange.question, scope=exchange.scope), number if is_last else None)

    def ask_everywhere(self, session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Ask a question of all articles; yields (conversation, list of conversations, question box)."""
        number = int(event.exchange)
        exchange = session.find(number)
        if exchange is None:
            yield self._show(session), gr.skip(), gr.skip()
            return
        session.choose(EVERYTHING)
        for shown in self._answer(session, Exchange(exchange.question), number):
            yield *shown, self._show_box(session)

    def stop(self, session: Session) -> Shown:
        """Stop the answer under way."""
        session.stop()
        conversations = self._conversations.keep(session)
        return self._show(session), conversations

    def filter(self, session: Session, event: gr.EventData) -> str:
        """Ask only some articles from now on; returns the question box."""
        since, until = read_field_day(event.since), read_field_day(event.until, is_last=True)
        unread = [text for text, day in ((event.since, since), (event.until, until)) if str(text).strip() and not day]
        if unread:
            gr.Warning(str(escape(f"“{unread[0]}” is no day: write {PERIODS}.")))
        if since and until and since > until:
            since, until = until, since
        outlets, topics, articles = (
            frozenset(map(str, getattr(event, name))) for name in ("outlets", "topics", "articles")
        )
        scope = Scope(outlets, topics, since, until, articles)
        session.limit(keep_known(self._library.catalog, scope), int(event.change))
        return self._show_box(session)

    @report_errors
    def ask_only(self, session: Session, event: gr.EventData) -> str:
        """Ask one article, or one topic, from now on; returns the question box."""
        named = frozenset([str(event.value)])
        scope = Scope(topics=named) if event.kind == "topics" else Scope(articles=named)
        session.choose(keep_known(self._library.catalog, resolve_scope(self._library.catalog, scope)))
        return self._show_box(session)

    def open_article(self, session: Session, event: gr.EventData) -> str:
        """Return the chosen article, with the answer's quotes from it highlighted."""
        number = int(event.exchange)
        exchange = session.find(number)
        quotes = exchange.answer.quotes if exchange and exchange.answer else ()
        try:
            article = self._library.read(str(event.article))
        except UnknownArticleError:
            return render_problem("This article has been removed from the library.")
        return render_article(article, quotes, (int(event.start), int(event.end)), date.today(), number)

    def _answer(self, session: Session, exchange: Exchange, number: int | None) -> Iterator[Shown]:
        """Yield the conversation as the answer to its last question grows, and then the list of conversations."""
        number = session.begin(exchange, number)
        yield self._show(session), gr.skip()
        try:
            question = Question(exchange.question, list_turns(session.conversation[:number]), exchange.scope)
        except QuestionError as error:
            session.update(number, question=exchange.question[:MAX_CHARACTERS], problem=str(error), is_open=False)
            yield self._show(session), gr.skip()
            return
        stream = AnswerStream(self._chatbot.stream(question))
        try:
            for _ in session.follow(number, stream):
                yield self._show(session), gr.skip()
        except USER_ERRORS as error:
            session.update_from(stream, number, problem=str(error))
        except Exception:  # a fault of a model or an index: the page stays usable, and the log says what happened
            _LOG.exception("no answer to a question")
            session.update_from(stream, number, problem=FAILED)
        searched = self._library.catalog.read_collection(exchange.scope)
        answered = session.update_from(stream, number, is_open=False, searched=searched)
        if answered is not None:
            conversations = self._conversations.keep(session)  # first, for it names the conversation
            yield self._show(session), conversations
            yield from self._suggest(session, number, stream, answered)
        yield self._show(session), gr.skip()
        yield gr.skip(), gr.skip()  # Gradio sends the last value again at the end, when more was clicked already

    def _suggest(self, session: Session, number: int, stream: AnswerStream, exchange: Exchange) -> Iterator[Shown]:
        """Yield the conversation with each further question that is found."""
        found = exchange.suggestions
        if exchange.answer is None:
            return
        with closing(self._suggester.suggest(exchange.answer, exchange.scope)) as questions:
            for question in questions:
                found = (*found, question)
                if session.update_from(stream, number, suggestions=found) is None:
                    return
                yield self._show(session), gr.skip()

    def _show(self, session: Session) -> str:
        catalog = self._library.catalog
        return render_conversation(
            session.conversation,
            () if session.conversation else self._first.list_known(),
            name=session.conversation_id,
            titles=list_titles(catalog, (exchange.scope for exchange in session.conversation)),
            can_save=self._judging is not None,
            watched=self._watching.list_watched(session) if self._watching else None,
            is_empty=not session.conversation and not catalog.count_passages(),
        )

    def _show_box(self, session: Session) -> str:
        catalog = self._library.catalog
        titles = list_titles(catalog, [session.scope])
        outlets, topics = (list_choices(catalog, column) for column in ("outlet", "topic"))
        return render_composer(session.scope, outlets, topics, titles, session.filter_number)

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        session = gr.State()
        with gr.Row(elem_id="dl-main"):
            conversations = self._conversations.build()
            with gr.Column(elem_id="dl-chat"):
                exchanges = make_element("dl-exchanges", _SCRIPT, html=render("opening.html"))
                box = make_element("dl-box", _SCRIPT, html=self._show_box(Session()))  # can be typed in at once
            side = make_element("dl-sources", _SCRIPT)
        self._conversations.connect(conversations, session, exchanges, side)
        opened = opening(self.open, None, [session, exchanges, box, conversations], **PRIVATE)
        changed = header.change(self.refresh, session, [exchanges, box], **PRIVATE)
        for event in (opened, changed):
            event.then(self.offer, session, exchanges, **LONG_RUNNING)
        for part in (box, exchanges):
            part.submit(self.ask, session, [exchanges, conversations], **_ANSWERING)
        exchanges.retry(self.ask_again, session, [exchanges, conversations], **_ANSWERING)
        exchanges.expand(self.ask_everywhere, session, [exchanges, conversations, box], **_ANSWERING)
        if self._judging:
            self._judging.connect(exchanges, session)
        if self._watching:
            self._watching.connect(exchanges, session)
        exchanges.select(self.open_article, session, side, **in_turn("chat")).then(None, js=ARRIVE, **PRIVATE)
        exchanges.change(None, js="() => dateline.followAnswer()", **PRIVATE)
        box.stop(self.stop, session, [exchanges, conversations], **_ANSWERING)
        box.input(self.filter, session, box, **EACH)
        chosen = box.select(self.ask_only, session, box, **EACH)
        chosen.failure(None, js="() => dateline.keepAsked()", **PRIVATE)
        box.change(None, js="() => dateline.resetBox()", **PRIVATE)
        side.clear(lambda: "", None, side, **in_turn("chat"))
        side.change(None, js="() => dateline.showSource()", **PRIVATE)
