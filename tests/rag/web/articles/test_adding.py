"""Adding articles: what is cancelled or fails is named, and nothing disappears."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import gradio as gr

from corpus.article import Article
from corpus.loading import Loaded
from corpus.loading.limits import STANDARD_LIMITS
from corpus.progress import Watch
from embeddings.encoder import Vectors
from rag.library.library import Library
from rag.library.records import Receipt
from rag.web.articles.adding import CANCELLED, Adding
from rag.web.articles.drafts import Drafts, Problem
from rag.web.job import FAULT
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder

FILES = 300


class FaultyLibrary:
    """A library that saves one article, and then fails as no library should."""

    def __init__(self, library: Library) -> None:
        self.catalog, self.is_erased = library.catalog, library.is_erased
        self._add = library.add

    def add_each(self, articles: Iterable[Article], watch: Watch) -> Iterator[Receipt]:
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


class CancellingEncoder(WordEncoder):
    """Cancels the session's job when it encodes its third slice."""

    def __init__(self, drafts: Drafts) -> None:
        super().__init__()
        self._drafts = drafts
        self.slices = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.slices += 1
        if self.slices == 3 and self._drafts.job:
            self._drafts.job.cancel()
        return super().encode(texts)


def test_a_book_is_cancelled_between_passages_and_the_article_before_it_is_kept(open_home: OpenLibrary) -> None:
    drafts = Drafts()
    book = Article(id="book", text="The storm passed over the harbour of the town at night. " * 12_000)
    encoder = CancellingEncoder(drafts)
    library = open_home(encoder, len(book.text))
    drafts.take_in([Loaded("one.txt", Article(id="one", text="Snow fell.")), Loaded("book.txt", book)])
    shown = list(make_adding(library).save(drafts, gr.EventData(None, {"corrections": {}})))
    assert "book.txt is large" in shown[0][0]
    assert encoder.slices == 3
    assert (drafts.report, [draft.name for draft in drafts.unsaved]) == (
        "Cancelled, kept: 1 added; 1 not saved",
        ["book.txt"],
    )
    assert [entry.source.id for entry in library.catalog.list_entries()] == ["one"]
    assert library.vectors.count() == 1
