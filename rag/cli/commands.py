"""The command line: `python -m rag COMMAND`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import sleep
from typing import Annotated

import typer

from corpus.calendar import read_day
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, build_endpoints, open_catalog, open_library
from rag.cli import terminal
from rag.cli.adding import add, add_starter_articles
from rag.cli.evaluating import compare, evaluate
from rag.cli.following import check, follow, following, unfollow, unwatch, watch, watched
from rag.cli.interrupts import quiet_end
from rag.cli.keeping import Home, Json, backup, migrate, reindex, restore
from rag.cli.managing import edit, export, remove
from rag.errors import USER_ERRORS, HomeLockedError, QuestionError, UnknownArticleError
from rag.following_assembly import build_schedule
from rag.library.library import Library
from rag.library.scope import resolve_scope
from rag.question import Question, Scope, Turn
from rag.settings import read_settings
from rag.wire import describe_answer, describe_article, describe_entry, to_json

app = typer.Typer(
    help="Answers from news articles, in quotes with their sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _parse_day(text: str) -> date:
    try:
        day = read_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if day is None:
        raise typer.BadParameter("no day is given; write it like 2022-01-26")
    return day


Day = Annotated[
    date | None,
    typer.Option(parser=_parse_day, metavar="DAY", help="Only articles published then, or on that side of it."),
]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns 1 on a failure, and leaves by `SystemExit` otherwise."""
    try:
        app(arguments)
    except USER_ERRORS as error:
        terminal.print_error(str(error))
    return 1


app.command()(add)


@app.command("list")
def list_articles(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Show superseded versions too.")] = False,
    as_json: Json = False,
    outlet: Annotated[list[str] | None, typer.Option(help="Only articles of this outlet; may be repeated.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only articles on this topic; may be repeated.")] = None,
) -> None:
    """List the articles, newest first."""
    catalog = open_catalog(read_settings(home=home))
    inside = catalog.list_ids(resolve_scope(catalog, Scope(frozenset(outlet or ()), frozenset(topic or ()))))
    entries = catalog.list_entries(superseded=everything)
    if outlet or topic:
        entries = [entry for entry in entries if entry.source.id in inside]
    if as_json:
        terminal.print_plain(_dump([describe_entry(entry) for entry in entries]))
    else:
        terminal.print_entries(entries)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    home: Home = None,
    version: Annotated[int | None, typer.Option(help="An earlier version: see `list --all`.")] = None,
    as_json: Json = False,
) -> None:
    """Show an article with its whole text."""
    found = open_catalog(read_settings(home=home)).find_version(article_id, version)
    if found is None:
        raise UnknownArticleError(article_id, version)
    if as_json:
        terminal.print_plain(_dump(describe_article(*found)))
    else:
        terminal.print_article(*found)


app.command()(edit)
app.command()(remove)
app.command()(export)
app.command()(reindex)
app.command()(backup)
app.command()(restore)
app.command()(migrate)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What to ask.")],
    home: Home = None,
    as_json: Json = False,
    outlet: Annotated[list[str] | None, typer.Option(help="Only articles of this outlet; may be repeated.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only articles on this topic; may be repeated.")] = None,
    since: Day = None,
    until: Day = None,
) -> None:
    """Answer one question from the articles, or from some of them."""
    scope = Scope(frozenset(outlet or ()), frozenset(topic or ()), since, until)
    asked = Question(question, scope=scope)
    with _open_chatbot(home) as (chatbot, library), terminal.show_writing(chatbot):
        answer = chatbot.invoke(replace(asked, scope=resolve_scope(library.catalog, scope)))
    if as_json:
        terminal.print_plain(_dump(describe_answer(answer)))
    else:
        terminal.print_answer(answer)


@app.command()
def chat(home: Home = None) -> None:
    """Ask one question after another; an empty line ends."""
    history: tuple[Turn, ...] = ()
    with _open_chatbot(home) as (chatbot, _):
        while text := terminal.ask_line():
            try:
                with terminal.show_writing(chatbot):
                    answer = chatbot.invoke(Question(text, history))
            except QuestionError as error:
                terminal.print_error(str(error))
            else:
                terminal.print_answer(answer)
                history = (*history, answer.turn)


for _command in (follow, following, check, unfollow, watch, watched, unwatch):
    app.command()(_command)
app.command()(evaluate)
app.command()(compare)


@app.command()
def serve(
    home: Home = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on (default 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on (default 7860).")] = None,
) -> None:
    """Open the web chat; `python app.py` does the same."""
    from rag.web import describe_danger, log_as_json, start_listening, start_page

    settings = read_settings(home=home, host=host, port=port)
    if settings.log == "json":
        log_as_json()
    with (
        quiet_end(),
        start_listening(settings) as listener,
        open_library(settings) as library,
        build_schedule(settings, library) as schedule,
    ):
        terminal.advise(library)
        add_starter_articles(library)
        if danger := describe_danger(settings):
            terminal.print_error(danger)
        start_page(settings, library, listener, schedule)
        terminal.print_note(f"Dateline is at http://{settings.host}:{settings.port} (Ctrl-C stops it)")
        with closing(listener):  # before the library
            while True:
                sleep(1)  # a signal that another thread got is heeded when this one wakes


@app.command()
def mcp(home: Home = None) -> None:
    """Serve the articles to an MCP client, over standard input and output."""
    from rag.programs.mcp import build_server

    settings = read_settings(home=home)
    try:
        library = open_library(settings)
    except HomeLockedError as error:
        raise HomeLockedError(
            f"{error}. If it is the page, give the client its address instead: http://{settings.host}:{settings.port}/mcp"
        ) from error
    with library:
        build_server(build_endpoints(settings, library, build_chatbot(settings, library))).run("stdio")


@contextmanager
def _open_chatbot(home: Path | None) -> Iterator[tuple[Chatbot, Library]]:
    settings = read_settings(home=home)
    with open_library(settings) as library:
        terminal.advise(library)
        if not library.catalog.read_collection().articles:
            terminal.print_note("The library is empty: add articles with `python -m rag add PATH`.")
        yield build_chatbot(settings, library), library


def _dump(reply: object) -> str:
    return json.dumps(to_json(reply), ensure_ascii=False)
