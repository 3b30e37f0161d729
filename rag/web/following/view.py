"""The parts of the page of what is followed as HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.article import Source, format_date
from rag.following.questions import Find, WatchedQuestion
from rag.following.sources import Followed, News
from rag.library.catalog import Catalog
from rag.web import wording
from rag.web.render import render

INTERVALS = {0: "Only when asked", 15: "Every 15 minutes", 60: "Every hour", 360: "Every 6 hours", 1440: "Every day"}
MOST_NAMED = 20
"""Arrivals of a source that the page names."""


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A find with its text looked up; `is_current` if no later version has taken the article's place."""

    find: Find
    source: Source
    text: str
    is_current: bool


def render_form(*, takes_folders: bool) -> str:
    """Return the form that begins to follow a source."""
    return render("following/form.html", takes_folders=takes_folders, intervals=INTERVALS)


def render_sources(followed: Sequence[Followed], catalog: Catalog, problem: str = "") -> str:
    """Return what is followed, with what came and what failed; `problem` is why what was asked for cannot be done."""
    return render(
        "following/sources.html",
        sources=[(each, list(list_named(each, catalog))) for each in followed],
        problem=problem,
        intervals=INTERVALS,
        moment=describe_moment,
        most=MOST_NAMED,
    )


def render_failure(problem: str) -> str:
    """Return why a look came to nothing, in the place of how far it is."""
    return render("following/problem.html", problem=problem)


def render_questions(questions: Sequence[WatchedQuestion], catalog: Catalog, problem: str = "") -> str:
    """Return the watched questions with their finds; `problem` is why they cannot be read."""
    found = [(each, list(look_up(each, catalog))) for each in questions]
    return render("following/questions.html", questions=found, problem=problem, moment=describe_moment, words=wording)


def render_news(questions: Sequence[WatchedQuestion]) -> str:
    """Return how many finds nobody has seen, for the navigation."""
    return render("following/news.html", count=sum(len(each.unseen) for each in questions))


def list_named(followed: Followed, catalog: Catalog) -> Iterator[tuple[News, Source]]:
    """Yield the latest arrivals of a source, without those that have been removed."""
    found = ((each, catalog.find(each.article)) for each in followed.news[:MOST_NAMED])
    return ((news, article.source) for news, article in found if article)


def look_up(question: WatchedQuestion, catalog: Catalog) -> Iterator[FoundQuote]:
    """Yield the finds of a question with their texts."""
    for find in question.finds:
        if found := catalog.find_version(find.article, find.version):
            article, entry = found
            yield FoundQuote(find, article.source, article.text[find.start : find.end], entry.state == "live")


def describe_moment(moment: datetime) -> str:
    """Return a moment in words, in the time zone of this machine: "1 March 2024, 12:30"."""
    local = moment.astimezone()
    return f"{format_date(local.date())}, {local:%H:%M}"
