"""Conversations, kept in the home folder: one file of JSON each.

Of articles they hold ids and places: what was quoted is looked up when a conversation is opened. What may repeat their
words (prose of a chat model, the answers of sources that disagree, questions made to stand alone) goes when they go.
"""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from uuid import uuid4

from rag.errors import ConversationError, HomeError
from rag.wire import Record

MAX_TITLE_CHARACTERS = 100
_REFERENCES = ("quotes", "citations", "considered")
"""What an exchange holds of articles: lists of records with the key `article`."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in the list; `updated` is an ISO moment in UTC."""

    name: str
    title: str
    updated: str
    questions: int


class History:
    """The conversations of one home folder. Names come from a browser: only what is there is ever opened.

    Each belongs to the one who had it, by the name of the login; without logins that is nobody, and everybody.
    Every method raises `HomeError` if the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when there is something to keep."""
        self._folder = folder
        self._lock = RLock()
        for unfinished in folder.glob("*.part"):
            unfinished.unlink()

    def list_talks(self, owner: str = "", search: str = "") -> list[Talk]:
        """Return the conversations of which title or questions have every word searched for, the latest first."""
        words = search.casefold().split()
        with self._lock:
            found = [(path.stem, _read(path)) for path in self._folder.glob("*.json")]
        talks = [
            Talk(name, record["title"], record["updated"], len(record["exchanges"]))
            for name, record in found
            if record and record["owner"] == owner and all(word in _searchable(record) for word in words)
        ]
        return sorted(talks, key=lambda talk: (talk.updated, talk.name), reverse=True)

    def read(self, name: str, owner: str = "") -> Record:
        """Return a conversation: `title`, `updated` and `exchanges`.

        Raises:
            ConversationError: there is none of this name.
        """
        with self._lock:
            record = _read(self._find(name))
        if record is None or record["owner"] != owner:
            raise ConversationError("this conversation is no longer here")
        return record

    def write(self, name: str, exchanges: Iterable[Record], owner: str = "") -> str:
        """Keep a conversation as it is now; an empty name begins a new one. Returns its name."""
        kept = list(exchanges)
        with self._lock:
            old = _read(self._find(name)) if name else None
            name = name if old else uuid4().hex
            title = old["title"] if old else make_title(kept[0]["question"])
            self._save(name, {"title": title, "owner": owner, "updated": _now(), "exchanges": kept})
        return name

    def rename(self, name: str, title: str, owner: str = "") -> None:
        """Give a conversation another title; an empty one changes nothing.

        Raises:
            ConversationError: there is none of this name.
        """
        with self._lock:
            record = self.read(name, owner)
            self._save(name, record | {"title": make_title(title) or record["title"]})

    def delete(self, name: str, owner: str = "") -> None:
        """Delete a conversation.

        Raises:
            ConversationError: there is none of this name.
        """
        with self._lock:
            self.read(name, owner)
            self._find(name).unlink()

    def forget(self, article_ids: Collection[str]) -> None:
        """Leave nothing of these articles in any conversation but how many quotes were lost."""
        gone = set(article_ids)
        with self._lock:
            for path in self._folder.glob("*.json"):
                record = _read(path)
                if record and gone & set(_list_articles(record)):
                    exchanges = [scrub_exchange(exchange, gone) for exchange in record["exchanges"]]
                    self._save(path.stem, record | {"exchanges": exchanges})

    def _find(self, name: str) -> Path:
        return self._folder / (f"{name}.json" if re.fullmatch("[0-9a-f]{32}", name) else "none")

    def _save(self, name: str, record: Record) -> None:
        part = self._folder / f"{name}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
            part.replace(self._find(name))
        except OSError as error:
            raise HomeError(f"conversations cannot be kept in {self._folder} ({error.strerror})") from error


def make_title(text: str) -> str:
    """Return the text as a title: one line, cut at a word."""
    title = " ".join(text.split())
    if len(title) <= MAX_TITLE_CHARACTERS:
        return title
    return title[:MAX_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def scrub_exchange(exchange: Record, gone: Collection[str]) -> Record:
    """Return the exchange of a conversation that knows these articles, without them.

    Quotes keep their places, as null, so that what counts on positions stays right. Prose over lost quotes goes, and so
    does a question that was made to stand alone, which may name what only the article said.
    """
    scrubbed = exchange | {"searched_for": ""}
    for name in _REFERENCES:
        scrubbed[name] = [
            None if reference and reference["article"] in gone else reference for reference in exchange.get(name, [])
        ]
    if scrubbed["quotes"] != exchange.get("quotes", []):
        scrubbed |= {"claims": [], "sides": []}
    return scrubbed


def _list_articles(record: Record) -> Iterable[str]:
    return (
        reference["article"]
        for exchange in record["exchanges"]
        for name in _REFERENCES
        for reference in exchange.get(name, [])
        if reference
    )


def _read(path: Path) -> Record | None:
    """Return the conversation in a file; None where there is none, or it is none of ours."""
    try:
        record = json.loads(path.read_text("utf-8"))
        return record if {"title", "owner", "updated", "exchanges"} <= record.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def _searchable(record: Record) -> str:
    return "\n".join([record["title"], *(exchange["question"] for exchange in record["exchanges"])]).casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
