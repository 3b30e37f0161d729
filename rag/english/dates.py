"""The dates in a text, as far as it gives them, and whether what was found is of the time that was asked for."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from corpus.calendar import MONTHS, WEEKDAYS

REPORTED_WITHIN = 2
"""Days: what an article calls Wednesday is the day of its publication or one of these before."""

_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]}\b|{'t?' if name == 'September' else ''}\b\.?)" for name in MONTHS)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d\d\d|2[01]\d\d)"
_AND = r"(?:\s?[-\u2013]\s?|\s(?:and|to)\s)"
_DATE = re.compile(
    rf"(?<![\d.,-])(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)"
    rf"|(?<![\d.,/-])(?P<numeric>\d{{1,2}}(?P<sign>[/.-])\d{{1,2}}(?P=sign){_YEAR})(?![\d/-]|\.\d)"
    rf"|\b(?:(?:(?P<first>{_DAY}){_AND})?(?P<before>{_DAY})(?:\s+of)?\s+)?(?P<month>{_MONTH})"
    rf"(?:\s+(?P<after>{_DAY})(?:{_AND}(?P<last>{_DAY}))?\b(?![:.,]\d))?(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})\b)?"
    r"|(?<![\d.,$£€])\b(?P<alone>1[5-9]\d\d|20\d\d)(?:[-\u2013/]\d\d)?\b(?!['\u2019]?s\b|[.,:]\d|\s?%)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([\w\u2019']+)\.? $")
_COUNTED = re.compile(
    r"\s(?:people|men|women|children|troops|soldiers|homes|houses|jobs|euros|pounds|dollars|miles|kilomet\w+|met\w+s"
    r"|years|months|weeks|days|hours|per\s?cent|of\s(?:them|us|those|these)|hundred|thousand|million|billion)\b"
)
_BEFORE_NAMES = frozenset("did does do has have had will would can could should".split())
_TIMING = frozenset(
    """in since until till by during before after of from to last next this early late mid between through on for every
    each past previous following throughout around about the a an""".split()
)
_BEFORE_DATES = _TIMING | frozenset(
    "and or when why how what which was is were are if as but while that than like".split()
)
_NAMES = ("March", "April", "May", "June", "August")
"""Months that are names of people, too."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which year, month or day may be unknown; `text` is how it was written, `start` where.

    Example:
        >>> list_dates("It fell on Jan. 26, 2022.")[0].parts
        (2022, 1, 26)
    """

    year: int | None
    month: int | None
    day: int | None
    text: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day."""
        return self.year, self.month, self.day

    @property
    def place(self) -> tuple[int, int]:
        """Where in the text it stands."""
        return self.start, self.start + len(self.text)

    @property
    def weekday(self) -> str:
        """The day of the week, where the whole date is known."""
        day = self.period[0] if self.period and self.day else None
        return WEEKDAYS[day.weekday()] if day else ""

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day on which an article about it is published; None if the year is unknown."""
        if self.year is None:
            return None
        last = self.month or len(MONTHS)
        try:
            begin = date(self.year, self.month or 1, self.day or 1)
            end = date(self.year, last, self.day or monthrange(self.year, last)[1])
        except ValueError:  # such as 31 February
            return None
        return begin, end + timedelta(days=REPORTED_WITHIN)

    def covers(self, other: "PartialDate") -> bool:
        """Whether all that is known of the other is the same here."""
        return all(theirs in (None, ours) for ours, theirs in zip(self.parts, other.parts, strict=True))

    def is_comparable(self, other: "PartialDate") -> bool:
        """Whether something is known of both."""
        return any(None not in pair for pair in zip(self.parts, other.parts, strict=True))

    def may_be(self, other: "PartialDate") -> bool:
        """Whether what is known of both is the same, and something is."""
        pairs = zip(self.parts, other.parts, strict=True)
        return self.is_comparable(other) and all(None in pair or pair[0] == pair[1] for pair in pairs)


def list_dates(text: str, published: date | None = None) -> list[PartialDate]:
    """Return the dates, months and years in a text, in order; not those that are a verb or part of a person's name.

    Args:
        text: Prose, or a question.
        published: When it was published; the year that a date lacks is then the one nearest to that.
    """
    return [one for match in _DATE.finditer(text) for one in _read(match, published)]


def list_weekdays(text: str) -> list[re.Match[str]]:
    """Return the days of the week that a text names, in order; not those that begin a person's name."""
    return [match for match in _WEEKDAY.finditer(text) if not _begins_name(match)]


