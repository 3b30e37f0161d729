"""The chat page: which component does what. How it looks is in `chat.css`, what it says in `templates/`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr

from corpus.calendar import read_day
from rag.answer import Answer
from rag.asking.chatbot import Chatbot
from rag.errors import USER_ERRORS, QuestionError, UnknownArticleError
from rag.library.library import Library
from rag.library.scope import count_values, keep_known, read_collection
from rag.question import EVERYTHING, MAX_CHARACTERS, Question, Scope
from rag.web.chat.conversations import Talks
from rag.web.chat.exchange import Exchange, list_turns
from rag.web.chat.saved_cases import CONFIRMED, Verdict, make_case
from rag.web.chat.session import Visit
from rag.web.chat.streaming import Asking
from rag.web.chat.suggestions import suggest_questions
from rag.web.chat.view import render_article, render_composer, render_conversation
from rag.web.element import make_element
from rag.web.render import render, render_problem
from rag.wire import Record

EXAMPLES = (
    "What did Russia demand?",
    "Who handed over the US reply in Moscow?",
    "How long did the Normandy-format talks in Paris last?",
    "When was the James Webb Space Telescope launched?",
    "By how much did the Fed raise rates in June 2022?",
)
STARTER_TOPICS = {"Russia and NATO", "James Webb telescope", "Interest rates"}
FAILED = "The answer failed for a reason that is not the question's; the log of the server says more. Ask again."

Shown = tuple[Any, Any]
"""The conversation, and the list of those that are kept; `gr.skip()` for what stays as it is."""
SaveCase = Callable[[Record], None]
"""Keeps a line of a case file."""

PATIENCE = 1.0
"""Seconds that further questions wait while those of another answer are looked for; after that there are none."""
_SCRIPT = Path(__file__).with_name("chat.js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_WATCHED: dict[str, Any] = _PRIVATE | {"concurrency_limit": 16, "trigger_mode": "multiple"}
"""For answers: one visitor's does not keep another's waiting, nor an earlier one the next question."""
_LOG = logging.getLogger(__name__)


class ChatPage:
    """The page's handlers: each takes what the browser sent and returns what the components show."""

    name = "chat"
    label = "Chat"

    def __init__(self, chatbot: Chatbot, library: Library, save_case: SaveCase | None = None) -> None:
        """Answer with `chatbot`; show articles of `library`; judged answers go to `save_case`."""
        self._chatbot = chatbot
        self._library = library
        self._save_case = save_case
        self._talks = Talks(library, self._show)
        self._spare = Lock()

    def open(self, request: gr.Request) -> tuple[Visit, str, str, str]:
        """Return visit, conversation, question box and list of conversations of a page just opened."""
        visit = Visit(request.username or "")
        return visit, self._show(visit), self._show_box(visit), self._talks.list(visit)

    def refresh(self, visit: Visit | None) -> tuple[Any, Any]:
        """Return conversation and question box as the collection is now: articles may be new, or gone."""
        if visit is None or visit.is_busy:
            return gr.skip(), gr.skip()
        visit.scope = keep_known(self._library.catalog, visit.scope)
        self._talks.refresh(visit)
        return self._show(visit), self._show_box(visit)

    def ask(self, visit: Visit, event: gr.EventData) -> Iterator[Shown]:
        """Show the question, then its answer as it grows; it takes the place of the one that was edited."""
        number = int(event.exchange) if event.exchange else None
        yield from self._answer(visit, Exchange(str(event.question), scope=visit.scope), number)

    def ask_again(self, visit: Visit, event: gr.EventData) -> Iterator[Shown]:
        """Ask a question anew, within the scope that it had."""
        number = int(event.exchange)
        exchange = visit.find(number)
        if exchange is None:  # Gradio would empty what a handler yields nothing for
            yield self._show(visit), gr.skip()
            return
        is_last = number + 1 == len(visit.conversation)
        yield from self._answer(visit, Exchange(exchange.question, scope=exchange.scope), number if is_last else None)

    def ask_everywhere(self, visit: Visit, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Ask a question of all articles; yields (conversation, list of conversations, question box)."""
        number = int(event.exchange)
        exchange = visit.find(number)
        if exchange is None:
            yield self._show(visit), gr.skip(), gr.skip()
            return
        visit.scope = EVERYTHING
        for shown in self._answer(visit, Exchange(exchange.question), number):
            yield *shown, self._show_box(visit)

    def stop(self, visit: Visit) -> Shown:
        """Stop the answer under way."""
        visit.stop()
        return self._show(visit), self._talks.keep(visit)

    def filter(self, visit: Visit, event: gr.EventData) -> str:
        """Ask only of some articles from now on; returns the question box."""
        since, until = _read_day(event.since), _read_day(event.until)
        if since and until and since > until:
            since, until = until, since
        scope = Scope(frozenset(map(str, event.outlets)), frozenset(map(str, event.topics)), since, until)
        visit.limit(keep_known(self._library.catalog, scope), int(event.change))
        return self._show_box(visit)

    def open_article(self, visit: Visit, event: gr.EventData) -> str:
        """Return the article that was chosen, with the answer's quotes from it marked."""
        exchange = visit.find(int(event.exchange))
        quotes = exchange.answer.quotes if exchange and exchange.answer else ()
        try:
            article = self._library.read(str(event.article))
        except UnknownArticleError:
            return render_problem("This article has been removed from the library.")
        return render_article(article, quotes, (int(event.start), int(event.end)), date.today())

    def judge(self, visit: Visit, event: gr.EventData) -> str:
        """Save an answer as a case, and say so."""
        number, verdict = int(event.exchange), Verdict(event.verdict)
        exchange = visit.find(number)
        if self._save_case and exchange and exchange.answer and not exchange.saved:
            try:
                self._save_case(make_case(exchange.answer, verdict))
            except OSError as error:
                raise gr.Error(f"The case could not be saved: {error.strerror}") from error
            visit.mark(number, saved=CONFIRMED[verdict])
            self._talks.keep(visit)
        return self._show(visit)

    def _answer(self, visit: Visit, exchange: Exchange, number: int | None) -> Iterator[Shown]:
        """Yield the conversation as the answer to its last question grows, and then the list that keeps it."""
        number = visit.begin(exchange, number)
        yield self._show(visit), gr.skip()
        try:
            question = Question(exchange.question, list_turns(visit.conversation[:number]), exchange.scope)
        except QuestionError as error:
            visit.mark(number, question=exchange.question[:MAX_CHARACTERS], problem=str(error), is_open=False)
            yield self._show(visit), gr.skip()
            return
        asking = Asking(self._chatbot.stream(question))
        try:
            for _ in visit.follow(number, asking):
                yield self._show(visit), gr.skip()
        except USER_ERRORS as error:
            visit.change(number, asking, problem=str(error))
        except Exception:  # the models and the index are others' code: the page stays usable, and the log tells
            _LOG.exception("no answer to %r", exchange.question)
            visit.change(number, asking, problem=FAILED)
        searched = read_collection(self._library.catalog, exchange.scope)
        whole = visit.change(number, asking, is_open=False, searched=searched)
        if whole is not None:
            yield self._show(visit), self._talks.keep(visit)
            yield from self._suggest(visit, number, asking, whole)
        # Gradio sends what was yielded last once more at the end: that must not be older than what `stop` showed
        yield self._show(visit), gr.skip()

    def _suggest(self, visit: Visit, number: int, asking: Asking, exchange: Exchange) -> Iterator[Shown]:
        """Yield the conversation with further questions, unless those of others keep the reader busy."""
        if exchange.answer is None or not self._spare.acquire(timeout=PATIENCE):
            return
        try:
            found = exchange.suggestions
            for question in suggest_questions(exchange.answer, partial(self._ask_for_quotes, exchange.scope)):
                found = (*found, question)
                if visit.change(number, asking, suggestions=found) is None:
                    return
                yield self._show(visit), gr.skip()
        except USER_ERRORS:
            _LOG.exception("no suggestions for %r", exchange.question)
        finally:
            self._spare.release()

    def _ask_for_quotes(self, scope: Scope, question: str) -> Answer:
        """Answer without a chat model: the first version of an answer is in quotes."""
        with closing(self._chatbot.stream(Question(question, scope=scope))) as answers:
            return next(answers)

    def _show(self, visit: Visit) -> str:
        catalog = self._library.catalog
        is_starter = not visit.conversation and count_values(catalog, "topic").keys() >= STARTER_TOPICS
        return render_conversation(
            visit.conversation,
            EXAMPLES if is_starter else (),
            can_save=self._save_case is not None,
            is_empty=not visit.conversation and not catalog.count_passages(),
        )

    def _show_box(self, visit: Visit) -> str:
        catalog = self._library.catalog
        return render_composer(visit.scope, count_values(catalog, "outlet"), count_values(catalog, "topic"))

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        visit = gr.State()
        with gr.Row(elem_id="dl-main"):
            talks = self._talks.build()
            with gr.Column(elem_id="dl-chat"):
                exchanges = make_element("dl-exchanges", _SCRIPT, html=render("opening.html"))
                box = make_element("dl-box", _SCRIPT)
            side = make_element("dl-sources", _SCRIPT)
        self._talks.connect(talks, visit, exchanges, side)
        app.load(self.open, None, [visit, exchanges, box, talks], **_PRIVATE)
        header.change(self.refresh, visit, [exchanges, box], **_PRIVATE)
        for part in (box, exchanges):
            part.submit(self.ask, visit, [exchanges, talks], **_WATCHED)
        exchanges.retry(self.ask_again, visit, [exchanges, talks], **_WATCHED)
        exchanges.expand(self.ask_everywhere, visit, [exchanges, talks, box], **_WATCHED)
        exchanges.apply(self.judge, visit, exchanges, **_PRIVATE)
        exchanges.select(self.open_article, visit, side, **_PRIVATE)
        exchanges.change(None, js="() => dateline.follow()", **_PRIVATE)
        box.stop(self.stop, visit, [exchanges, talks], **_WATCHED)
        box.input(self.filter, visit, box, **_PRIVATE, trigger_mode="multiple")
        box.change(None, js="() => dateline.settleBox()", **_PRIVATE)
        side.clear(lambda: "", None, side, **_PRIVATE)
        side.change(None, js="() => dateline.settle()", **_PRIVATE)


def _read_day(value: object) -> date | None:
    try:
        return read_day(str(value or ""))
    except ValueError:
        return None
