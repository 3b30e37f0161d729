"""Looks at what is followed when it is time to, and at the watched questions when there are new articles."""

import logging
from threading import Event, Thread
from typing import Self

from corpus.progress import Tally
from rag.following.checking import Checker
from rag.following.questions import Ask, WatchedQuestions

SECONDS = 20.0
"""Between two looks at the clock."""
PATIENCE = 30.0
"""Seconds that closing waits for the article under way."""
_LOG = logging.getLogger(__name__)


class Schedule:
    """What looks at the sources and asks the watched questions, and from `start` on a thread that does so in time.

    Nothing is fetched but what is followed at intervals.

    Example:
        with Schedule(checker, watched) as schedule:
            schedule.start(chatbot.invoke)
            page.block_thread()
    """

    def __init__(
        self,
        checker: Checker,
        watched: WatchedQuestions,
        *,
        takes_folders: bool = False,
        seconds: float = SECONDS,
    ) -> None:
        """Prepare; `start` begins.

        Args:
            checker: Looks at the sources.
            watched: The watched questions.
            takes_folders: Whether visitors of the page may follow folders of this machine.
            seconds: Between two looks at the clock.
        """
        self.checker = checker
        self.watched = watched
        self.takes_folders = takes_folders
        self._seconds = seconds
        self._woken = Event()
        self._tally = Tally()
        self._thread: Thread | None = None

    def start(self, ask: Ask) -> None:
        """Begin; `ask` answers the watched questions."""
        self._thread = Thread(target=self._run, args=(ask,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        """End with the block."""
        return self

    def __exit__(self, *error: object) -> None:
        """End after the article under way."""
        self._tally.stop()
        self._woken.set()
        if self._thread:
            self._thread.join(PATIENCE)

    def wake(self) -> None:
        """Look now: there may be new articles."""
        self._woken.set()

    def _run(self, ask: Ask) -> None:
        while not self._tally.is_stopped:
            self._woken.clear()
            try:
                self.checker.check_due(self._tally)
                self.watched.refresh(ask)
            except Exception:  # the next look may succeed, and the log says what happened
                _LOG.exception("what is followed could not be looked at")
            self._woken.wait(self._seconds)
