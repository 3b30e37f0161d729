"""What Ctrl-C does to a command that writes: the work stops at its next step, and nothing is left half done."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType
from typing import Self

from corpus.progress import Tally

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C has stopped, as shells count."""


class Interrupts:
    """Hears Ctrl-C, and stops the tally's work. Within `deferred`, the first Ctrl-C raises nothing.

    Example:
        with TallyBar("Adding") as bar, Interrupts(bar) as interrupts, interrupts.deferred():
            receipts = list(library.add_each(articles, bar))
    """

    def __init__(self, tally: Tally) -> None:
        """Prepare to stop this tally's work."""
        self._tally = tally
        self._is_deferred = False

    def __enter__(self) -> Self:
        """Hear Ctrl-C; only the main thread can."""
        if current_thread() is main_thread():
            self._before = signal.signal(signal.SIGINT, self._heed)
        return self

    def __exit__(self, *error: object) -> None:
        """Leave Ctrl-C to whoever heard it before."""
        if current_thread() is main_thread():
            signal.signal(signal.SIGINT, self._before)

    @contextmanager
    def deferred(self, *, is_deferred: bool = True) -> Iterator[None]:
        """Raise nothing within the block, or, within that, at once again: where nothing can be left half done."""
        before, self._is_deferred = self._is_deferred, is_deferred
        try:
            yield
        finally:
            self._is_deferred = before

    def _heed(self, number: int, frame: FrameType | None) -> None:
        """Stop the work; a second Ctrl-C does not wait for it."""
        is_second = self._tally.is_stopped
        self._tally.stop()
        if is_second or not self._is_deferred:
            raise KeyboardInterrupt


@contextmanager
def quiet_end() -> Iterator[None]:
    """Let Ctrl-C or SIGTERM end the block, with all that it cleans up, and without an error; a second one cuts that."""

    def end(number: int, frame: FrameType | None) -> None:
        restore()
        raise KeyboardInterrupt

    def restore() -> None:
        for each, handler in before.items():
            signal.signal(each, handler)

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        restore()