def write_date(day: date | None) -> str:
    """Return a date in all the words that may stand for it: Wednesday, 26 January 2022."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def list_reported(published: date | None) -> list[PartialDate]:
    """Return the days that an article may report about without giving a date."""
    if published is None or published.toordinal() <= REPORTED_WITHIN:
        return []
    days = [published - timedelta(days=back) for back in range(REPORTED_WITHIN + 1)]
    return [PartialDate(day.year, day.month, day.day) for day in days]


def list_missing(asked: Iterable[PartialDate], told: Sequence[PartialDate]) -> list[str]:
    """Return as they were written the dates asked about that none of those told is; none where nothing is told.

    A date without a year may be of any.
    """
    return [one.text for one in asked if told and not any(_in_year(other, one.year).covers(one) for other in told)]


def measure_fit(
    asked: Iterable[PartialDate],
    here: Sequence[PartialDate],
    reported: Sequence[PartialDate],
    told: Sequence[PartialDate],
) -> int:
    """Return how well an answer fits the dates asked about: 1 if it is of that time, -1 if of another, 0 if unknown.

    Args:
        asked: The dates in the question.
        here: Those in the sentence of the answer.
        reported: What `list_reported` says of its article.
        told: All dates of its article.
    """
    return min((_measure_one(one, here, reported, told) for one in asked), default=0)


def _measure_one(
    asked: PartialDate, here: Sequence[PartialDate], reported: Sequence[PartialDate], told: Sequence[PartialDate]
) -> int:
    if any(one.covers(asked) for one in (*here, *reported)):
        return 1
    if here and not any(one.may_be(asked) for one in here):
        return -1
    return -1 if (told or reported) and not any(one.covers(asked) for one in told) else 0


def _in_year(day: PartialDate, year: int | None) -> PartialDate:
    return replace(day, year=year) if day.year is None else day


def _read(match: re.Match[str], published: date | None) -> Iterator[PartialDate]:
    """Yield the date that was found, or both of "3 to 5 May"."""
    text, start = match[0], match.start()
    if match["iso"]:
        year, month, day = map(int, text.split("-"))
        if _is_possible(month, day):
            yield PartialDate(year, month, day, text, start)
    elif match["numeric"]:
        yield from _read_numeric(match)
    elif match["month"] and _is_month(match):
        yield from _read_days(match, published)
    elif match["year"] or (match["alone"] and not _counts(match)):
        group = "year" if match["year"] else "alone"
        yield PartialDate(int(match[group]), None, None, match[group], match.start(group))


def _read_numeric(match: re.Match[str]) -> Iterator[PartialDate]:
    """Yield the date of 10/27/2017 or 27.10.2017; the year alone where either number may be the month."""
    first, second, year = map(int, match["numeric"].split(match["sign"]))
    orders = {(first, second), (second, first) if match["sign"] != "." else (first, second)}
    possible = [(month, day) for day, month in orders if day and _is_possible(month, day)]
    if possible:
        month, day = possible[0] if len(possible) == 1 else (None, None)
        yield PartialDate(year, month, day, match[0], match.start())


def _read_days(match: re.Match[str], published: date | None) -> Iterator[PartialDate]:
    month = next(number for number, name in enumerate(MONTHS, 1) if name[:3] == match["month"][:3].capitalize())
    year = int(match["year"]) if match["year"] else _guess_year(month, published)
    written = match.group("first", "before", "after", "last")
    days: list[int | None] = [int(re.sub(r"\D", "", each)) for each in written if each]
    possible = (day for day in days or [None] if day is None or _is_possible(month, day))
    yield from (PartialDate(year, month, day, match[0], match.start()) for day in possible)


def _is_possible(month: int, day: int) -> bool:
    return 1 <= month <= len(MONTHS) and 1 <= day <= 31


def _counts(match: re.Match[str]) -> bool:
    """Whether four digits are a number of something, as in "2000 homes"; "in 2000" is a year whatever follows."""
    before = _WORD_BEFORE.search(match.string, 0, match.start())
    is_dated = before and (before[1].casefold() in _BEFORE_DATES or before[1][0].isupper())
    return not is_dated and bool(_COUNTED.match(match.string, match.end("alone")))


def _is_month(match: re.Match[str]) -> bool:
    """Whether a month is named: neither a verb ("may", "march"), an abbreviation on its own, nor a person."""
    name = match["month"]
    if match["before"] or match["after"]:
        return True
    if match["year"]:
        return name[0].islower() or name.title() not in _NAMES or not _ends_name(match)
    if name.casefold() in ("may", "march") and (name.islower() or match.start() == 0 < len(match.string) - match.end()):
        return False
    if name.title() not in MONTHS or name.islower():
        return name.title() in MONTHS
    return name not in _NAMES or not (_ends_name(match) or _begins_name(match, after_words=True))


def _ends_name(match: re.Match[str]) -> bool:
    """Whether the word before makes a month the name of somebody: "Theresa May", "did May"."""
    before = _WORD_BEFORE.search(match.string, 0, match.start())
    if not before or before[1].casefold() in _BEFORE_DATES or before[1].capitalize() in WEEKDAYS:
        return False
    return before[1][0].isupper() or before[1] in _BEFORE_NAMES


def _begins_name(match: re.Match[str], *, after_words: bool = False) -> bool:
    """Whether the word behind makes it a name: "April Jones"; that of a weekday only at first, or after "did"."""
    following = re.match(r" ([A-Z][\w\u2019']+)", match.string[match.end() :])
    if not match[0][0].isupper() or not following or following[1].title() in (*MONTHS, *WEEKDAYS):
        return False
    word = before[1].casefold() if (before := re.search(r"(\w+) $", match.string[: match.start()])) else ""
    return word not in _TIMING and (after_words or not word or word in _BEFORE_NAMES)


def _guess_year(month: int, published: date | None) -> int | None:
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs(12 * (year - published.year) + month - published.month))
