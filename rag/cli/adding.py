"""The command `add`, and how a command puts articles into a library: read as they go in, with a bar, until Ctrl-C."""

import json
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded, load_source
from corpus.passages import describe_length, is_book
from corpus.progress import StoppedError
from rag.assembly import load_starter_articles, loading_limits, open_library
from rag.cli import terminal
from rag.cli.interrupts import INTERRUPTED, Interrupts
from rag.cluster_assembly import open_cluster
from rag.library.encoding import EncodeAhead, encode_ahead
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from rag.library.upkeep.changing import correct_details
from rag.settings import Settings, read_settings
from rag.wire import describe_receipt, to_json

READ_AHEAD = 1_000
"""Items that are read before the first goes in: of so few the length is known, and so the time left."""

Item = Loaded | LoadError


def add(
    sources: Annotated[list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, web pages or feeds.")],
    home: Annotated[
        Path | None, typer.Option("--home", metavar="DIR", help="Folder of the library (default .dateline).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
    topic: Annotated[str | None, typer.Option(help="The topic of all that is added, whatever it says itself.")] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Load and encode on a Ray cluster: local, auto or HOST:PORT."),
    ] = None,
) -> None:
    """Add articles from files, folders, web pages and feeds; known ones are updated."""
    settings = read_settings(home=home)
    outcomes: Counter[Outcome] = Counter()
    with terminal.TallyBar("Reading") as bar, Interrupts(bar) as interrupts, suppress(KeyboardInterrupt):
        for source, receipt in _add_sources(settings, sources, topic, bar, interrupts, ray):
            report(receipt, source, as_json)
            outcomes[receipt.outcome] += 1
    counts = ", ".join(f"{outcomes[outcome]} {outcome.value}" for outcome in Outcome if outcomes[outcome])
    if bar.is_stopped:
        terminal.print_note(
            f"Stopped: {counts or 'nothing was added'}. What was under way is left out, what was added is kept:"
            " the same command goes on from there."
        )
        raise typer.Exit(INTERRUPTED)
    if not as_json:
        terminal.print_note(counts)
    if outcomes[Outcome.FAILED]:
        raise typer.Exit(1)


def report(receipt: Receipt, source: str, as_json: bool) -> None:
    """Print what became of one article."""
    if as_json:
        terminal.print_plain(json.dumps(to_json(describe_receipt(receipt, source)), ensure_ascii=False))
    else:
        terminal.print_receipt(receipt, source)


def count_ahead(items: Iterator[Item]) -> tuple[Iterator[Item], int | None]:
    """Return the items, and how many characters their articles have; None if there are more than are read ahead."""
    first = list(islice(items, READ_AHEAD + 1))
    characters = sum(len(item.article.text) for item in first if isinstance(item, Loaded))
    return chain(first, items), characters if len(first) <= READ_AHEAD else None


def add_items(
    library: Library,
    items: Iterator[Item],
    bar: terminal.TallyBar,
    interrupts: Interrupts,
    encode: EncodeAhead = encode_ahead,
) -> Iterator[tuple[str, Receipt]]:
    """Yield the source of each item and its receipt, and tell the bar; ends early where that is stopped."""
    loaded: deque[Loaded] = deque()
    failures: deque[LoadError] = deque()

    def take() -> Iterator[Article]:
        for item in _read_until_stopped(items, bar, interrupts):
            if isinstance(item, Loaded):
                loaded.append(item)
                yield item.article
            else:
                failures.append(item)

    with interrupts.deferred(), suppress(StoppedError):
        for receipt in library.add_each(take(), bar, encode):
            yield from _refuse(failures)
            item = loaded.popleft()
            bar.finish(item.article)
            yield item.source, replace(receipt, message="; ".join(filter(None, (receipt.message, *item.notes))))
    yield from _refuse(failures)


def add_starter_articles(library: Library) -> None:
    """Add the starter articles to a library that was never used."""
    if library.is_new:
        articles = list(load_starter_articles())
        characters = sum(len(article.text) for article in articles)
        with terminal.TallyBar("Indexing the starter articles", characters) as bar:
            for article, _ in zip(articles, library.add_each(articles, bar), strict=True):
                bar.finish(article)


def _add_sources(
    settings: Settings,
    sources: Sequence[str],
    topic: str | None,
    bar: terminal.TallyBar,
    interrupts: Interrupts,
    ray: str | None,
) -> Iterator[tuple[str, Receipt]]:
    with _begin_loading(settings, sources, bar, ray) as (found, encode):
        items, characters = count_ahead(_warn_of_book(_put_on(topic, item)) for item in found)
        if characters == 0:  # no library is made for nothing
            yield from _refuse(deque(item for item in items if isinstance(item, LoadError)))
            return
        bar.begin("Adding", characters)
        with open_library(settings) as library:
            terminal.advise(library)
            yield from add_items(library, items, bar, interrupts, encode)


@contextmanager
def _begin_loading(
    settings: Settings, sources: Sequence[str], bar: terminal.TallyBar, ray: str | None
) -> Iterator[tuple[Iterator[Item], EncodeAhead]]:
    """Yield what is loaded, by this process or on a cluster, and what encodes there."""
    limits = loading_limits(settings)
    if ray is None:
        yield (item for source in sources for item in load_source(source, limits, bar)), encode_ahead
    else:
        with open_cluster(settings, ray) as cluster:
            yield cluster.load(sources, limits, bar), cluster.encode_ahead


def _put_on(topic: str | None, item: Item) -> Item:
    if topic is None or not isinstance(item, Loaded):
        return item
    return replace(item, article=correct_details(item.article, {"topic": topic.strip()}))


def _warn_of_book(item: Item) -> Item:
    if isinstance(item, Loaded) and is_book(item.article.text):
        terminal.print_note(
            f"{item.source} is as long as a book: {describe_length(item.article.text)}. To add it takes a minute or"
            " more; Ctrl-C stops that, and keeps what was added before."
        )
    return item


def _read_until_stopped(items: Iterator[Item], bar: terminal.TallyBar, interrupts: Interrupts) -> Iterator[Item]:
    """Yield the items; while one is read, Ctrl-C is heeded at once."""
    with suppress(StoppedError, KeyboardInterrupt):
        while not bar.is_stopped:
            with interrupts.deferred(is_deferred=False):
                item = next(items, None)
            if item is None:
                return
            yield item


def _refuse(failures: deque[LoadError]) -> Iterator[tuple[str, Receipt]]:
    while failures:
        failure = failures.popleft()
        yield failure.source, Receipt("", Outcome.FAILED, failure.reason)
