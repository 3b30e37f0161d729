"""An answer under way: it grows in a thread of its own, so that it can be stopped while it waits for a model."""

from collections.abc import Generator, Iterator
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic, sleep
from typing import Protocol

from rag.answer import Answer
from rag.question import Question

SECONDS_BETWEEN_ANSWERS = 0.08
"""The page shows at most a dozen versions a second."""


class Answering(Protocol):
    """Whatever answers as a chatbot does."""

    def stream(self, input: Question) -> Generator[Answer, None, None]:
        """Yield ever more complete answers."""
        ...


def answer_in_quotes(chatbot: Answering, question: Question) -> Answer:
    """Answer without the chat model: the first version of an answer has only quotes."""
    with closing(chatbot.stream(question)) as answers:
        return next(answers)


class AnswerStream:
    """Iterates over the latest versions of a growing answer, until it is complete or stopped.

    Example:
        stream = AnswerStream(chatbot.stream(Question("Who won?")))
        for answer in stream:
            print(answer.text)
    """

    def __init__(self, answers: Iterator[Answer]) -> None:
        """Take over the answers that a chatbot streams; the chatbot begins when the iteration does."""
        self._answers = answers
        self._stopped = Event()
        self._arrived: SimpleQueue[Answer | Exception | None] = SimpleQueue()

    @property
    def is_stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End the iteration now, and the chatbot's work at its next version; a second call changes nothing."""
        self._stopped.set()
        self._arrived.put(None)

    def __iter__(self) -> Iterator[Answer]:
        """Yield the versions; raises what the chatbot raises."""
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
        """Wait for a version; of several that have arrived, return the last. The end stays in the queue."""
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
        except Exception as error:  # `__iter__` raises it
            end = error
        self._arrived.put(end)
