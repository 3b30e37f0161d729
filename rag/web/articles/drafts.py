"""The desk of one visitor: what was read and not saved yet, what went wrong, and what can be undone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import count
from threading import Lock
from typing import Any

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading import Loaded
from rag.library.records import Outcome, Receipt
from rag.web.articles.table import View, correct_article
from rag.web.job import Job

DRAFTS = 20
"""Drafts on one page of the preview."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it was understood, before it is saved; `key` names it on the desk."""

    key: int
    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be added, and why."""

    name: str
    reason: str


class Desk:
    """Changes one at a time: the browser sends its events without waiting, and they are handled in several threads."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = Lock()
        self._keys = count()
        self.drafts: tuple[Draft, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.report = ""
        self.removed: Article | None = None
        self.page = 0
        self.forms = 0
        self.view = View()
        self.job: Job[Any, Any] | None = None

    def begin(self, job: Job[Any, Any]) -> bool:
        """Make this the desk's job; False while there is another."""
        with self._lock:
            if self.job is not None:
                return False
            self.job, self.report = job, ""
            return True

    def end(self) -> None:
        """Be ready for another job."""
        self.job = None

    def take_in(self, items: Iterable[Loaded | LoadError]) -> None:
        """Put what was read on the desk: articles as drafts, failures as problems."""
        with self._lock:
            for item in items:
                if isinstance(item, Loaded):
                    self.drafts += (Draft(next(self._keys), item.source, item.article),)
                else:
                    self.problems += (Problem(item.source, item.reason),)

    def correct(self, key: int, details: Mapping[str, str]) -> None:
        """Correct a draft; one that is no longer there is left alone, and an impossible value becomes a problem."""
        with self._lock:
            self.drafts = tuple(self._correct(draft, details) if draft.key == key else draft for draft in self.drafts)

    def _correct(self, draft: Draft, details: Mapping[str, str]) -> Draft:
        try:
            return replace(draft, article=correct_article(draft.article, details))
        except ArticleError as error:
            self.problems += (Problem(draft.name, str(error)),)
            return draft

    def discard(self, keys: Iterable[int]) -> None:
        """Take these drafts away."""
        gone = set(keys)
        with self._lock:
            self.drafts = tuple(draft for draft in self.drafts if draft.key not in gone)

    def settle(self, drafts: Iterable[Draft], receipts: Iterable[Receipt]) -> None:
        """Take away the drafts that have a receipt; those that failed or were left out stay visible as problems."""
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
        return max(1, -(-len(self.drafts) // DRAFTS))

    def page_of_drafts(self) -> tuple[Draft, ...]:
        """Return the drafts on the page that is open."""
        self.page = min(max(0, self.page), self.pages - 1)
        return self.drafts[self.page * DRAFTS : (self.page + 1) * DRAFTS]
