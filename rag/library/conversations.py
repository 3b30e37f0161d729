"""Conversations, kept as JSON: a file of the home folder each, or a row on the catalog's server.

Of articles they hold ids and places: what was quoted is looked up when a conversation is opened. What may repeat their
words (prose of a chat model, the answers of sources that disagree, questions made to stand alone) goes when they go.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.errors import ConversationError
from rag.library.engines.contracts import ConversationStore

Record = dict[str, Any]

MAX_TITLE_CHARACTERS = 100
_REFERENCES = ("quotes", "citations", "considered", "asked")
"""What an exchange holds of articles: lists of records with the key `article`."""


class _Reference(BaseModel):
    article: str


class _Exchange(BaseModel):
    question: str
    quotes: list[_Reference | None] = []
    citations: list[_Reference | None] = []
    considered: list[_Reference | None] = []


class _Kept(BaseModel):
    """What is relied on of a file; exchanges hold more, which only the page knows."""

    model_config = ConfigDict(strict=True)

    title: str
    owner: str
    updated: datetime
    exchanges: list[_Exchange]


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation as the list shows it; `updated` is an ISO moment, `problem` why the file cannot be read, if so."""

    name: str
    title: str
    updated: str
    questions: int
    problem: str = ""


class Conversations:
    """The conversations of one library. Names come from a browser: only what the store lists is ever opened.

    Each belongs to its owner, who is known by the name of the login; without logins the owner is "", and everybody sees
    all. Every method raises `HomeError` where the store cannot be written to.

    Example:
        conversations = Conversations(ConversationFiles(Path(".dateline/conversations")))
        name = conversations.write("", [{"question": "What burned?", "quotes": [{"article": "fire"}]}])
        conversations.rename(name, "Fires of 2023")
    """

    def __init__(self, store: ConversationStore) -> None:
        """Keep them in this store."""
        self._store = store
        self._lock = store.lock

    def list_summaries(self, owner: str = "", search: str = "") -> list[ConversationSummary]:
        """Return the conversations of which title or questions have every word searched for, the latest first.

        Files that cannot be read have no owner: everybody sees them.
        """
        words = search.casefold().split()
        with self._lock:
            found = [_summarize(self._store, name, owner, words) for name in self._store.list_names()]
        return sorted(filter(None, found), key=lambda each: (each.updated, each.name), reverse=True)

    def read(self, name: str, owner: str = "") -> Record:
        """Return a conversation: `title`, `updated` and `exchanges`.

        Raises:
            ConversationError: there is none of this name, or its file cannot be read.
        """
        with self._lock:
            record = _read(self._store, name) if name in self._store.list_names() else None
        if record is None or record["owner"] != owner:
            raise ConversationError("this conversation is no longer here")
        return record

    def write(self, name: str, exchanges: Iterable[Record], owner: str = "") -> str:
        """Keep a conversation as it is now, under its name; under a new one if there is none to go on with.

        Returns:
            The name.
        """
        kept = list(exchanges)
        with self._lock:
            try:
                title = self.read(name, owner)["title"]
            except ConversationError:
                name, title = uuid4().hex, make_title(kept[0]["question"])
            self._save(name, {"title": title, "owner": owner, "updated": _format(datetime.now(UTC)), "exchanges": kept})
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
            self._store.delete(name)

    def forget(self, article_ids: Collection[str]) -> None:
        """Leave nothing of these articles in any conversation but how many quotes were lost."""
        gone = set(article_ids)
        with self._lock:
            for name, record in self._list_readable():
                if gone & _list_articles(record):
                    exchanges = [scrub_exchange(exchange, gone) for exchange in record["exchanges"]]
                    self._save(name, record | {"exchanges": exchanges})

    def copy(self, article_ids: Collection[str]) -> dict[str, Sequence[Record]]:
        """Return the exchanges of the conversations that quote one of the articles, by the name of the conversation."""
        with self._lock:
            records = dict(self._list_readable())
        return {name: each["exchanges"] for name, each in records.items() if _list_articles(each) & set(article_ids)}

    def restore(self, copies: Mapping[str, Sequence[Record]], gone: Collection[str], back: Collection[str]) -> None:
        """Undo `forget` of `gone`, of which `back` are there again; what was changed since `copy` stays as it is."""
        lost = set(gone) - set(back)
        with self._lock:
            for name, record in self._list_readable():
                before = copies.get(name, ())
                scrubbed = [scrub_exchange(exchange, gone) for exchange in before]
                after = [scrub_exchange(exchange, lost) if lost else exchange for exchange in before]
                exchanges = [after[scrubbed.index(one)] if one in scrubbed else one for one in record["exchanges"]]
                if exchanges != record["exchanges"]:
                    self._save(name, record | {"exchanges": exchanges})

    def _list_readable(self) -> Iterator[tuple[str, Record]]:
        """Yield the name and the contents of each conversation; the list says which cannot be read."""
        for name in self._store.list_names():
            with suppress(ConversationError):
                yield name, _read(self._store, name)

    def _save(self, name: str, record: Record) -> None:
        self._store.write(name, json.dumps(record, ensure_ascii=False))


def make_title(text: str) -> str:
    """Return the text as a title: one line, cut at a word."""
    title = " ".join(text.split())
    return title if len(title) <= MAX_TITLE_CHARACTERS else title[:MAX_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def scrub_exchange(exchange: Record, gone: Collection[str]) -> Record:
    """Return the exchange of a conversation that knows these articles, without them.

    Quotes keep their places, as null, so that what counts on positions stays right. Prose over lost quotes goes, and so
    do a reply that named the article and a question that was made to stand alone, which may name what only it said.
    """
    scrubbed = exchange | {"searched_for": ""}
    for name in _REFERENCES:
        scrubbed[name] = [
            None if reference and reference["article"] in gone else reference for reference in exchange.get(name, [])
        ]
    if scrubbed["quotes"] != exchange.get("quotes", []):
        scrubbed |= {"claims": [], "sides": [], "parts": []}
    if "reply" in scrubbed and scrubbed["considered"] != exchange.get("considered", []):
        scrubbed["reply"] = ""
    return scrubbed


def _list_articles(record: Record) -> set[str]:
    references = (each for exchange in record["exchanges"] for name in _REFERENCES for each in exchange.get(name, []))
    return {reference["article"] for reference in references if reference}


def _read(store: ConversationStore, name: str) -> Record:
    """Return a conversation.

    Raises:
        ConversationError: it cannot be read; the message says why, and what to do.
    """
    try:
        text = store.read(name)
        _Kept.model_validate_json(text)
    except (OSError, ValueError) as error:
        reason = _explain(error) if isinstance(error, ValidationError) else error
        told = f"{store.describe(name)} cannot be read ({reason})"
        raise ConversationError(f"{told}: it is left as it is; correct or delete it") from error
    record: Record = json.loads(text)
    return record


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    return ": ".join(filter(None, [".".join(map(str, first["loc"])), first["msg"]]))


def _summarize(store: ConversationStore, name: str, owner: str, words: Iterable[str]) -> ConversationSummary | None:
    """Return the summary of a conversation; None if it is another owner's, or does not have all words."""
    try:
        record = _read(store, name)
    except ConversationError as error:
        return ConversationSummary(name, f"{name}.json", _format(store.read_moment(name)), 0, str(error))
    exchanges = record["exchanges"]
    text = "\n".join([record["title"], *(exchange["question"] for exchange in exchanges)]).casefold()
    if record["owner"] != owner or not all(word in text for word in words):
        return None
    return ConversationSummary(name, record["title"], record["updated"], len(exchanges))


def _format(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
