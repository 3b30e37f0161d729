"""Work that takes a while: watched from the page as it goes on, and cancelled without harm."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import takewhile
from threading import Event
from time import monotonic
from typing import Generic, TypeVar

Input = TypeVar("Input")
Output = TypeVar("Output")
Work = Callable[[Iterator[Input]], Iterator[Output]]
"""Yields one output for each input, in order."""

SECONDS_BETWEEN_LOOKS = 0.25


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; `seconds` since it began."""

    label: str
    done: int
    total: int
    seconds: float

    @property
    def time_left(self) -> str:
        """The time that the rest will take at the pace so far, in words; empty while the pace is not known."""
        if not self.done or self.seconds < 1:
            return ""
        seconds = self.seconds / self.done * (self.total - self.done)
        if seconds > 90:
            return f"about {round(seconds / 60)} minutes left"
        return f"about {max(5, 5 * round(seconds / 5))} seconds left"


class Job(Generic[Input, Output]):
    """Feeds inputs to `work` in a thread of its own, until they end or the job is cancelled.

    A cancelled job takes no further input, and finishes what was taken: `results` are then fewer than the inputs.
    """

    def __init__(self, label: str, inputs: Sequence[Input], work: Work[Input, Output]) -> None:
        """Say what is done, to what, and by whom; nothing is started."""
        self.label = label
        self.results: list[Output] = []
        self._inputs = inputs
        self._work = work
        self._cancelled = Event()
        self._started = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return Progress(self.label, len(self.results), len(self._inputs), monotonic() - self._started)

    def cancel(self) -> None:
        """Tell it to stop; returns at once."""
        self._cancelled.set()

    def watch(self) -> Iterator[Progress]:
        """Start, and yield how far it is, a few times a second, until it is done; raises what the work raised."""
        self._started = monotonic()
        thread = ThreadPoolExecutor(max_workers=1)  # one, because `Library.add` keeps its lock between receipts
        future: Future[None] = thread.submit(self._run)
        thread.shutdown(wait=False)  # it ends with the work, though nobody may be watching any more
        while not future.done():
            yield self.progress
            wait([future], timeout=SECONDS_BETWEEN_LOOKS)
        future.result()

    def _run(self) -> None:
        for result in self._work(takewhile(lambda _: not self.is_cancelled, self._inputs)):
            self.results.append(result)
