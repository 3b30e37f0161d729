"""The commands for what stays current: feeds and folders that are followed, and questions that are watched."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from corpus.article import format_date
from rag.assembly import build_chatbot, open_library
from rag.cli import terminal
from rag.cli.interrupts import INTERRUPTED, Interrupts
from rag.cli.keeping import Home, Json
from rag.errors import FollowError
from rag.following.questions import Find, WatchedQuestion, WatchedQuestions
from rag.following.sources import Followed, Following
from rag.following_assembly import build_checker, build_watched
from rag.library.home import Home as HomeFolder
from rag.library.library import Library
from rag.library.scope import resolve_scope
from rag.question import Scope
from rag.settings import Settings, read_settings

Every = Annotated[
    int | None,
    typer.Option(metavar="MINUTES", help="Look by itself this often while the page runs; 0: only when asked."),
]


def follow(
    source: Annotated[str, typer.Argument(metavar="FEED_OR_FOLDER", help="Address of a feed, or a folder.")],
    home: Home = None,
    every: Every = None,
) -> None:
    """Follow a feed or a folder: add its articles now, and what is new at each `check`."""
    settings = read_settings(home=home)
    with open_library(settings) as library, terminal.TallyBar("Looking") as bar, Interrupts(bar) as interrupts:
        with interrupts.deferred():
            checked = build_checker(settings, library).begin(source, every, bar)
        _print_look(checked, library)
    _leave(checked)


def following(home: Home = None, as_json: Json = False) -> None:
    """List the feeds and folders that are followed, and what came of the last look."""
    found = _following(read_settings(home=home)).list_followed()
    if as_json:
        terminal.print_plain(json.dumps([_record(each) for each in found], ensure_ascii=False))
        return
    for each in found:
        terminal.OUT.print(Text(each.source, style="bold"), soft_wrap=True)
        terminal.OUT.print(Text(f"  {_describe(each)}"), soft_wrap=True)
        for moment, problem in each.problems:
            terminal.print_error(f"{_tell(moment)}: {problem}")
    if not found:
        terminal.print_note("Nothing is followed: `python -m rag follow FEED_OR_FOLDER` begins.")


def unfollow(source: Annotated[str, typer.Argument(metavar="FEED_OR_FOLDER")], home: Home = None) -> None:
    """Follow a feed or a folder no longer; its articles stay."""
    gone = _following(read_settings(home=home)).unfollow(source)
    terminal.print_note(f"{gone.source} is not followed any more; its articles stay.")


def check(
    sources: Annotated[list[str] | None, typer.Argument(metavar="FEED_OR_FOLDER...", help="Only these.")] = None,
    home: Home = None,
) -> None:
    """Look at what is followed, add what is new or changed, and ask the watched questions."""
    settings = read_settings(home=home)
    with open_library(settings) as library:
        checker = build_checker(settings, library)
        found = [checker.following.find(each) for each in sources or ()] or checker.following.list_followed()
        if not found:
            raise FollowError("nothing is followed: `python -m rag follow FEED_OR_FOLDER` begins")
        checked = []
        for each in found:
            with terminal.TallyBar(f"Looking at {each.source}") as bar, Interrupts(bar) as heard, heard.deferred():
                checked.append(checker.check(each, is_asked=True, watch=bar))
            _print_look(checked[-1], library)
            if bar.is_stopped:
                raise typer.Exit(INTERRUPTED)
        _print_watched(_refresh(settings, library), library)
    _leave(*checked)


def watch(
    question: Annotated[str, typer.Argument(help="What to ask of new articles.")],
    home: Home = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only articles of this outlet; may be repeated.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only articles on this topic; may be repeated.")] = None,
) -> None:
    """Watch a question: `watched` shows which new articles answer it."""
    settings = read_settings(home=home)
    with open_library(settings) as library:
        scope = resolve_scope(library.catalog, Scope(frozenset(outlet or ()), frozenset(topic or ())))
        found = build_watched(settings, library).watch(question, scope=scope)
    terminal.print_note(f"{found.text} is watched: `python -m rag watched` shows what new articles say.")


def watched(
    home: Home = None,
    everything: Annotated[bool, typer.Option("--all", help="Show what was seen before, too.")] = False,
    as_json: Json = False,
) -> None:
    """Show which new articles answer the watched questions, and take them for seen."""
    settings = read_settings(home=home)
    with open_library(settings) as library:
        questions = _refresh(settings, library)
        found = questions.list_questions()
        if not everything:
            found = [replace(each, finds=tuple(each.unseen)) for each in found]
        if as_json:
            records = [_record_question(each, library) for each in found]
            terminal.print_plain(json.dumps(records, ensure_ascii=False))
        else:
            _print_questions(found, library)
        for each in found:
            questions.mark_seen(each.id)


def unwatch(question: Annotated[str, typer.Argument(help="A question that is watched.")], home: Home = None) -> None:
    """Watch a question no longer."""
    settings = read_settings(home=home)
    with open_library(settings) as library:
        questions = build_watched(settings, library)
        for each in questions.list_questions():
            if question in (each.text, each.id):
                questions.unwatch(each.id)
                terminal.print_note(f"{each.text} is not watched any more.")
                return
    raise FollowError(f"{question!r} is not watched: `python -m rag watched --all` lists what is")


def _following(settings: Settings) -> Following:
    return Following(HomeFolder(settings.home).following)


def _refresh(settings: Settings, library: Library) -> WatchedQuestions:
    """Ask the new articles the watched questions; the models are loaded only if there is something to ask."""
    questions = build_watched(settings, library)
    if questions.list_new():
        chatbot = build_chatbot(settings.model_copy(update={"chat_model": ""}), library)  # quotes are enough
        questions.refresh(chatbot.invoke)
    return questions


def _print_look(checked: Followed, library: Library) -> None:
    terminal.OUT.print(Text(f"{checked.title or checked.source}: {_describe(checked)}", style="bold"), soft_wrap=True)
    for news in reversed(checked.latest):
        article = library.catalog.find(news.article)
        name = terminal.describe_source(article.source) if article else news.article
        terminal.OUT.print(Text(f"{news.outcome.value:<10}{name}"), soft_wrap=True)
    for _, problem in checked.problems:
        terminal.print_error(problem)


def _print_watched(questions: WatchedQuestions, library: Library) -> None:
    found = [replace(each, finds=tuple(each.unseen)) for each in questions.list_questions() if each.unseen]
    if found:
        _print_questions(found, library)


def _print_questions(found: list[WatchedQuestion], library: Library) -> None:
    for each in found:
        terminal.OUT.print(Text(f"\n{each.text}", style="bold"), soft_wrap=True)
        if not each.finds:
            terminal.OUT.print(Text("  No new article answers.", style="dim"))
        for find in each.finds:
            quote, source = _look_up(find, library)
            terminal.OUT.print(Text(f"  “{quote}”"), soft_wrap=True)
            terminal.OUT.print(Text(f"  {source}", style="cyan"), soft_wrap=True)
    if not found:
        terminal.print_note('No question is watched: `python -m rag watch "QUESTION"` begins.')


def _look_up(find: Find, library: Library) -> tuple[str, str]:
    found = library.catalog.find_version(find.article, find.version)
    assert found, find
    return found[0].text[find.start : find.end], terminal.describe_source(found[1].source)


def _record(followed: Followed) -> dict[str, object]:
    return {
        "source": followed.source,
        "title": followed.title,
        "minutes": followed.minutes,
        "checked": followed.checked and followed.checked.isoformat(),
        "news": [
            {"article": each.article, "state": each.outcome.value, "moment": each.moment.isoformat()}
            for each in followed.news
        ],
        "problems": [{"moment": moment.isoformat(), "message": problem} for moment, problem in followed.problems],
    }


def _record_question(question: WatchedQuestion, library: Library) -> dict[str, object]:
    return {
        "id": question.id,
        "question": question.text,
        "finds": [
            {
                "article": find.article,
                "start": find.start,
                "end": find.end,
                "text": _look_up(find, library)[0],
                "moment": find.moment.isoformat(),
                "seen": find.is_seen,
            }
            for find in question.finds
        ],
    }


def _describe(followed: Followed) -> str:
    """Return when it was looked at, and what that brought."""
    often = f"every {followed.minutes} minutes" if followed.minutes else "only when asked"
    when = f"looked at {_tell(followed.checked)}" if followed.checked else "not looked at yet"
    return f"{followed.describe_latest()}; {when}, {often}"


def _tell(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{format_date(local.date())}, {local:%H:%M}"


def _leave(*checked: Followed) -> None:
    if any(each.problems for each in checked):
        raise typer.Exit(1)
