"""The conversations beside the chat: opened, searched, renamed, taken along and deleted."""

import json
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.utils import get_upload_folder

from rag.errors import ConversationError, DatelineError
from rag.library.conversations import History, Talk
from rag.library.library import Library
from rag.web.chat.export import write_conversation
from rag.web.chat.session import Visit
from rag.web.chat.stored import exchange_record, read_conversation
from rag.web.element import make_element
from rag.web.render import render
from rag.wire import Record, answer_record

MAX_SHOWN = 200

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class Talks:
    """The handlers: each takes what the browser sent and the visitor's chat, and returns what the components show."""

    def __init__(self, library: Library, show: Callable[[Visit], str]) -> None:
        """List what `library` keeps; `show` renders a conversation."""
        self._library = library
        self._history: History = library.history
        self._show = show

    def keep(self, visit: Visit) -> str:
        """Keep the conversation as it is now; returns the list."""
        if any(exchange.answer for exchange in visit.conversation):
            try:
                records = map(exchange_record, visit.conversation)
                visit.talk = self._history.write(visit.talk, records, visit.owner)
            except DatelineError as error:
                gr.Warning(str(error))
        return self.list(visit)

    def list(self, visit: Visit) -> str:
        """Return the list of conversations."""
        talks = self._history.list_talks(visit.owner, visit.search)[:MAX_SHOWN]
        return render_history(talks, visit.talk, visit.search, datetime.now().astimezone())

    def begin(self, visit: Visit) -> tuple[str, str]:
        """Begin a new conversation; returns (conversation, list)."""
        visit.open("", ())
        return self._show(visit), self.list(visit)

    def open(self, visit: Visit, event: gr.EventData) -> tuple[str, str]:
        """Go on with another conversation; returns (conversation, list)."""
        self._open(visit, str(event.talk))
        return self._show(visit), self.list(visit)

    def refresh(self, visit: Visit) -> None:
        """Read the conversation again, since articles may have been removed."""
        if visit.talk and not visit.is_busy:
            self._open(visit, visit.talk)

    def search(self, visit: Visit, event: gr.EventData) -> str:
        """Return the conversations searched for."""
        visit.search = str(event.search)
        return self.list(visit)

    def rename(self, visit: Visit, event: gr.EventData) -> str:
        """Give a conversation another title; returns the list."""
        try:
            self._history.rename(str(event.talk), str(event.title), visit.owner)
        except DatelineError as error:
            gr.Warning(str(error))
        return self.list(visit)

    def delete(self, visit: Visit, event: gr.EventData) -> tuple[str, str]:
        """Delete a conversation, and begin a new one if it was open; returns (conversation, list)."""
        name = str(event.talk)
        try:
            self._history.delete(name, visit.owner)
        except ConversationError as error:
            gr.Warning(str(error))
        if visit.talk == name:
            visit.open("", ())
        return self._show(visit), self.list(visit)

    def write_download(self, visit: Visit, event: gr.EventData) -> str:
        """Write a conversation into a file that Gradio may hand out and deletes later; returns its path."""
        kept = self._history.read(str(event.talk), visit.owner)
        text = write_export(kept, self._library) if event.format == "json" else self._write_markdown(kept)
        path = Path(get_upload_folder()) / uuid4().hex / f"conversation.{'json' if event.format == 'json' else 'md'}"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        return str(path)

    def build(self) -> gr.HTML:
        """Put the list in place."""
        return make_element("dl-history", _SCRIPT)

    def connect(self, part: gr.HTML, visit: gr.State, exchanges: gr.HTML, side: gr.HTML) -> None:
        """Connect the list with the conversation that it changes."""
        download = gr.DownloadButton(visible="hidden", elem_id="dl-download-talk")
        for listen, handler in ((part.clear, self.begin), (part.select, self.open), (part.delete, self.delete)):
            listen(handler, visit, [exchanges, part], **_PRIVATE).then(lambda: "", None, side, **_PRIVATE)
        part.input(self.search, visit, part, **_PRIVATE)
        part.submit(self.rename, visit, part, **_PRIVATE)
        part.download(self.write_download, visit, download, **_PRIVATE)
        part.change(None, js="() => dateline.settleTalks()", **_PRIVATE)
        download.change(None, js="() => dateline.download('#dl-download-talk')", **_PRIVATE)

    def _open(self, visit: Visit, name: str) -> None:
        try:
            kept = self._history.read(name, visit.owner)
        except ConversationError as error:
            gr.Warning(str(error))
            return
        visit.open(name, read_conversation(kept, self._library.catalog))

    def _write_markdown(self, kept: Record) -> str:
        return write_conversation(kept["title"], read_conversation(kept, self._library.catalog))


def write_export(kept: Record, library: Library) -> str:
    """Return a conversation as JSON: its title, and each question with what `ask --json` prints of its answer."""
    exchanges = read_conversation(kept, library.catalog)
    record = {
        "title": kept["title"],
        "updated": kept["updated"],
        "exchanges": [
            answer_record(exchange.answer) if exchange.answer else {"question": exchange.question}
            for exchange in exchanges
        ],
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def render_history(talks: list[Talk], opened: str, search: str, now: datetime) -> str:
    """Return the conversations under the days when they were last gone on with."""
    groups = [(label, list(group)) for label, group in groupby(talks, lambda talk: _name_day(talk.updated, now))]
    return render("chat/history.html", talks=talks, groups=groups, opened=opened, search=search)


def _name_day(moment: str, now: datetime) -> str:
    updated = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    days = (now.date() - updated.date()).days
    if days < 7:
        return ("Today", "Yesterday")[max(0, days)] if days < 2 else "This week"
    return f"{updated:%B %Y}"
