"""The chat page: which component does what. How it looks is in `theme.css`, what it says in `templates/`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chatbot import Chatbot
from rag.errors import QuestionError, UnknownArticleError
from rag.library import Library
from rag.question import MAX_CHARACTERS, Question
from rag.web.exchange import Conversation, Exchange, latest_answer, list_turns
from rag.web.render import render_article, render_conversation, render_problem, render_sources
from rag.web.saving import CONFIRMED, Verdict, make_case
from rag.wire import Record

EXAMPLES = (
    "What did Russia demand?",
    "Who handed over the US reply in Moscow?",
    "How long did the Normandy-format talks in Paris last?",
    "When was the James Webb Space Telescope launched?",
    "By how much did the Fed raise rates in June 2022?",
)
STARTER_TOPICS = {"Russia and NATO", "James Webb telescope", "Interest rates"}

Shown = tuple[Conversation, str, str, str]
"""The conversation, its HTML, that of the sources, and the emptied question box."""

SaveCase = Callable[[Record], None]
"""Keeps a line of a case file."""

_CLICKS = Path(__file__).with_suffix(".js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class ChatPage:
    """The page's handlers: each takes what the browser sent and returns what the components show."""

    name = "chat"
    label = "Chat"

    def __init__(self, chatbot: Chatbot, library: Library, save_case: SaveCase | None = None) -> None:
        """Answer with `chatbot`; show articles of `library`; judged answers go to `save_case`."""
        self._chatbot = chatbot
        self._library = library
        self._save_case = save_case

    def open(self) -> tuple[str, str]:
        """Return conversation and sources of a page just opened."""
        return self._show(()), render_sources(None)

    def refresh(self, conversation: Conversation) -> Any:
        """Return what stands in the place of a conversation, as the collection is now; leave a conversation alone."""
        return gr.skip() if conversation else self._show(())

    def ask(self, text: str, conversation: Conversation) -> Iterator[Shown]:
        """Show the question, then its answer."""
        asked = (*conversation, Exchange(text))
        yield asked, self._show(asked), render_sources(None), ""
        answered = (*conversation, self._answer(text, conversation))
        yield answered, self._show(answered), render_sources(answered[-1].answer), ""

    def ask_example(self, conversation: Conversation, event: gr.EventData) -> Iterator[Shown]:
        """Ask the example that was chosen."""
        yield from self.ask(str(event.question), conversation)

    def open_article(self, conversation: Conversation, event: gr.EventData) -> str:
        """Return the article that was chosen, with the quotes of the conversation from it marked."""
        quotes = [quote for exchange in conversation if exchange.answer for quote in exchange.answer.quotes]
        try:
            return render_article(self._library.read(str(event.article)), quotes, (int(event.start), int(event.end)))
        except UnknownArticleError:
            return render_problem("This article has been removed from the library.")

    def show_sources(self, conversation: Conversation) -> str:
        """Return the sources of the last answer."""
        return render_sources(latest_answer(conversation))

    def judge(self, conversation: Conversation, event: gr.EventData) -> tuple[Conversation, str]:
        """Save an answer as a case, and say so; returns the conversation and its HTML."""
        number, verdict = int(event.exchange), Verdict(event.verdict)
        exchange = conversation[number]
        if self._save_case and exchange.answer and not exchange.saved:
            try:
                self._save_case(make_case(exchange.answer, verdict))
                exchange = replace(exchange, saved=CONFIRMED[verdict])
            except OSError as error:
                raise gr.Error(f"The case could not be saved: {error.strerror}") from error
        judged = (*conversation[:number], exchange, *conversation[number + 1 :])
        return judged, self._show(judged)

    def _answer(self, text: str, conversation: Conversation) -> Exchange:
        try:
            return Exchange(text, self._chatbot.invoke(Question(text, list_turns(conversation))))
        except QuestionError as error:
            return Exchange(text[:MAX_CHARACTERS], problem=str(error))

    def _show(self, conversation: Conversation) -> str:
        topics = {entry.source.topic for entry in self._library.catalog.list_entries()} if not conversation else set()
        return render_conversation(
            conversation, EXAMPLES if topics >= STARTER_TOPICS else (), can_save=self._save_case is not None
        )

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        conversation = gr.State(())
        with gr.Row(elem_id="dl-main"):
            with gr.Column(elem_id="dl-chat"):
                exchanges = gr.HTML(js_on_load=_CLICKS, elem_id="dl-exchanges")
                box = gr.Textbox(
                    placeholder="Ask a question about the articles",
                    label="Question",
                    show_label=False,
                    container=False,
                    max_lines=4,
                    submit_btn=True,
                    autofocus=True,
                    elem_id="dl-box",
                )
            with gr.Column(elem_id="dl-side"):
                side = gr.HTML(js_on_load=_CLICKS, elem_id="dl-sources")
        app.load(self.open, None, [exchanges, side], **_PRIVATE)
        header.change(self.refresh, conversation, exchanges, **_PRIVATE)
        self._connect(conversation, exchanges, box, side)

    def _connect(self, conversation: gr.State, exchanges: gr.HTML, box: gr.Textbox, side: gr.HTML) -> None:
        shown = [conversation, exchanges, side, box]
        box.submit(self.ask, [box, conversation], shown, **_PRIVATE)
        exchanges.submit(self.ask_example, conversation, shown, **_PRIVATE)
        exchanges.apply(self.judge, conversation, [conversation, exchanges], **_PRIVATE)
        exchanges.change(None, js="() => dateline.follow()", **_PRIVATE)
        for part in (exchanges, side):
            part.select(self.open_article, conversation, side, **_PRIVATE)
        side.change(None, js="() => dateline.settle()", **_PRIVATE)
        side.clear(self.show_sources, conversation, side, **_PRIVATE)
