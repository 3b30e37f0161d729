"""What a question takes for granted and the articles contradict: another name, day or number."""

from collections.abc import Iterable, Mapping
from datetime import date

from corpus.article import format_date
from corpus.calendar import MONTHS
from rag.asking.signals.statements import Statement
from rag.english.dates import PartialDate, list_dates
from rag.english.names import find_namesake, list_names, list_ordinary
from rag.english.numbers import Number, list_numbers


def find_contradicted(question: str, stated: Statement, lacking: Iterable[str]) -> Mapping[str, str]:
    """Return what the question says otherwise than the article, with what the article says instead.

    Args:
        question: a question that stands alone.
        stated: what the article states in reply.
        lacking: the names and dates of the question that the article does not have.

    Returns:
        Of each such name a namesake in the sentence or title, of a date one of which a part is the same, and of a
        number another one that counts the same thing.
    """
    told = f"{stated.source.title}\n{stated.sentence}"
    others = {one: _find_other_date(one, stated) or _find_other_name(one, stated, told) for one in lacking}
    found = {asked: other for asked, other in others.items() if other}
    return found | _find_other_numbers(question, stated)


def _find_other_date(asked: str, stated: Statement) -> str:
    dates = list_dates(asked)
    if not dates:
        return ""
    told = list_dates(stated.sentence, stated.published) or list_dates(stated.context, stated.published)
    if day := stated.published:
        told = [*told, PartialDate(day.year, day.month, day.day, format_date(day))]
    return next((_write(other) for other in told if _is_near(dates[0], other)), "")


def _write(told: PartialDate) -> str:
    """Return a date in full, as far as it is known: the article may have it as "on 15 December"."""
    if told.year is None or told.month is None:
        return told.text
    if told.day is None:
        return f"{MONTHS[told.month - 1]} {told.year}"
    return format_date(date(told.year, told.month, told.day))


def _is_near(asked: PartialDate, told: PartialDate) -> bool:
    """Whether a part of two dates is the same and another is not, and the one told is as exact."""
    pairs = [(ours, theirs) for ours, theirs in zip(asked.parts, told.parts, strict=True) if ours is not None]
    shared = [ours == theirs for ours, theirs in pairs if theirs is not None]
    return len(shared) == len(pairs) and any(shared) and not all(shared)


def _find_other_name(asked: str, stated: Statement, told: str) -> str:
    ordinary = list_ordinary(stated.context)
    others = list_names(told, ordinary)
    namesakes = (find_namesake(name, others, ordinary) for name in list_names(asked, ordinary))
    return next((other.text for other in namesakes if other), "")


def _find_other_numbers(question: str, stated: Statement) -> dict[str, str]:
    """Return each counted number of the question of which the passage has none, but another of the same things."""
    told = list_numbers(stated.context)
    here = list_numbers(stated.sentence)
    asked = [one for one in list_numbers(question) if one.unit and not one.is_casual]
    return {
        one.written: other.written
        for one in asked
        if not any(one.may_be(known) for known in told) and (other := _find_other(one, here))
    }


def _find_other(asked: Number, told: Iterable[Number]) -> Number | None:
    return next((other for other in told if other.kind is asked.kind and other.unit == asked.unit), None)
