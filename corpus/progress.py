"""How far a long work is: whoever watches it is told, and can stop it between two of its steps."""

from collections import Counter
from collections.abc import Sequence
from threading import Event, Lock

from corpus.article import Article, Passage


class StoppedError(Exception):
    """Whoever watches the work has stopped it: what was finished before is kept."""


class Watch:
    """Is told how far a long work is. This one listens to nothing, and stops nothing.

    Its methods may be called in any thread, and raise `StoppedError` where the work is to stop.
    """

    def check(self) -> None:
        """Go on, unless the work is to stop: called where there is nothing to tell."""

    def read(self, done: int, total: int, unit: str) -> None:
        """Hear that of the file at hand `done` of `total` units were read; `unit` is one such as "page"."""

    def encode(self, passages: Sequence[Passage]) -> None:
        """Hear that these passages were encoded."""

    def index(self, done: int, total: int) -> None:
        """Hear that `done` of `total` entries of the indexes are written: of articles that are kept by now."""


NOBODY = Watch()
"""Watches nothing."""
ENCODING_SHARE = 0.85
"""Of the time that adding a text of 6.5 MB takes; the rest goes into writing the indexes."""


class Tally(Watch):
    """Counts what it is told, and stops the work at its next step once `stop` was called.

    Example:
        tally = Tally()
        receipts = library.add_each(articles, tally)  # while another thread looks at `tally.detail`
    """

    def __init__(self) -> None:
        """Start at nothing."""
        self.passages = 0
        self._part, self._share_read = "", 0.0
        self._indexed, self._entries = 0, 1
        self._finished = 0
        self._begun: Counter[str] = Counter()
        self._lock = Lock()
        self._stopped = Event()

    def stop(self) -> None:
        """Stop the work at its next step; returns at once."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    @property
    def is_writing(self) -> bool:
        """Whether articles are being written into the indexes: that is not stopped."""
        return 0 < self._indexed < self._entries

    @property
    def detail(self) -> str:
        """What the work is at, in words; empty before there is anything to say."""
        if self.passages:
            return f"{self.passages:,} passages"
        return f"{self._indexed:,} of {self._entries:,} index entries" if self._indexed else self._part

    @property
    def share_read(self) -> float:
        """The share of the file at hand that is read, in [0, 1]."""
        return self._share_read

    def measure(self, characters: int) -> float:
        """Return how much is done of adding or indexing articles with so many characters in all, in [0, 1]."""
        written = self._indexed / self._entries
        with self._lock:
            begun = self._begun.total() * (ENCODING_SHARE + (1 - ENCODING_SHARE) * written)
            is_encoding = bool(self._finished or begun)
            done = (self._finished + begun) / max(1, characters)
        return min(1.0, done if is_encoding else written)

    def check(self) -> None:
        """Go on.

        Raises:
            StoppedError: `stop` was called.
        """
        if self.is_stopped:
            raise StoppedError

    def read(self, done: int, total: int, unit: str) -> None:
        """Remember how much of the file at hand is read."""
        self._part, self._share_read = f"{unit} {done:,} of {total:,}", done / total
        self.check()

    def encode(self, passages: Sequence[Passage]) -> None:
        """Count the passages, and their characters as begun."""
        with self._lock:
            self.passages += len(passages)
            for passage in passages:
                self._begun[passage.article_id] += passage.end - passage.start

    def index(self, done: int, total: int) -> None:
        """Remember how much is written."""
        self._indexed, self._entries = done, total

    def finish(self, article: Article) -> None:
        """Count the whole article as finished: its receipt has come, whatever that says."""
        self._indexed = 0
        with self._lock:
            self._finished += len(article.text)
            self._begun.pop(article.id, None)

    def next_file(self) -> None:
        """Count nothing of the file at hand as read: another is begun."""
        self._part, self._share_read = "", 0.0
