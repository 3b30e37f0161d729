"""Describes values in words for people."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from corpus.article import SCANNED as SCANNED
from corpus.article import Source, format_date
from rag.answer import Answer, Trust
from rag.question import Scope

_BARS = {Trust.SURE: 4, Trust.CHECK: 2, Trust.UNSURE: 1}
NO_TITLES: Mapping[str, str] = MappingProxyType({})
_DAYS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


def count_bars(answer: Answer) -> int:
    """Return how far an answer can be relied on as 1 to 4 bars."""
    return _BARS[answer.trust]


def describe_age(published: date | None, today: date) -> str:
    """Describe the age of an article: "3 weeks ago"; empty if its date is unknown or in the future."""
    days = (today - published).days if published else -1
    if days < 0:
        return ""
    if days < 2:
        return ("today", "yesterday")[days]
    size, unit = next((size, unit) for size, unit in _DAYS if days >= size)
    count = days // size
    return f"{count} {unit}{'' if count == 1 else 's'} ago"


def describe_source(source: Source) -> str:
    """Return the outlet and the date: "Our paper, 17 December 2021"; what is unknown is left out, and OCR is named."""
    return ", ".join(filter(None, (source.outlet, format_date(source.published), SCANNED * source.is_scanned)))


def describe_seconds(seconds: float) -> str:
    """Return a time in words: "0.08 s", "12 s"."""
    return f"{seconds:.0f} s" if seconds >= 10 else f"{max(seconds, 0.01):.2f} s"


def list_limits(scope: Scope, titles: Mapping[str, str] = NO_TITLES) -> list[tuple[str, str, str]]:
    """Return each limit of the scope as (kind, value, words): articles by their titles, outlets, topics, then dates."""
    limits = [("article", id, titles.get(id, id)) for id in sorted(scope.articles)]
    limits += [("outlet", outlet, outlet or "No outlet") for outlet in sorted(scope.outlets)]
    limits += [("topic", topic, topic or "No topic") for topic in sorted(scope.topics)]
    if scope.since:
        limits.append(("since", scope.since.isoformat(), f"Since {format_date(scope.since)}"))
    if scope.until:
        limits.append(("until", scope.until.isoformat(), f"Until {format_date(scope.until)}"))
    return limits
