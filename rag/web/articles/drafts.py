"""One session of the articles page: what was read and not saved yet, what failed, and what can be undone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock
from time import sleep
from typing import Any, cast

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading import Loaded
from rag.library.records import Details, Outcome, Receipt
from rag.web.articles.finding import Selection, View
from rag.web.articles.table import correct_article, give_details, read_shared
from rag.web.articles.undo import Notice
from rag.web.job import SECONDS_BETWEEN_LOOKS, Job, Progress

DRAFTS = 20
"""Drafts on one page of the preview."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was read from `name`, before it is saved: `Draft(0, "fire.txt", article)`; `key` names it.

    `notes` say what of it could not be read. `is_doubtful` is whether there was something to look at when it came; None
    while nobody has looked.
    """

    key: int
    name: str
    article: Article
    notes: tuple[str, ...] = ()
    is_doubtful: bool | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be added, and why: `Problem("fire.pdf", "is empty")`."""

    name: str
    reason: str


class Drafts:
    """The drafts of one session, with the job that reads or saves them and the view of its table.

    The browser sends its events without waiting, and several threads handle them: changes are made one at a time.

    Example:
        drafts = Drafts()
        drafts.take_in(load_source("fire.txt"))
        drafts.correct(drafts.unsaved[0].key, {"outlet": "Our paper"})
    """

    def __init__(self) -> None:
        """Start empty."""
        self._lock = Lock()
        self._keys = count()
        self.unsaved: tuple[Draft, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.report = ""
        self.notice: Notice | None = None
        self.chosen: frozenset[str] = frozenset()
        self.shown: tuple[str, ...] = ()
        self.found = 0
        self.ticks = 0
        self.page = 0
        self.forms = 0
        self.opened: int | None = None
        self.view = View()
        self.job: Job[Any, Any] | None = None

    def begin(self, job: Job[Any, Any]) -> bool:
        """Make this the session's job; returns False while there is another."""
        with self._lock:
            if self.job is not None:
                return False
            self.job, self.report = job, ""
            return True

    def end(self) -> None:
        """Forget the job, so that another can begin."""
        self.job = None

    def follow(self, job: Job[Any, Any]) -> Iterator[Progress]:
        """Do the job, after any other of this session; yields how far it is."""
        while not self.begin(job):
            sleep(SECONDS_BETWEEN_LOOKS)
        try:
            yield from job.watch()
        finally:
            self.end()

    def show(self, selection: Selection, live: Collection[str]) -> None:
        """Note which articles the table shows, and how many were found; what is not live any more is not chosen."""
        self.shown = tuple(entry.source.id for entry in selection.entries if entry.state == "live")
        self.found = selection.live
        self.chosen &= frozenset(live)

    def choose(self, ticked: Iterable[str], shown: Iterable[str], number: int) -> None:
        """Choose the articles that are ticked of those that are shown, unless that was changed later.

        `number` counts the changes.
        """
        with self._lock:
            if number > self.ticks:
                self.chosen, self.ticks = (self.chosen - {*shown}) | {*ticked}, number

    def take_in(self, items: Iterable[Loaded | LoadError]) -> None:
        """Add what was read: articles as drafts, failures as problems."""
        with self._lock:
            for item in items:
                if isinstance(item, Loaded):
                    self.unsaved += (Draft(next(self._keys), item.source, item.article, item.notes),)
                else:
                    self.problems += (Problem(item.source, item.reason),)

    def correct(self, key: int, details: Mapping[str, str]) -> None:
        """Correct a draft. An impossible value becomes a problem; a key without a draft changes nothing."""
        with self._lock:
            self.unsaved = tuple(self._correct(draft, details) if draft.key == key else draft for draft in self.unsaved)

    def _correct(self, draft: Draft, details: Mapping[str, str]) -> Draft:
        try:
            return replace(draft, article=correct_article(draft.article, details))
        except ArticleError as error:
            self._refuse(draft.name, error)
            return draft

    def correct_all(self, fields: Mapping[str, str], *, only_missing: bool) -> None:
        """Give all drafts the shared details of a form, or only those that lack them; see `read_shared`."""
        with self._lock:
            try:
                details = read_shared(fields)
            except ArticleError as error:
                self._refuse("Edit all", error)
                return
            self.unsaved = tuple(self._give(draft, details, only_missing) for draft in self.unsaved)

    def _give(self, draft: Draft, details: Details, only_missing: bool) -> Draft:
        given = {name: value for name, value in details.items() if not (only_missing and getattr(draft.article, name))}
        try:
            return replace(draft, article=give_details(draft.article, cast(Details, given)))
        except ArticleError as error:
            self._refuse(draft.name, error)
            return draft

    def _refuse(self, name: str, error: ArticleError) -> None:
        """Tell a value that cannot be taken, once: the page sends what is typed with each click."""
        problem = Problem(name, str(error))
        if problem not in self.problems:
            self.problems += (problem,)

    def sort(self, is_doubtful: Callable[[Draft], bool]) -> None:
        """Put the doubtful drafts first. Each is looked at once: it stays in its place while it is corrected."""
        with self._lock:
            seen = [
                draft if draft.is_doubtful is not None else replace(draft, is_doubtful=is_doubtful(draft))
                for draft in self.unsaved
            ]
            self.unsaved = tuple(sorted(seen, key=lambda draft: (not draft.is_doubtful, draft.key)))

    @property
    def doubtful(self) -> int:
        """How many drafts had something to look at."""
        return sum(bool(draft.is_doubtful) for draft in self.unsaved)

    def discard(self, keys: Iterable[int]) -> None:
        """Drop the drafts with these keys."""
        dropped = set(keys)
        with self._lock:
            self.unsaved = tuple(draft for draft in self.unsaved if draft.key not in dropped)

    def settle(self, drafts: Iterable[Draft], receipts: Iterable[Receipt]) -> None:
        """Drop the drafts that have a receipt; those that the library refused become problems."""
        settled = list(zip(drafts, receipts, strict=False))
        self.discard(draft.key for draft, _ in settled)
        with self._lock:
            self.problems += tuple(
                Problem(draft.name, receipt.message)
                for draft, receipt in settled
                if receipt.outcome in (Outcome.FAILED, Outcome.DUPLICATE)
            )

    @property
    def pages(self) -> int:
        """How many pages the preview has."""
        return max(1, -(-len(self.unsaved) // DRAFTS))

    def page_of_drafts(self) -> tuple[Draft, ...]:
        """Return the drafts on the page that is open."""
        self.page = min(max(0, self.page), self.pages - 1)
        return self.unsaved[self.page * DRAFTS : (self.page + 1) * DRAFTS]
