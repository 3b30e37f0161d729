"""The day of what a sentence reports, as far as it can be told from its words and from the day of publication."""

import re
from datetime import date, timedelta

from corpus.article import Offsets
from corpus.calendar import WEEKDAYS
from rag.english.dates import REPORTED_WITHIN, PartialDate, list_dates, list_weekdays

WEEK = 7
"""Days: a weekday without a date is the last of its name, the day of publication included."""

_BESIDE = re.compile(
    r"(?:\b(?:since|until|till|than|before|after|by|from|back to|dated|ahead of)(?: (?:early|late|mid|the end of))?"
    r"|[-\u2013(])\W*(?:\w+day,? )?\Z",
    re.IGNORECASE,
)
"""Stands before the time of something else than what the sentence reports."""
_BESIDE_MONTHS = re.compile(r"\bof\W*\Z", re.IGNORECASE)
"""The same before a month or a year: "the positions of May 1997", but "the evening of 13 August"."""
_PART = re.compile(r"\b(early|mid|(?:start|beginning|middle) of)[ -]\Z", re.IGNORECASE)
PARTS = {"early": 10, "start of": 10, "beginning of": 10, "mid": 20, "middle of": 20}
"""The day with which a part of a month ends."""
_PLAN = re.compile(
    r"\b(?:will|would|(?:is|are|was|were|be) (?:\w+ )?(?:to|due|expected|planned|scheduled|set|preparing|going)\b"
    r"|plan(?:s|ned|ning)? (?:to|for)|next|upcoming|coming|deadline)\b",
    re.IGNORECASE,
)
_DONE = (
    r"(?<!\bbe )(?<!\bbeen )\b(?:said|says|told|announced|confirmed|warned|declared|reported|revealed|stated|added"
    r"|promised|pledged|vowed|agreed|decided|voted|ruled|ordered|approved|proposed|published|presented|signed|unveiled|wrote)\b"
)
_REPORTS = re.compile(_DONE, re.IGNORECASE)
"""What somebody did, for instance said, before or after which a plan is told."""
_REPORTS_THEN = re.compile(rf"{_DONE}(?: [\w\u2019'-]+){{0,3}} (?:on|late|early)? ?\Z", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:that|which|who|whose|while|but)\b|[;:\u2013\u2014]", re.IGNORECASE)
_NEAR = re.compile(r"\b(?P<back>yesterday|last night)\b|\b(?:today|tonight|this (?:morning|afternoon|evening))\b", re.I)
_RECKONED = re.compile(r"\b(last|next|every|each) \Z", re.IGNORECASE)
"""Stands before a weekday that is not simply the nearest one."""
_SPOKEN = re.compile(r"[\"\u201c][^\"\u201d]*[\"\u201d]?")
"""What somebody said, whose "today" may be any day."""


def find_day(sentence: str, published: date | None = None) -> PartialDate | None:
    """Return the day, or the month or year, of what a sentence reports; None where its words do not give one.

    Args:
        sentence: One sentence. What it only plans has no day.
        published: When it was published; without it, weekdays and "yesterday" are unknown.

    Returns:
        The most exact date of those that are not only compared with, such as "since May"; with its place in the
        sentence.
    """
    dates = [one for one in list_dates(sentence, published) if one.year and not _is_beside(sentence, one)]
    dated = max(dates, key=lambda one: (one.day is not None, one.month is not None, -one.start), default=None)
    found = dated if dated and dated.day else _find_near(sentence, published) or dated
    return None if found is None or is_planned(sentence, found, published) else found


def is_planned(sentence: str, day: PartialDate, published: date | None) -> bool:
    """Whether a day is still to come when the sentence is published, or the sentence speaks of a plan for it."""
    begin = day.period[0] if day.period else None
    if begin is None or published is None:
        return False
    return begin > published or (begin == published and bool(_PLAN.search(sentence, 0, day.start)))


