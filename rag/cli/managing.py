"""The commands for many articles, which are named or of a collection: `edit`, `remove` and `export`."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from corpus.article import Article, count_articles
from corpus.calendar import read_day
from corpus.writing import write_lines
from rag.assembly import list_starter_articles, open_catalog, open_library
from rag.cli import terminal
from rag.cli.adding import report
from rag.cli.interrupts import INTERRUPTED
from rag.cli.keeping import Home, Json, erase
from rag.errors import ScopeError
from rag.library.catalog import Catalog
from rag.library.records import Details, Outcome, Receipt
from rag.library.scope import resolve_scope
from rag.question import EVERYTHING, Scope
from rag.settings import read_settings

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", show_default=False)]
OfTopic = Annotated[
    list[str] | None, typer.Option("--topic", help='All articles on this topic, "" for none; may be repeated.')
]
OfOutlet = Annotated[
    list[str] | None, typer.Option("--outlet", help='All articles of this outlet, "" for none; may be repeated.')
]


def edit(
    article_ids: Ids = None,
    home: Home = None,
    title: Annotated[str | None, typer.Option()] = None,
    outlet: Annotated[str | None, typer.Option()] = None,
    author: Annotated[str | None, typer.Option()] = None,
    published: Annotated[str | None, typer.Option(metavar="DAY")] = None,
    url: Annotated[str | None, typer.Option()] = None,
    topic: Annotated[str | None, typer.Option()] = None,
    in_topic: Annotated[list[str] | None, typer.Option(help="All articles that are on this topic by now.")] = None,
    in_outlet: Annotated[list[str] | None, typer.Option(help="All articles that are of this outlet by now.")] = None,
) -> None:
    """Correct what was found about articles; an empty value clears, and the texts stay."""
    given = {"title": title, "outlet": outlet, "author": author, "url": url, "topic": topic}
    details: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if published is not None:
        details["published"] = _read_day(published)
    with open_library(read_settings(home=home)) as library:
        ids = choose_articles(library.catalog, article_ids, in_topic, in_outlet)
        for id in ids:
            library.read(id)
        library.correct_each(dict.fromkeys(ids, cast(Details, details)))
        erase(library)
        for id in ids:
            terminal.print_note(f"{id}: {terminal.describe_source(library.read(id).source)}")


def remove(
    article_ids: Ids = None,
    home: Home = None,
    as_json: Json = False,
    topic: OfTopic = None,
    outlet: OfOutlet = None,
    starter: Annotated[bool, typer.Option("--starter", help="The articles that came with Dateline.")] = False,
) -> None:
    """Remove articles: from every answer at once, then from every file; Ctrl-C leaves the files for the next start."""
    with open_library(read_settings(home=home)) as library:
        receipts = library.remove(choose_articles(library.catalog, article_ids, topic, outlet, starter=starter))
        if not as_json:
            _report(receipts, as_json=False)
        is_finished, is_erased = erase(library), library.is_erased
    if as_json:
        told = {Outcome.REMOVED: is_erased}
        _report((replace(each, is_erased=told.get(each.outcome)) for each in receipts), as_json=True)
    if not is_finished:
        raise typer.Exit(INTERRUPTED)
    if any(receipt.outcome is Outcome.FAILED for receipt in receipts):
        raise typer.Exit(1)


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of JSON lines; - for standard output.")],
    article_ids: Ids = None,
    home: Home = None,
    topic: OfTopic = None,
    outlet: OfOutlet = None,
) -> None:
    """Write articles, or all, into a file that `add` reads back; also while the page runs."""
    catalog = open_catalog(read_settings(home=home))
    is_limited = bool(article_ids or topic or outlet)
    ids = choose_articles(catalog, article_ids, topic, outlet) if is_limited else sorted(catalog.list_ids())
    articles = [article for id in ids if (article := catalog.find(id))]
    if missing := sorted(set(ids) - {article.id for article in articles}):
        raise ScopeError(f"no article has the id {missing[0]!r}: `python -m rag list` shows them")
    if str(file) == "-":
        for line in write_lines(articles):
            terminal.print_plain(line.rstrip("\n"))
        return
    _write(file, articles)
    terminal.print_note(f"{file}: {count_articles(len(articles))}")


def choose_articles(
    catalog: Catalog,
    ids: Sequence[str] | None,
    topics: Sequence[str] | None,
    outlets: Sequence[str] | None,
    *,
    starter: bool = False,
) -> list[str]:
    """Return the ids that are named, then those of the articles on the topics and of the outlets, or of the starter.

    Raises:
        ScopeError: nothing is named, or no article has a topic or an outlet.
    """
    scope = resolve_scope(catalog, Scope(frozenset(outlets or ()), frozenset(topics or ())))
    found = catalog.list_ids(scope) if scope != EVERYTHING else frozenset[str]()
    if starter:
        found |= list_starter_articles(catalog)
    chosen = list(dict.fromkeys([*(ids or ()), *sorted(found)]))
    if not chosen:
        raise ScopeError("there is nothing to do: no article is named, or none is left of those that are meant")
    return chosen


def _read_day(text: str) -> Any:
    try:
        return read_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="'--published'") from error


def _write(file: Path, articles: Iterable[Article]) -> None:
    """Write the file whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8") as target:
            target.writelines(write_lines(articles))
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise typer.BadParameter(f"{file} cannot be written ({error.strerror})", param_hint="FILE") from error


def _report(receipts: Iterable[Receipt], *, as_json: bool) -> None:
    for receipt in receipts:
        report(receipt, receipt.id, as_json)
