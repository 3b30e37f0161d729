"""Work that takes a while: the page watches how far it is, and can cancel it without harm."""

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
FAULT = "stopped at a fault of the program; the log of the server says more"
"""What the page says when work fails for a reason that is not meant for its visitor."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, `seconds` after it began: `Progress("Saving", done=5, total=20, seconds=2.0)`."""

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

    A cancelled job takes no further input and finishes the one it has: `results` are then fewer than the inputs.

    Example:
        job = Job("Saving", articles, library.add_each)
        for progress in job.watch():
            print(progress.done, progress.time_left)
    """

    def __init__(self, label: str, inputs: Sequence[Input], work: Work[Input, Output]) -> None:
        """Prepare the job; `watch` starts it.

        Args:
            label: What the page calls the work, such as "Saving".
            inputs: What is worked on.
            work: What is done to the inputs.
        """
        self.label = label
        self.inputs = inputs
        self.results: list[Output] = []
        self._work = work
        self._cancelled = Event()
        self._started = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    @property
    def progress(self) -> Progress:
        """How far the job is now."""
        return Progress(self.label, len(self.results), len(self.inputs), monotonic() - self._started)

    def cancel(self) -> None:
        """Stop the job after the input that it is working on; returns at once."""
        self._cancelled.set()

    def watch(self) -> Iterator[Progress]:
        """Start the job, and yield its progress a few times a second until it is done; raises what `work` raised."""
        self._started = monotonic()
        thread = ThreadPoolExecutor(max_workers=1)  # one, because adding keeps the library's lock between receipts
        future: Future[None] = thread.submit(self._run)
        thread.shutdown(wait=False)  # the thread ends with the work, even if nobody watches any more
        while not future.done():
            yield self.progress
            wait([future], timeout=SECONDS_BETWEEN_LOOKS)
        future.result()

    def _run(self) -> None:
        for result in self._work(takewhile(lambda _: not self.is_cancelled, self.inputs)):
            self.results.append(result)
