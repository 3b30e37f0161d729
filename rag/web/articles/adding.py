"""Adding articles: the page reads them, the visitor checks and corrects them, and the library saves them."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from corpus.addresses import normalize_address
from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading import SUFFIXES, Limits, Loaded, load_source
from corpus.loading.text import read_pasted
from corpus.passages import BOOK_CHARACTERS, is_book
from corpus.progress import StoppedError, Tally
from rag.errors import USER_ERRORS
from rag.library.library import Library
from rag.library.records import Receipt
from rag.web.articles.drafts import Draft, Drafts
from rag.web.articles.table import describe_doubts, describe_large, read_addresses, report_saving
from rag.web.articles.view import render_drafts, render_entry_form
from rag.web.element import Shown
from rag.web.job import FAULT, Job
from rag.web.render import render_progress

CANCELLED = "was cancelled before all of it was read"

_LOG = logging.getLogger(__name__)

Source = tuple[str, str]
"""The path or address that an article is read from, and its name on the page."""


class Adding:
    """Handlers that add articles: each takes the browser's event and the session's drafts, and returns what is shown.

    Example:
        adding = Adding(library, STANDARD_LIMITS, lambda drafts: (render_table(...), render_header(...)))
        drop.upload(adding.read_files, [drop, drafts], [progress, preview, drop])
    """

    def __init__(self, library: Library, limits: Limits, show_collection: Callable[[Drafts], tuple[str, str]]) -> None:
        """Set where articles go and how much is read.

        Args:
            library: Where the articles are saved.
            limits: How large a file or a page may be.
            show_collection: Renders the table and the header.
        """
        self._library = library
        self._limits = limits
        self._show_collection = show_collection

    def read_files(self, paths: Sequence[str] | None, drafts: Drafts) -> Iterator[Shown]:
        """Read the uploaded files, and delete them; yields (progress, drafts, emptied drop zone)."""
        sources = [(path, Path(path).name) for path in paths or ()]
        for progress, shown in self._read(sources, drafts):
            yield progress, shown, None
        for path, _ in sources:
            Path(path).unlink(missing_ok=True)

    def read_entry(self, drafts: Drafts, event: gr.EventData) -> Iterator[Shown]:
        """Read the text or the addresses of a form; yields (progress, drafts, forms)."""
        text = str(event.details["text"])
        addresses, wrong = ([], []) if event.kind == "text" else read_addresses(text)
        items = [_read_pasted(text)] if event.kind == "text" else wrong
        drafts.take_in(items)
        is_understood = not any(isinstance(item, LoadError) for item in items)
        drafts.forms += is_understood
        form = render_entry_form(SUFFIXES, drafts.forms, self._limits.file_bytes) if is_understood else gr.skip()
        for progress, shown in self._read([(address, address) for address in addresses], drafts):
            yield progress, shown, form

    def save(self, drafts: Drafts, event: gr.EventData) -> Iterator[Shown]:
        """Save all drafts, with the last corrections; yields (progress, drafts, table, header)."""
        self.correct(drafts, event)
        unsaved = drafts.unsaved
        job: Job[Draft, Receipt] = Job(
            "Saving",
            unsaved,
            lambda taken: self._add(taken, job.tally),
            characters=sum(len(draft.article.text) for draft in unsaved),
        )
        books = [draft.name for draft in unsaved if is_book(draft.article.text)]
        for progress in self._watch(job, drafts, describe_large(books)):
            yield progress, "", gr.skip(), gr.skip()
        drafts.settle(unsaved, job.results)
        drafts.report = report_saving(job.results, len(drafts.unsaved) if job.is_cancelled else None)
        yield "", self.show_drafts(drafts), *self._show_collection(drafts)

    def cancel(self, drafts: Drafts) -> None:
        """Stop reading or saving after the article that is under way."""
        if drafts.job:
            drafts.job.cancel()

    def correct(self, drafts: Drafts, event: gr.EventData) -> None:
        """Keep the corrections of drafts."""
        for key, details in dict(event.corrections).items():
            drafts.correct(int(key), {str(name): str(value) for name, value in dict(details).items()})

    def discard(self, drafts: Drafts, event: gr.EventData) -> str:
        """Drop one draft, or all; returns the drafts."""
        self.correct(drafts, event)
        drafts.discard([draft.key for draft in drafts.unsaved] if event.key == "all" else [int(event.key)])
        return self.show_drafts(drafts)

    def correct_all(self, drafts: Drafts, event: gr.EventData) -> str:
        """Give all drafts the same details; returns the drafts."""
        fields = {str(name): str(value) for name, value in dict(event.details).items()}
        drafts.correct_all(fields, only_missing="missing" in fields)
        return self.show_drafts(drafts)

    def open_text(self, drafts: Drafts, event: gr.EventData) -> str:
        """Open the whole text of a draft, so that it can be corrected; returns the drafts."""
        self.correct(drafts, event)
        drafts.opened = int(event.key)
        return self.show_drafts(drafts)

    def leave_out(self, drafts: Drafts, event: gr.EventData) -> str:
        """Name those files of a folder that the browser did not send; returns the drafts."""
        drafts.take_in(LoadError(str(each["name"]), str(each["reason"])) for each in event.files)
        return self.show_drafts(drafts)

    def turn_page(self, drafts: Drafts, event: gr.EventData) -> str:
        """Return another page of the drafts."""
        self.correct(drafts, event)
        drafts.page = int(event.page)
        return self.show_drafts(drafts)

    def dismiss(self, drafts: Drafts) -> str:
        """Return the drafts without the problems."""
        drafts.problems, drafts.report = (), ""
        return self.show_drafts(drafts)

    def show_drafts(self, drafts: Drafts) -> str:
        """Return the drafts as they are now."""
        today = date.today()
        drafts.sort(
            lambda draft: bool(self._find_twin(draft.article) or draft.notes or describe_doubts(draft.article, today))
        )
        twins = {draft.key: self._find_twin(draft.article) for draft in drafts.page_of_drafts()}
        return render_drafts(drafts, twins, today)

    def _read(self, sources: Sequence[Source], drafts: Drafts) -> Iterator[tuple[Any, Any]]:
        job: Job[Source, list[Loaded | LoadError]] = Job(
            "Reading",
            sources,
            lambda taken: (list(self._load(source, job.tally)) for source in taken),
            changes_nothing=True,
        )
        for progress in self._watch(job, drafts, describe_large(list_large(sources))):
            yield progress, gr.skip()
        read = list(job.results)
        for items in read:
            drafts.take_in(items)
        if job.is_cancelled:
            drafts.take_in(LoadError(name, CANCELLED) for _, name in sources[len(read) :])
        yield "", self.show_drafts(drafts)

    def _load(self, source: Source, tally: Tally) -> Iterator[Loaded | LoadError]:
        """Yield the articles of one source, under its name on the page, until the reading is stopped."""
        path, name = source
        tally.next_file()
        try:
            for item in load_source(path, self._limits, tally):
                shown = item.source.replace(path, name, 1)
                yield replace(item, source=shown) if isinstance(item, Loaded) else LoadError(shown, item.reason)
        except StoppedError:
            yield LoadError(name, CANCELLED)
        tally.next_file()

    def _add(self, taken: Iterator[Draft], tally: Tally) -> Iterator[Receipt]:
        """Add the articles, and tell of each receipt."""
        adding = deque[Article]()

        def take() -> Iterator[Article]:
            for draft in taken:
                adding.append(draft.article)
                yield draft.article

        for receipt in self._library.add_each(take(), tally):
            tally.finish(adding.popleft())
            yield receipt

    def _watch(self, job: Job[Any, Any], drafts: Drafts, warning: str) -> Iterator[str]:
        """Do the job; yields its progress. A failure becomes a problem."""
        try:
            for progress in drafts.follow(job):
                yield render_progress(progress, is_cancelled=job.is_cancelled, warning=warning)
        except USER_ERRORS as error:
            drafts.take_in([LoadError(job.label, str(error))])
        except Exception:  # a fault of a parser or an index: what is done is kept, and the log says what happened
            _LOG.exception("%s failed", job.label)
            drafts.take_in([LoadError(job.label, FAULT)])

    def _find_twin(self, article: Article) -> Article | None:
        """Return the saved article that this one would replace or repeat."""
        catalog = self._library.catalog
        known = (
            catalog.find_identity(id=article.id)
            or catalog.find_identity(content_hash=article.content_hash)
            or (catalog.find_identity(address=normalize_address(article.url)) if article.url else None)
        )
        return catalog.find(known.id) if known else None


def _read_pasted(text: str) -> Loaded | LoadError:
    try:
        return read_pasted(text)
    except LoadError as error:
        return error
    except ArticleError as error:
        return LoadError("pasted text", str(error))


def list_large(sources: Sequence[Source]) -> list[str]:
    """Return the names of those files that may be as long as a book."""
    return [name for path, name in sources if Path(path).is_file() and Path(path).stat().st_size >= BOOK_CHARACTERS]
