"""Adding articles: they are read, checked by the visitor, corrected, and saved."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from time import sleep
from typing import Any

import gradio as gr

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading import SUFFIXES, Limits, Loaded, load_source
from corpus.loading.text import read_pasted
from rag.errors import USER_ERRORS
from rag.library.library import Library
from rag.web.articles.drafts import Desk
from rag.web.articles.table import read_addresses, summarize_receipts
from rag.web.articles.view import render_desk, render_entry_form, render_progress
from rag.web.job import SECONDS_BETWEEN_LOOKS, Job

Shown = tuple[Any, ...]
"""What the parts of the page show; `gr.skip()` for a part that stays as it is."""
Source = tuple[str, str]
"""Where an article is read, and what the visitor calls it."""


class Adding:
    """The handlers: each takes what the browser sent and the visitor's desk, and returns what the components show."""

    def __init__(self, library: Library, limits: Limits, show_collection: Callable[[Desk], tuple[str, str]]) -> None:
        """Add to `library` what is read within `limits`; `show_collection` renders table and header."""
        self._library = library
        self._limits = limits
        self._show_collection = show_collection

    def read_files(self, paths: Sequence[str] | None, desk: Desk) -> Iterator[Shown]:
        """Read the files that were dropped, and forget them; yields (progress, desk, emptied drop zone)."""
        sources = [(path, Path(path).name) for path in paths or ()]
        for progress, shown in self._read(sources, desk):
            yield progress, shown, None
        for path, _ in sources:
            Path(path).unlink(missing_ok=True)

    def read_entry(self, desk: Desk, event: gr.EventData) -> Iterator[Shown]:
        """Read what was written into one of the forms; yields (progress, desk, forms)."""
        text = str(event.details["text"])
        addresses, wrong = ([], []) if event.kind == "text" else read_addresses(text)
        items = [_read_pasted(text)] if event.kind == "text" else wrong
        desk.take_in(items)
        is_understood = not any(isinstance(item, LoadError) for item in items)
        desk.forms += is_understood
        form = render_entry_form(SUFFIXES, desk.forms) if is_understood else gr.skip()
        for progress, shown in self._read([(address, address) for address in addresses], desk):
            yield progress, shown, form

    def save(self, desk: Desk, event: gr.EventData) -> Iterator[Shown]:
        """Save all drafts, with the last corrections; yields (progress, desk, table, header)."""
        self.correct(desk, event)
        drafts = desk.drafts
        job = Job("Saving", drafts, lambda taken: self._library.add_each(draft.article for draft in taken))
        for progress in self._watch(job, desk):
            yield progress, "", gr.skip(), gr.skip()
        desk.settle(drafts, job.results)
        desk.report = summarize_receipts(job.results) + (", then cancelled" if job.is_cancelled else "")
        yield "", self.show_desk(desk), *self._show_collection(desk)

    def cancel(self, desk: Desk) -> None:
        """Stop reading or saving after what is being done now."""
        if desk.job:
            desk.job.cancel()

    def correct(self, desk: Desk, event: gr.EventData) -> None:
        """Keep the corrections of drafts."""
        for key, details in dict(event.corrections).items():
            desk.correct(int(key), {str(name): str(value) for name, value in dict(details).items()})

    def discard(self, desk: Desk, event: gr.EventData) -> str:
        """Take one draft away, or all; returns the desk."""
        self.correct(desk, event)
        keys = [draft.key for draft in desk.drafts] if event.key == "all" else [int(event.key)]
        desk.discard(keys)
        return self.show_desk(desk)

    def turn_page(self, desk: Desk, event: gr.EventData) -> str:
        """Return the desk with another page of drafts."""
        self.correct(desk, event)
        desk.page = int(event.page)
        return self.show_desk(desk)

    def dismiss(self, desk: Desk) -> str:
        """Return the desk without the problems."""
        desk.problems, desk.report = (), ""
        return self.show_desk(desk)

    def show_desk(self, desk: Desk) -> str:
        """Return the desk as it is now."""
        twins = {draft.key: self._find_twin(draft.article) for draft in desk.page_of_drafts()}
        return render_desk(desk, twins, date.today())

    def _read(self, sources: Sequence[Source], desk: Desk) -> Iterator[tuple[Any, Any]]:
        job = Job("Reading", sources, lambda taken: (list(self._load(source, job)) for source in taken))
        for progress in self._watch(job, desk):
            yield progress, gr.skip()
        for items in job.results:
            desk.take_in(items)
        yield "", self.show_desk(desk)

    def _load(self, source: Source, job: Job[Any, Any]) -> Iterator[Loaded | LoadError]:
        """Yield what one source holds, under the name that the visitor knows, until the job is cancelled."""
        path, name = source
        for item in takewhile(lambda _: not job.is_cancelled, load_source(path, self._limits)):
            called = item.source.replace(path, name, 1)
            yield Loaded(called, item.article) if isinstance(item, Loaded) else LoadError(called, item.reason)

    def _watch(self, job: Job[Any, Any], desk: Desk) -> Iterator[str]:
        """Do the job, after any other of this desk; yields how far it is. A failure becomes a problem."""
        while not desk.begin(job):
            sleep(SECONDS_BETWEEN_LOOKS)
        try:
            for progress in job.watch():
                yield render_progress(progress, is_cancelled=job.is_cancelled)
        except USER_ERRORS as error:
            desk.take_in([LoadError(job.label, str(error))])
        finally:
            desk.end()

    def _find_twin(self, article: Article) -> Article | None:
        """Return the saved article that this one would replace or repeat."""
        catalog = self._library.catalog
        known = (
            catalog.find_known(id=article.id)
            or catalog.find_known(content_hash=article.content_hash)
            or (catalog.find_known(url=article.url) if article.url else None)
        )
        return catalog.find(known.id) if known else None


def _read_pasted(text: str) -> Loaded | LoadError:
    try:
        return read_pasted(text)
    except LoadError as error:
        return error
    except ArticleError as error:
        return LoadError("pasted text", str(error))
