"""Where an answer was another before: figures of one event on different days, and findings after allegations."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import inf

from corpus.article import Source, format_date
from rag.asking.signals.sameness import Sort, agree, find_sort
from rag.asking.signals.statements import Statement
from rag.asking.spans.expected import expect
from rag.asking.spans.place import BEHIND
from rag.english.countries import find_countries
from rag.english.dates import list_dates
from rag.english.names import find_namesake, is_named, list_names, list_ordinary, list_words
from rag.english.numbers import Number, list_numbers
from rag.english.terms import list_content, list_stems, list_terms

CURRENT = 7
"""Days before its publication that an article may date a figure to which is to stand for that day."""
ROUNDED = 1.5
"""A figure may be so many times the "more than 100" that a later article says in its stead."""
MOST_EARLIER = 2
"""Earlier figures that are told."""

_ASKS = re.compile(
    r"\bhow (?:many|much)\b"
    r"|\bwhat\b.*\b(?:number|toll|total|price|rate|range|share|percentage|proportion|cost|count|level)\b"
    r"|\b(?:deaths|cases|toll|casualties)\W*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:of (?:those|these|them|whom)|among|alone|including|(?:last|a) year(?: ago| earlier)?)\b"
    r"|\b(?:plan(?:s to|ned|ning)|forecast\w*|expect\w*)\b"
    r"|\b(?:more|other) (?:people|men|women|children|victims|deaths|cases)\b",
    re.IGNORECASE,
)
"""What makes a figure of the same clause one of a part, of an increase, or of another time."""
_ADDED = re.compile(r"\b(?:also|another|additional|further)\b", re.IGNORECASE)
"""What makes any figure of the sentence one of a part."""
_MORE = re.compile(r"\b(?:more than|over|above)\s+\W?$", re.IGNORECASE)
_PERSONS = frozenset(
    list_stems(
        "people person persons men women children troops soldiers civilians residents victims deaths dead lives".split()
    )
)
_ALLEGES = re.compile(
    r"\b(?:alleg\w+|suspect\w*|reportedly|apparently|presumabl[ye]|believed|feared|thought|claim(?:s|ed)|rumou?r\w*"
    r"|may have|might have|could have|possibl[ye]|probabl[ye]|unconfirmed|speculat\w+)\b",
    re.IGNORECASE,
)
"""Says that something is not known for sure."""
_BREAK = re.compile(r"[,;:()]|\s[-\u2013\u2014]\s")
_SINCE = re.compile(r"\bsince\b(?:(?!\sand\b)[^,;])*", re.IGNORECASE)
_DYING = frozenset(
    list_stems("die died dying dead death kill killed killing perish fatality fatal toll life lives".split())
)


def find_updates(question: str, stated: Sequence[Statement]) -> list[int]:
    """Return which statements give one figure as it was on different days: their positions, the newest first.

    Args:
        question: one that `may_change` is true of; of others there are none.
        stated: what articles state in reply, all surely, the likeliest first.

    Returns:
        Two positions or more, or none.
    """
    if not may_change(question):
        return []
    fitting = [place for place, each in enumerate(stated) if is_current(question, each)]
    if not fitting or find_sort(stated[0].answer) is not Sort.FIGURE:
        return []
    chosen: list[int] = []
    for place in sorted(fitting, key=lambda place: (-_day(stated[place]).toordinal(), place)):
        each, taken = stated[place], [stated[one] for one in chosen]
        if taken and _is_sharper(each, taken[-1]):
            chosen[-1] = place
        elif all(_is_another(question, each, one) for one in taken):
            chosen.append(place)
    return chosen[: MOST_EARLIER + 1] if len(chosen) > 1 else []


def find_finding(question: str, stated: Sequence[Statement]) -> int | None:
    """Return which later statement says for sure what the likeliest only alleges: its position; None if none does.

    Args:
        question: one that names something, which both statements must name.
        stated: what articles state in reply, all surely, the likeliest first.
    """
    first = stated[0]
    if not is_allegation(first) or not list_names(question, frozenset()):
        return None
    later = (
        place
        for place, each in enumerate(stated)
        if _day(each) > _day(first) and not is_allegation(each) and _is_other(question, first, each)
    )
    return min(later, default=None)


def is_allegation(stated: Statement) -> bool:
    """Return whether a sentence of a known day says that what it tells is not known for sure."""
    return stated.published is not None and bool(_ALLEGES.search(stated.sentence))


def _is_other(question: str, one: Statement, other: Statement) -> bool:
    """Whether two statements answer otherwise, and both sentences name what the question names."""
    names = list_names(question, list_ordinary(f"{one.context}\n{other.context}"))
    known = [list_words(f"{each.source.title}\n{each.sentence}") for each in (one, other)]
    is_same = agree(one.answer, other.answer, question)
    return not is_same and all(is_named(name, words) for name in names for words in known)


def may_change(question: str) -> bool:
    """Return whether a question asks for a figure and names no time of its own."""
    return bool(_ASKS.search(question)) and not list_dates(question)


def head_update(stated: Statement, is_newest: bool) -> str:
    """Return what stands above a figure: "As of 5 October 2022, Our paper", or "Earlier, 29 September 2022"."""
    return head_source(stated.source, is_newest)


def head_source(source: Source, is_newest: bool) -> str:
    """Return what stands above what a source said: when that was, and in the newest also who; '' if it has no day."""
    day = format_date(source.published)
    if not is_newest:
        return f"Earlier, {day}" if day else ""
    return f"As of {', '.join(filter(None, (day, source.outlet)))}" if day else ""


def is_current(question: str, stated: Statement) -> bool:
    """Return whether a statement gives the whole figure asked for, as of the day of its article.

    It has a word of what the question says of the thing, and is neither of a part, nor of another time or namesake.
    """
    if stated.published is None or _find_figure(stated) is None or _ADDED.search(stated.sentence):
        return False
    if _PART.search(_find_clause(stated)) or _counts_other(question, stated):
        return False
    return _tells(question, stated) and _is_of_its_day(stated) and not _is_of_namesake(question, stated)


def _counts_other(question: str, stated: Statement) -> bool:
    """Whether the figure counts another thing that the question names: two draft texts, not so many articles."""
    figure, noun = _find_figure(stated), expect(question).noun
    if figure is None or not noun or figure.unit not in list_terms(question) - noun:
        return False
    return not noun & list_terms(stated.sentence.partition(figure.written)[2][:BEHIND])


def _day(stated: Statement) -> date:
    return stated.published or date.min


def _find_figure(stated: Statement) -> Number | None:
    """Return the number of the answer as its sentence has it, a bound as if it were exact: at least 32 dead."""
    numbers = list_numbers(stated.sentence)
    found = next((one for one in numbers if one.written in stated.answer or stated.answer in one.written), None)
    if found is None or inf not in (found.high, -found.low):
        return found
    edge = found.low if found.high == inf else found.high
    return replace(found, low=edge, high=edge)


def _tells(question: str, stated: Statement) -> bool:
    """Whether the sentence has a word of the question that is neither a name nor what is counted."""
    names = list_terms(" ".join(name.text for name in list_names(question, frozenset())))
    figure = _find_figure(stated)
    asked = _join(list_content(question) - names - ({figure.unit} if figure else set()))
    return not asked or bool(asked & _join(list_content(stated.sentence)))


def _join(terms: frozenset[str]) -> frozenset[str]:
    """Return the terms with one for all words of dying."""
    return terms - _DYING | {"death"} if terms & _DYING else terms


def _find_clause(stated: Statement) -> str:
    """Return the part of the sentence around the answer that no comma or dash interrupts."""
    before, _, behind = stated.sentence.partition(stated.answer)
    return _BREAK.split(before)[-1] + stated.answer + _BREAK.split(behind)[0]


def _is_of_its_day(stated: Statement) -> bool:
    """Whether no date in the sentence is of long before the article or behind it, other than what it counts since."""
    day = _day(stated)
    since = _SINCE.search(stated.sentence)
    told = stated.sentence.replace(since[0], "") if since and stated.answer not in since[0] else stated.sentence
    dates = list_dates(told, stated.published)
    periods = [one.period for one in dates]
    return all(period and period[0] <= day <= period[1] + timedelta(days=CURRENT) for period in periods)


def _is_of_namesake(question: str, stated: Statement) -> bool:
    """Whether the sentence is about something else of a kind that the question names: another hurricane."""
    ordinary = list_ordinary(stated.context)
    asked, told = list_names(question, ordinary), list_names(stated.sentence, ordinary)
    words = list_words(stated.sentence)
    return any(find_namesake(name, told, ordinary) for name in asked if not is_named(name, words))


def _is_another(question: str, one: Statement, other: Statement) -> bool:
    """Whether two statements of different days give different figures of one kind for one event."""
    left, right = _find_figure(one), _find_figure(other)
    if left is None or right is None or one.published == other.published or not left.is_comparable(right):
        return False
    units = {"person" if unit in _PERSONS else unit for unit in (left.unit, right.unit)} - {""}
    return (
        (len(units) <= 1 or units <= list_terms(question))
        and not left.may_be(right)
        and _is_same_place(question, one, other)
    )


def _is_same_place(question: str, one: Statement, other: Statement) -> bool:
    """Whether both name no two different countries, and share a name if the question has none."""
    asked = _list_countries(question)
    here, there = (_list_countries(each.sentence) - asked for each in (one, other))
    if here and there and not here & there:
        return False
    ordinary = list_ordinary(f"{one.context}\n{other.context}")
    if list_names(question, ordinary):
        return True
    words = list_words(f"{other.source.title}\n{other.sentence}")
    return any(is_named(name, words) for name in list_names(f"{one.source.title}\n{one.sentence}", ordinary))


def _list_countries(text: str) -> set[str]:
    return {mention.country for mention in find_countries(text) if not mention.is_seat}


def _is_sharper(one: Statement, other: Statement) -> bool:
    """Whether a figure is one that the other, later, only gives in round numbers: 125, and then "more than 100"."""
    left, right = _find_figure(one), _find_figure(other)
    if left is None or right is None or float(f"{right.low:.0e}") != right.low:
        return False
    return _is_bound(other) and not _is_bound(one) and right.low < left.low <= ROUNDED * right.low


def _is_bound(stated: Statement) -> bool:
    return bool(_MORE.search(stated.sentence.partition(stated.answer)[0]))
