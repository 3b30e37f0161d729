"""The list of kept conversations: it opens, searches, renames, downloads and deletes them."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path

import gradio as gr

from rag.errors import ConversationError, DatelineError
from rag.library.conversations import Conversations, ConversationSummary
from rag.library.library import Library
from rag.web.chat.export import write_conversation
from rag.web.chat.session import Session
from rag.web.chat.stored import exchange_record, read_conversation
from rag.web.element import ARRIVE, PRIVATE, in_turn, make_download, make_element, report_errors
from rag.web.render import render
from rag.wire import Record, describe_answer, to_json

MAX_SHOWN = 200
"""Conversations that the list shows; a search finds the earlier ones."""

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


class ConversationList:
    """The list's handlers: each takes the browser's event and the session, and returns what the components show.

    Example:
        conversations = ConversationList(library, lambda session: render_conversation(session.conversation, ()))
        shown = conversations.list(session)
    """

    def __init__(self, library: Library, show: Callable[[Session], str]) -> None:
        """List the conversations that `library` keeps; `show` renders the one that is open."""
        self._library = library
        self._store: Conversations = library.conversations
        self._show = show

    def keep(self, session: Session) -> str:
        """Keep the conversation as it is now; returns the list.

        Where another tab went on with it meanwhile, it is kept beside that one, so that neither loses an answer.
        """
        if any(exchange.answer or exchange.is_stopped for exchange in session.conversation):
            try:
                self._write(session)
            except DatelineError as error:
                gr.Warning(str(error))
        return self.list(session)

    def list(self, session: Session) -> str:
        """Return the list of conversations."""
        found = self._store.list_summaries(session.owner, session.search)
        return render_conversation_list(found, session.conversation_id, session.search, datetime.now().astimezone())

    def begin(self, session: Session) -> tuple[str, str, str]:
        """Begin a new conversation; returns (conversation, list, no article beside it)."""
        self._leave(session)
        session.open("", ())
        return self._show(session), self.list(session), ""

    def open(self, session: Session, event: gr.EventData) -> tuple[str, str, str]:
        """Open another conversation; returns (conversation, list, no article beside it)."""
        self._leave(session)
        self._open(session, str(event.conversation))
        return self._show(session), self.list(session), ""

    def refresh(self, session: Session) -> None:
        """Read the open conversation again: articles may have been removed."""
        if session.conversation_id and not session.is_busy:
            self._open(session, session.conversation_id)

    def search(self, session: Session, event: gr.EventData) -> str:
        """Return the conversations that have the words of the search."""
        session.search = str(event.search)
        return self.list(session)

    def rename(self, session: Session, event: gr.EventData) -> str:
        """Give a conversation another title; returns the list."""
        try:
            self._store.rename(str(event.conversation), str(event.title), session.owner)
        except DatelineError as error:
            gr.Warning(str(error))
        return self.list(session)

    def delete(self, session: Session, event: gr.EventData) -> tuple[str, str, str]:
        """Delete a conversation, and begin a new one if it was open; returns (conversation, list, no article)."""
        name = str(event.conversation)
        with suppress(ConversationError):  # one that is gone already was clicked twice, or deleted in another tab
            self._store.delete(name, session.owner)
        if session.conversation_id == name:
            session.open("", ())
        return self._show(session), self.list(session), ""

    @report_errors
    def write_download(self, session: Session, event: gr.EventData) -> str:
        """Write a conversation into a file to download; returns its path."""
        kept = self._store.read(str(event.conversation), session.owner)
        is_json = event.format == "json"
        path = make_download(f"conversation.{'json' if is_json else 'md'}")
        path.write_text(write_export(kept, self._library) if is_json else self._write_markdown(kept), "utf-8")
        return str(path)

    def build(self) -> gr.HTML:
        """Put the list in place."""
        return make_element("dl-conversations", _SCRIPT)

    def connect(self, part: gr.HTML, session: gr.State, exchanges: gr.HTML, side: gr.HTML) -> None:
        """Connect the list with the conversation in `exchanges` and the article in `side`."""
        download = gr.DownloadButton(visible="hidden", elem_id="dl-download-conversation")
        for listen, handler in ((part.clear, self.begin), (part.select, self.open), (part.delete, self.delete)):
            listen(handler, session, [exchanges, part, side], **in_turn("chat")).then(None, js=ARRIVE, **PRIVATE)
        part.input(self.search, session, part, **in_turn("chat"))
        part.submit(self.rename, session, part, **in_turn("chat"))
        part.download(self.write_download, session, download, **PRIVATE)
        part.change(None, js="() => dateline.settle()", **PRIVATE)
        download.change(None, js="() => dateline.download('#dl-download-conversation')", **PRIVATE)

    def _write(self, session: Session) -> None:
        with session.keeping:
            known, updated = session.conversation_id, ""
            with suppress(ConversationError):
                updated = self._store.read(known, session.owner)["updated"]
            records = map(exchange_record, session.conversation)
            name = self._store.write(known if updated == session.updated else "", records, session.owner)
            session.conversation_id, session.updated = name, self._store.read(name, session.owner)["updated"]

    def _leave(self, session: Session) -> None:
        """Stop the answer under way, and keep its question and what has arrived of it."""
        if session.is_busy:
            session.stop()
            self.keep(session)

    def _open(self, session: Session, name: str) -> None:
        try:
            kept = self._store.read(name, session.owner)
            session.open(name, read_conversation(kept, self._library.catalog), kept["updated"])
        except ConversationError as error:
            gr.Warning(str(error))

    def _write_markdown(self, kept: Record) -> str:
        return write_conversation(kept["title"], read_conversation(kept, self._library.catalog))


def write_export(kept: Record, library: Library) -> str:
    """Return a conversation as JSON: its title, and each question with its answer as `ask --json` prints it."""
    exchanges = read_conversation(kept, library.catalog)
    record = {
        "title": kept["title"],
        "updated": kept["updated"],
        "exchanges": [
            to_json(describe_answer(exchange.answer)) if exchange.answer else {"question": exchange.question}
            for exchange in exchanges
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def render_conversation_list(found: Sequence[ConversationSummary], opened: str, search: str, now: datetime) -> str:
    """Return the conversations, grouped by the day of their last question.

    Args:
        found: The conversations, the latest first; the page shows at most `MAX_SHOWN`.
        opened: The name of the open conversation.
        search: The words of the search.
        now: The present moment, in the time zone of the visitor.
    """
    conversations = found[:MAX_SHOWN]
    days = groupby(conversations, lambda conversation: _name_day(conversation.updated, now))
    return render(
        "chat/conversation_list.html",
        groups=[(label, list(group)) for label, group in days],
        hidden=len(found) - len(conversations),
        opened=opened,
        search=search,
    )


def _name_day(moment: str, now: datetime) -> str:
    updated = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    days = (now.date() - updated.date()).days
    if days < 7:
        return ("Today", "Yesterday")[max(0, days)] if days < 2 else "This week"
    return f"{updated:%B %Y}"
