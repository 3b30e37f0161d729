"""Work that takes a while: the page watches how far it is, and can cancel it without harm."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from time import monotonic
from typing import Generic, TypeVar

from corpus.progress import StoppedError, Tally

Input = TypeVar("Input")
Output = TypeVar("Output")
Work = Callable[[Iterator[Input]], Iterator[Output]]
"""Yields one output for each input, in order."""

SECONDS_BETWEEN_LOOKS = 0.25
LEAST_SHARE = 0.005
"""Of the work, that must be done before its pace says anything."""
PATIENCE = 0.5
"""Seconds that a cancelled job which changes nothing has for its step."""
FAULT = "stopped at a fault of the program; the log of the server says more"
"""What the page says when work fails for a reason that is not meant for its visitor."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, `seconds` after it began: `Progress("Saving", done=5, total=20, seconds=2.0)`.

    `share`, in [0, 1], also counts what is done of an input that is not done; `detail` says how much that is.
    """

    label: str
    done: int
    total: int
    seconds: float
    share: float = 0.0
    detail: str = ""
    is_finishing: bool = False

    @property
    def time_left(self) -> str:
        """The time that the rest will take at the pace so far, in words; empty while the pace is not known."""
        if self.share < LEAST_SHARE or self.seconds < 1:
            return ""
        seconds = self.seconds / self.share * (1 - self.share)
        if seconds > 90:
            return f"about {round(seconds / 60)} minutes left"
        return f"about {max(5, 5 * round(seconds / 5))} seconds left"


class Job(Generic[Input, Output]):
    """Feeds inputs to `work` in a thread of its own, until they end or the job is cancelled.

    A cancelled job takes no further input, and stops at the next step of the one it has if the work is told of the
    `tally`, else at its end: `results` are then fewer than the inputs.

    Example:
        job = Job("Saving", articles, lambda taken: library.add_each(taken, job.tally))
        for progress in job.watch():
            print(progress.done, progress.time_left)
    """

    def __init__(
        self,
        label: str,
        inputs: Sequence[Input],
        work: Work[Input, Output],
        *,
        characters: int = 0,
        changes_nothing: bool = False,
    ) -> None:
        """Prepare the job; `watch` starts it.

        Args:
            label: What the page calls the work, such as "Saving".
            inputs: What is worked on.
            work: What is done to the inputs.
            characters: Of all inputs, where they are articles to be added.
            changes_nothing: Whether nobody has to wait for the end of a step once the job is cancelled.
        """
        self.label = label
        self.inputs = inputs
        self.results: list[Output] = []
        self.tally = Tally()
        self._work = work
        self._characters = characters
        self._changes_nothing = changes_nothing
        self._cancelled_at = 0.0
        self._started = 0.0

    @property
    def is_cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self.tally.is_stopped

    @property
    def progress(self) -> Progress:
        """How far the job is now."""
        done, total, seconds = len(self.results), len(self.inputs), monotonic() - self._started
        share = min(1.0, (done + self.tally.share_read) / total) if total else 0.0
        if self._characters:
            share = self.tally.measure(self._characters)
        return Progress(self.label, done, total, seconds, share, self.tally.detail, self.tally.is_writing)

    def cancel(self) -> None:
        """Stop the job at its next step; returns at once."""
        self._cancelled_at = self._cancelled_at or monotonic()
        self.tally.stop()

    def watch(self) -> Iterator[Progress]:
        """Start the job, and yield its progress a few times a second until it is done; raises what `work` raised.

        A cancelled job that changes nothing is left alone where its step goes on: its results are those up to then.
        """
        self._started = monotonic()
        thread = ThreadPoolExecutor(max_workers=1)  # one, because adding keeps the library's lock between receipts
        future: Future[None] = thread.submit(self._run)
        thread.shutdown(wait=False)  # the thread ends with the work, even if nobody watches any more
        while not future.done():
            if self.is_cancelled and self._changes_nothing and monotonic() - self._cancelled_at > PATIENCE:
                return
            yield self.progress
            wait([future], timeout=SECONDS_BETWEEN_LOOKS)
        future.result()

    def _run(self) -> None:
        with suppress(StoppedError):
            for result in self._work(takewhile(lambda _: not self.is_cancelled, self.inputs)):
                self.results.append(result)
