"""One session of the chat: the conversation on the page, its filters, and the answer under way."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Lock
from typing import Any

from rag.question import EVERYTHING, Scope
from rag.web.chat.exchange import Conversation, Exchange
from rag.web.chat.streaming import AnswerStream


class Session:
    """What one open page shows of the chat.

    The browser sends its events without waiting, and several threads handle them: changes are made one at a time.

    Example:
        session = Session()
        number = session.begin(Exchange("Who won?"))
        for exchange in session.follow(number, AnswerStream(chatbot.stream(Question("Who won?")))):
            print(exchange.answer)
    """

    def __init__(self, owner: str = "") -> None:
        """Start with an empty conversation over all articles; `owner` is the name of the login, if there is one."""
        self._lock = Lock()
        self._stream: AnswerStream | None = None
        self.conversation: Conversation = ()
        self.scope: Scope = EVERYTHING
        self.filter_number = 0
        """Of the change of the filters that took effect last; the page counts them."""
        self.conversation_id = ""
        """The name under which the conversation is kept; empty while it is not."""
        self.keeping = Lock()
        """Held while the conversation is kept: what one thread keeps is no change of another tab's to the next."""
        self.updated = ""
        """When it was last kept by this session, or before the session opened it."""
        self.search = ""
        """The words that the list of conversations is searched for."""
        self.owner = owner

    @property
    def is_busy(self) -> bool:
        """Whether an answer is under way."""
        return any(exchange.is_open for exchange in self.conversation)

    def find(self, number: int) -> Exchange | None:
        """Return an exchange; None if the visitor has opened another conversation since, without this number."""
        conversation = self.conversation
        return conversation[number] if number < len(conversation) else None

    def begin(self, exchange: Exchange, number: int | None = None) -> int:
        """Stop the answer under way, and add an open exchange; returns its number.

        Args:
            exchange: The new exchange.
            number: The exchange that it replaces, together with all later ones; without it, it is appended.
        """
        self.stop()
        with self._lock:
            kept = self.conversation[:number]
            self.conversation = (*kept, replace(exchange, is_open=True))
            return len(kept)

    def follow(self, number: int, stream: AnswerStream) -> Iterator[Exchange]:
        """Yield the exchange as its answer grows, until it is complete, stopped, or no longer in the conversation."""
        with self._lock:
            self._stream = stream
        for answer in stream:
            changed = self.update_from(stream, number, answer=answer)
            if changed is None:
                return
            yield changed

    def update_from(self, stream: AnswerStream, number: int, **values: Any) -> Exchange | None:
        """Change the exchange that `stream` answers, and return it; None if the session follows `stream` no more."""
        with self._lock:
            if self._stream is not stream or self.find(number) is None:
                return None
            return self._replace(number, **values)

    def update(self, number: int, **values: Any) -> None:
        """Change an exchange that has no answer under way; a number without an exchange changes nothing."""
        with self._lock:
            if self.find(number):
                self._replace(number, **values)

    def choose(self, scope: Scope) -> None:
        """Ask within this scope from now on."""
        with self._lock:
            self.scope = scope

    def keep_of_scope(self, keep: Callable[[Scope], Scope]) -> None:
        """Ask within what `keep` leaves of the scope; one that is chosen meanwhile stays as it is."""
        before = self.scope
        kept = keep(before)
        with self._lock:
            if self.scope is before:
                self.scope = kept

    def limit(self, scope: Scope, number: int) -> None:
        """Ask within this scope from now on, unless the filters were changed later: `number` counts their changes."""
        with self._lock:
            if number > self.filter_number:
                self.scope, self.filter_number = scope, number

    def stop(self) -> None:
        """Stop the answer under way, and keep what has arrived of it."""
        with self._lock:
            if self._stream:
                self._stream.stop()
                self._stream = None
            self.conversation = tuple(
                replace(exchange, is_open=False, is_stopped=True) if exchange.is_open else exchange
                for exchange in self.conversation
            )

    def open(self, conversation_id: str, conversation: Conversation, updated: str = "") -> None:
        """Continue another conversation, or with an empty id and no exchanges, begin a new one."""
        self.stop()
        with self._lock:
            self.conversation_id, self.conversation, self.updated = conversation_id, conversation, updated

    def _replace(self, number: int, **values: Any) -> Exchange:
        exchange = replace(self.conversation[number], **values)
        self.conversation = (*self.conversation[:number], exchange, *self.conversation[number + 1 :])
        return exchange
