"""Adding articles: what is cancelled or fails is named, and nothing disappears."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import gradio as gr

from corpus.article import Article
from corpus.loading import Loaded
from corpus.loading.limits import STANDARD_LIMITS
from rag.library.library import Library
from rag.library.records import Receipt
from rag.web.articles.adding import CANCELLED, Adding
from rag.web.articles.drafts import Drafts, Problem
from rag.web.job import FAULT

FILES = 300


class FaultyLibrary:
    """A library that saves one article, and then fails as no library should."""

    def __init__(self, library: Library) -> None:
        self.catalog = library.catalog
        self._add = library.add

    def add_each(self, articles: Iterable[Article]) -> Iterator[Receipt]:
        yield from self._add([next(iter(articles))])
        raise ZeroDivisionError


def make_adding(library: Library | FaultyLibrary) -> Adding:
    return Adding(library, STANDARD_LIMITS, lambda drafts: ("table", "header"))  # type: ignore[arg-type]


def test_files_that_were_not_read_when_the_visitor_cancelled_are_named(library: Library, tmp_path: Path) -> None:
    adding, drafts = make_adding(library), Drafts()
    paths = [tmp_path / f"{number}.txt" for number in range(FILES)]
    for path in paths:
        path.write_text(f"Story {path.stem}\n\nSomething happened in {path.stem}.", "utf-8")
    reading = adding.read_files([str(path) for path in paths], drafts)
    next(reading)
    adding.cancel(drafts)
    list(reading)
    names = [draft.name for draft in drafts.unsaved] + [problem.name for problem in drafts.problems]
    assert names == [path.name for path in paths]
    assert drafts.problems[-1] == Problem(paths[-1].name, CANCELLED)


def test_a_fault_while_saving_is_named_and_keeps_the_drafts_that_were_not_saved(library: Library) -> None:
    adding, drafts = make_adding(FaultyLibrary(library)), Drafts()
    drafts.take_in(Loaded(name, Article(id=name, text=f"Text of {name}.")) for name in ("one", "two"))
    *_, (progress, shown, table, header) = adding.save(drafts, gr.EventData(None, {"corrections": {}}))
    assert (progress, table, header, drafts.job) == ("", "table", "header", None)
    assert [draft.name for draft in drafts.unsaved] == ["two"]
    assert (drafts.report, drafts.problems) == ("1 added", (Problem("Saving", FAULT),))
    assert FAULT in shown
