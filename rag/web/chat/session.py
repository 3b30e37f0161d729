"""One visitor's chat: the conversation on the page, its filters, and the answer under way."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

from rag.question import EVERYTHING, Scope
from rag.web.chat.exchange import Conversation, Exchange
from rag.web.chat.streaming import Asking


class Visit:
    """Changes one at a time: the browser sends its events without waiting, and they are handled in several threads."""

    def __init__(self, owner: str = "") -> None:
        """Start with an empty conversation over all articles; `owner` is the name of the login, if there is one."""
        self._lock = Lock()
        self._asking: Asking | None = None
        self.conversation: Conversation = ()
        self.scope: Scope = EVERYTHING
        self._changes = 0
        self.talk = ""
        """The name under which the conversation is kept; empty until it is."""
        self.search = ""
        """What the list of conversations is searched for."""
        self.owner = owner

    @property
    def is_busy(self) -> bool:
        """Whether an answer is under way."""
        return any(exchange.is_open for exchange in self.conversation)

    def find(self, number: int) -> Exchange | None:
        """Return an exchange; None if it is gone, since another conversation was opened after the click."""
        conversation = self.conversation
        return conversation[number] if number < len(conversation) else None

    def begin(self, exchange: Exchange, number: int | None = None) -> int:
        """Append an open exchange, or put it in the place of `number` and of all after it; returns its number.

        What was under way is stopped.
        """
        self.stop()
        with self._lock:
            kept = self.conversation[:number]
            self.conversation = (*kept, replace(exchange, is_open=True))
            return len(kept)

    def follow(self, number: int, asking: Asking) -> Iterator[Exchange]:
        """Yield the exchange as its answer grows, until it is whole, stopped, or gone from the conversation."""
        with self._lock:
            self._asking = asking
        for answer in asking:
            changed = self.change(number, asking, answer=answer)
            if changed is None:
                return
            yield changed

    def change(self, number: int, asking: Asking, **values: Any) -> Exchange | None:
        """Change the exchange that `asking` answers, and return it; None if it is no longer the one that does."""
        with self._lock:
            if self._asking is not asking or self.find(number) is None:
                return None
            return self._replace(number, **values)

    def mark(self, number: int, **values: Any) -> None:
        """Change an exchange that is not under way; one that is not there is left alone."""
        with self._lock:
            if self.find(number):
                self._replace(number, **values)

    def limit(self, scope: Scope, change: int) -> None:
        """Ask within this scope from now on, unless a later change of the filters, by its number, came before."""
        with self._lock:
            if change > self._changes:
                self.scope, self._changes = scope, change

    def stop(self) -> None:
        """Stop what is under way, and keep what was answered so far."""
        with self._lock:
            if self._asking:
                self._asking.stop()
                self._asking = None
            self.conversation = tuple(
                replace(exchange, is_open=False, is_stopped=True) if exchange.is_open else exchange
                for exchange in self.conversation
            )

    def open(self, talk: str, conversation: Conversation) -> None:
        """Go on with another conversation, kept under the name `talk`."""
        self.stop()
        with self._lock:
            self.talk, self.conversation = talk, conversation

    def _replace(self, number: int, **values: Any) -> Exchange:
        exchange = replace(self.conversation[number], **values)
        self.conversation = (*self.conversation[:number], exchange, *self.conversation[number + 1 :])
        return exchange
