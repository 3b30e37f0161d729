"""An answer under way: it grows in a thread of its own, so that it can be stopped whatever it waits for."""

from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic, sleep

from rag.answer import Answer

SECONDS_BETWEEN_ANSWERS = 0.08
"""No more than a dozen versions a second are worth showing."""


class Asking:
    """Iterates over ever more complete versions of an answer, the latest there is, until it is whole or stopped."""

    def __init__(self, answers: Iterator[Answer]) -> None:
        """Take over the answers that a chatbot streams; they begin with the iteration."""
        self._answers = answers
        self._stopped = Event()
        self._arrived: SimpleQueue[Answer | Exception | None] = SimpleQueue()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End the iteration now, and the work as soon as it yields; doing it twice changes nothing more."""
        self._stopped.set()
        self._arrived.put(None)

    def __iter__(self) -> Iterator[Answer]:
        """Yield the versions; raises what the chatbot raised."""
        Thread(target=self._work, daemon=True).start()
        shown = 0.0
        try:
            while not self.is_stopped and (arrived := self._take_latest()) is not None:
                if isinstance(arrived, Exception):
                    raise arrived
                sleep(max(0.0, shown + SECONDS_BETWEEN_ANSWERS - monotonic()))
                shown = monotonic()
                yield arrived
        finally:
            self.stop()

    def _take_latest(self) -> Answer | Exception | None:
        """Wait for a version; of several that have arrived return the last, unless the end comes after it."""
        latest = self._arrived.get()
        while isinstance(latest, Answer):
            try:
                later = self._arrived.get_nowait()
            except Empty:
                break
            if not isinstance(later, Answer):
                self._arrived.put(later)
                break
            latest = later
        return latest

    def _work(self) -> None:
        end: Exception | None = None
        try:
            for answer in self._answers:
                self._arrived.put(answer)
                if self.is_stopped:
                    break
            if isinstance(self._answers, Generator):
                self._answers.close()
        except Exception as error:  # whatever it is, the one who iterates gets it
            end = error
        self._arrived.put(end)
