"""Changing saved articles, one or many: their details are edited, they are removed, and both are undone."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import partial, wraps
from itertools import islice
from typing import Any, TypeVar

import gradio as gr

from rag.assembly import list_starter_articles
from rag.errors import USER_ERRORS
from rag.library.library import Library
from rag.library.records import Details, Removal
from rag.library.rows import list_changed
from rag.question import Scope
from rag.web.articles.drafts import Drafts
from rag.web.articles.table import correct_article, read_shared
from rag.web.articles.undo import UNDOABLE, Edit, Notice, Undoing, tell
from rag.web.articles.view import render_reader
from rag.web.element import Shown
from rag.web.job import Job
from rag.web.render import render_progress

AT_ONCE = 50
"""Articles that are changed in one step; the page says how far it is, and can be told to stop, between two."""
GONE = "This article is no longer here."
NOTHING_GIVEN = "Nothing was filled in, so nothing was changed"

Part = TypeVar("Part")
Handler = Callable[..., Iterator[Shown]]


def _explained(handler: Handler) -> Handler:
    """Return the handler so that the notice says why something cannot be done, or where it stopped."""

    @wraps(handler)
    def handle(changing: "Changing", drafts: Drafts, *arguments: Any) -> Iterator[Shown]:
        try:
            yield from handler(changing, drafts, *arguments)
        except USER_ERRORS as error:
            done = drafts.notice or Notice("")
            told = f"{done.told}, and stopped: {error}" if done.told else str(error)
            drafts.notice = replace(done, told=told, is_problem=True)
            yield changing.show(drafts)

    return handle


class Changing:
    """Handlers that change saved articles: they yield (reader, chosen, notice, table, header).

    Example:
        changing = Changing(library, lambda drafts: (render_chosen(...), render_notice(...), render_table(...), ...))
        reader.delete(changing.remove, drafts, [reader, chosen, notice, table, header])
    """

    def __init__(self, library: Library, show_changed: Callable[[Drafts], Shown], *, undoable: int = UNDOABLE) -> None:
        """Change articles of `library`; `show_changed` renders all but the reader; so many come back if removed."""
        self._undoable = undoable
        self._library = library
        self._show_changed = show_changed

    def show(self, drafts: Drafts, reader: Any = None) -> Shown:
        """Return what all components show once a change is done: `reader` as given, or as it was."""
        return gr.skip() if reader is None else reader, *self._show_changed(drafts)

    def edit(self, drafts: Drafts, event: gr.EventData) -> Iterator[Shown]:
        """Correct details of the article that is open."""
        article = self._library.catalog.find(str(event.article))
        if article is None:
            yield self.show(drafts, render_reader(None, GONE))
            return
        try:
            new = correct_article(article, {name: str(value) for name, value in dict(event.details).items()})
            changes = list_changed(new, article)
            self._library.correct_each({article.id: changes})
        except USER_ERRORS as error:
            yield self.show(drafts, render_reader(article, str(error)))
            return
        after = self._library.read(article.id)
        drafts.notice = Notice(tell("Changed", [after], 1), edits=(Edit(article, after),)) if changes else None
        yield self.show(drafts, render_reader(after))

    @_explained
    def edit_chosen(self, drafts: Drafts, event: gr.EventData) -> Iterator[Shown]:
        """Give all chosen articles the same details."""
        details = read_shared({name: str(value) for name, value in dict(event.details).items()})
        ids, asked, edits = drafts.chosen, list[str](), list[Edit]()
        if not details:
            drafts.notice = Notice(NOTHING_GIVEN, is_problem=True)
            yield self.show(drafts)
            return
        drafts.notice = None
        try:
            yield from self._work("Changing", _split(ids), partial(self._edit, details, asked, edits), drafts)
        finally:
            if asked:
                told = tell("Changed", [edit.after for edit in edits], len(asked))
                changed = tuple(edit for edit in edits if edit.before != edit.after)
                drafts.chosen, drafts.notice = drafts.chosen - {*asked}, Notice(told, edits=changed)
        yield self.show(drafts)

    @_explained
    def remove(self, drafts: Drafts, event: gr.EventData) -> Iterator[Shown]:
        """Remove the article that is open, a topic's, the starter articles, or those that are chosen."""
        ids, asked, removals = self._list_meant(drafts, event), list[str](), list[Removal]()
        is_kept, drafts.notice = len(ids) <= self._undoable, None
        step = partial(self._remove, asked, removals) if is_kept else partial(self._remove_for_good, asked)
        try:
            yield from self._work("Removing", _split(ids), step, drafts)
        finally:
            if asked:
                removed = [each.article for removal in removals for each in removal.articles]
                told = tell("Removed", removed, len(asked)) if is_kept else f"Removed {len(asked):,} articles for good"
                drafts.chosen -= {*asked}
                drafts.notice = Notice(told, tuple(each for each in removals if each.articles))
        yield self.show(drafts, render_reader(None))

    @_explained
    def undo(self, drafts: Drafts) -> Iterator[Shown]:
        """Take back the last change."""
        notice, drafts.notice = drafts.notice or Notice(""), None  # a second click must not find it
        undoing = Undoing(self._library, notice)
        if undoing.parts:
            sized = [(len(part.articles) if isinstance(part, Removal) else 1, part) for part in undoing.parts]
            try:
                yield from self._work("Restoring", sized, undoing.take_back, drafts)
            finally:
                drafts.notice = undoing.notice
        yield self.show(drafts)

    def _list_meant(self, drafts: Drafts, event: gr.EventData) -> frozenset[str]:
        catalog = self._library.catalog
        if article := getattr(event, "article", ""):
            return frozenset([str(article)])
        if (topic := getattr(event, "topic", None)) is not None:
            return catalog.list_ids(Scope(topics=frozenset([str(topic)])))
        return list_starter_articles(catalog) if getattr(event, "starter", "") else drafts.chosen

    def _edit(self, details: Details, asked: list[str], edits: list[Edit], ids: list[str]) -> None:
        before = self._library.correct_each(dict.fromkeys(ids, details))
        asked += ids
        edits += [Edit(each, after) for each in before if (after := self._library.catalog.find(each.id))]

    def _remove(self, asked: list[str], removals: list[Removal], ids: list[str]) -> None:
        removals.append(self._library.take_out(ids))
        asked += ids

    def _remove_for_good(self, asked: list[str], ids: list[str]) -> None:
        self._library.remove(ids)
        asked += ids

    def _work(
        self, label: str, parts: Iterable[tuple[int, Part]], step: Callable[[Part], None], drafts: Drafts
    ) -> Iterator[Shown]:
        """Do a step for each part, which has so many articles; yields how far it is if they are many."""
        sized = list(parts)
        total = sum(size for size, _ in sized)

        def work(taken: Iterator[int]) -> Iterator[int]:
            for size, part in sized:
                if claimed := list(islice(taken, size)):
                    step(part)
                    yield from claimed

        job = Job(label, range(total), work)
        if total <= AT_ONCE:
            deque(work(iter(job.inputs)), maxlen=0)
            return
        for progress in drafts.follow(job):
            shown = render_progress(progress, is_cancelled=job.is_cancelled)
            yield gr.skip(), gr.skip(), shown, gr.skip(), gr.skip()


def _split(ids: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the ids in groups that are changed in one step, each with its size."""
    left = iter(sorted(ids))
    while some := list(islice(left, AT_ONCE)):
        yield len(some), some
