"""The command `add`, and how a command puts articles into a library: read as they go in, with a progress bar."""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded, load_source
from rag.assembly import load_starter_articles, loading_limits, open_library
from rag.cli import terminal
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from rag.settings import Settings, read_settings
from rag.wire import describe_receipt, to_json

READ_AHEAD = 1_000
"""Items that are read before the first goes in: of so few the number is known, and so the time left."""

Item = Loaded | LoadError


def add(
    sources: Annotated[list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, web pages or feeds.")],
    home: Annotated[
        Path | None, typer.Option("--home", metavar="DIR", help="Folder of the library (default .dateline).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Add articles from files, folders, web pages and feeds; known ones are updated."""
    settings = read_settings(home=home)
    limits = loading_limits(settings)
    items, total = count_ahead(item for source in sources for item in load_source(source, limits))
    outcomes: Counter[Outcome] = Counter()
    for source, receipt in _add_or_refuse(settings, items, total):
        report(receipt, source, as_json)
        outcomes[receipt.outcome] += 1
    if not as_json:
        counts = (f"{outcomes[outcome]} {outcome.value}" for outcome in Outcome if outcomes[outcome])
        terminal.print_note(", ".join(counts))
    if outcomes[Outcome.FAILED]:
        raise typer.Exit(1)


def report(receipt: Receipt, source: str, as_json: bool) -> None:
    """Print what became of one article."""
    if as_json:
        terminal.print_plain(json.dumps(to_json(describe_receipt(receipt, source)), ensure_ascii=False))
    else:
        terminal.print_receipt(receipt, source)


def count_ahead(items: Iterator[Item]) -> tuple[Iterator[Item], int | None]:
    """Return the items, and how many articles are among them; None if there are more items than are read ahead."""
    first = list(islice(items, READ_AHEAD + 1))
    count = sum(isinstance(item, Loaded) for item in first)
    return chain(first, items), count if len(first) <= READ_AHEAD else None


def add_items(library: Library, items: Iterable[Item], total: int | None) -> Iterator[tuple[str, Receipt]]:
    """Yield the source of each item and its receipt, with a progress bar; `total` articles, if that is known."""
    loaded: deque[Loaded] = deque()
    failures: deque[LoadError] = deque()

    def take() -> Iterator[Article]:
        for item in items:
            if isinstance(item, Loaded):
                loaded.append(item)
                yield item.article
            else:
                failures.append(item)

    with terminal.show_progress("Adding", total) as advance:
        for done, receipt in enumerate(library.add_each(take()), start=1):
            yield from _refuse(failures)
            advance(done, total)
            item = loaded.popleft()
            yield item.source, replace(receipt, message="; ".join(filter(None, (receipt.message, *item.notes))))
    yield from _refuse(failures)


def add_starter_articles(library: Library) -> None:
    """Add the starter articles to a library that was never used."""
    if library.is_new:
        articles = list(load_starter_articles())
        with terminal.show_progress("Indexing the starter articles", len(articles)) as advance:
            for done, _ in enumerate(library.add_each(articles), start=1):
                advance(done, len(articles))


def _add_or_refuse(settings: Settings, items: Iterable[Item], total: int | None) -> Iterator[tuple[str, Receipt]]:
    if total == 0:  # no library is made for nothing
        yield from _refuse(deque(item for item in items if isinstance(item, LoadError)))
    else:
        with open_library(settings) as library:
            yield from add_items(library, items, total)


def _refuse(failures: deque[LoadError]) -> Iterator[tuple[str, Receipt]]:
    while failures:
        failure = failures.popleft()
        yield failure.source, Receipt("", Outcome.FAILED, failure.reason)