def resolve_day(sentence: str, place: Offsets, published: date | None, *, is_ahead: bool = False) -> date | None:
    """Return the day that a weekday, "yesterday" or the like in a part of a sentence stands for.

    Args:
        sentence: One sentence.
        place: Where the part stands in it.
        published: When it was published.
        is_ahead: Whether the day is known to be still to come, or that of the publication.

    Returns:
        None where the part says the date itself, names no single day, or repeats what somebody said "today".
    """
    part = sentence[slice(*place)]
    if published is None or list_dates(part):
        return None
    days = list_weekdays(part)
    if not days:
        near = _NEAR.search(_blank_spoken(sentence), *place)
        return published - timedelta(days=bool(near["back"])) if near else None
    begin, end = (place[0] + offset for offset in days[0].span())
    beside = _RECKONED.search(sentence, 0, begin)
    how = beside[1].casefold() if beside else ""
    if len(days) > 1 or how in ("every", "each"):
        return None
    back = _count_back(days[0], published)
    if how == "next" or (how != "last" and (is_ahead or _is_of_plan(sentence, (begin, end)))):
        return published + timedelta(days=-back % WEEK or WEEK * (how == "next"))
    return published - timedelta(days=back or WEEK * (how == "last"))


def list_days(sentence: str, published: date | None = None) -> list[PartialDate]:
    """Return the days that a sentence or a question names: dates, weekdays, and "yesterday" if it has a publication.

    A weekday whose date is not known has nothing but its text.
    """
    dates = [one for one in list_dates(sentence, published) if one.day]
    weekdays = [_to_partial(resolve_day(sentence, found.span(), published), found) for found in list_weekdays(sentence)]
    near = [
        _to_partial(day, found)
        for found in _NEAR.finditer(sentence)
        if (day := resolve_day(sentence, found.span(), published))
    ]
    return [*dates, *weekdays, *near]


def may_be_same_day(asked: PartialDate, told: PartialDate) -> bool:
    """Return whether two of the days that `list_days` gives may be one."""
    if asked.day and told.day:
        return asked.may_be(told)
    names = [one.weekday or ("" if one.day else one.text.capitalize()) for one in (asked, told)]
    return not all(names) or names[0] == names[1]


def end_of(time: PartialDate, text: str) -> date | None:
    """Return the last day of a time; of a month that a text names as early or mid-June, the 10th or the 20th."""
    if time.period is None:
        return None
    last = time.period[1] - timedelta(days=REPORTED_WITHIN)
    part = _PART.search(text, 0, time.start)
    if not part or time.day or not time.month:
        return last
    return last.replace(day=PARTS[part[1].casefold()])


def _find_near(sentence: str, published: date | None) -> PartialDate | None:
    """Return the first weekday, "yesterday" or the like that is of no plan: it mostly stands in the main clause."""
    if published is None:
        return None
    days = [
        _to_partial(published - timedelta(days=_count_back(found, published)), found)
        for found in list_weekdays(sentence)
        if not _BESIDE.search(sentence, 0, found.start()) and not _is_of_plan(sentence, found.span())
    ]
    near = _NEAR.search(_blank_spoken(sentence))
    days += [_to_partial(published - timedelta(days=bool(near["back"])), near)] if near else []
    return min(days, key=lambda day: day.start, default=None)


def _count_back(weekday: re.Match[str], published: date) -> int:
    return (published.weekday() - WEEKDAYS.index(weekday[0].capitalize())) % WEEK


def _blank_spoken(sentence: str) -> str:
    """Return a sentence with spaces for what is in quotation marks."""
    return _SPOKEN.sub(lambda spoken: " " * len(spoken[0]), sentence)


def _is_of_plan(sentence: str, place: Offsets) -> bool:
    """Whether a time is that of a plan: "he said it will open on Monday", not "he said on Monday it will open"."""
    begin, end = place
    before = [found.end() for found in _PLAN.finditer(sentence, 0, begin)]
    if before and not _REPORTS.search(sentence, before[-1], begin):
        return True
    behind = _PLAN.search(sentence, end)
    if behind is None or _REPORTS_THEN.search(sentence, 0, begin):
        return False
    between = sentence[end : behind.start()]
    return not (_REPORTS.search(between) or _CLAUSE.search(between))


def _to_partial(day: date | None, match: re.Match[str]) -> PartialDate:
    if day is None:
        return PartialDate(None, None, None, match[0], match.start())
    return PartialDate(day.year, day.month, day.day, match[0], match.start())


def _is_beside(sentence: str, one: PartialDate) -> bool:
    behind = _BESIDE.search(sentence, 0, one.start)
    return bool(behind or (one.day is None and _BESIDE_MONTHS.search(sentence, 0, one.start)))
