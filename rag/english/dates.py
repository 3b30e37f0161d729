"""The dates in a text, as far as each is given, and whether what was found is about the time that was asked for."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from corpus.calendar import MONTHS

REPORTED_WITHIN = 2
"""Days: what an article calls Wednesday is the day of its publication or one of these before."""

_MONTH = "|".join(MONTHS)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d\d\d|2[01]\d\d)"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b|\b(?:{_DAY}(?:\s+of)?\s+)?({_MONTH})\b(?:\s+{_DAY}\b(?![:.,]\d))?"
    rf"(?:,?\s+(?:of\s+)?({_YEAR})\b)?|\b(1[5-9]\d\d|20\d\d)\b(?!['\u2019]?s\b)",
    re.IGNORECASE,
)
_VERBS = ("may", "march")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which year, month or day may be unknown; `text` is how it was written."""

    year: int | None
    month: int | None
    day: int | None
    text: str = field(default="", compare=False)

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Year, month and day."""
        return self.year, self.month, self.day

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day, on which an article about it is published; None if the year is unknown."""
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

    def may_be(self, other: "PartialDate") -> bool:
        """Whether what is known of both is the same, and something is."""
        pairs = zip(self.parts, other.parts, strict=True)
        shared = [ours == theirs for ours, theirs in pairs if ours is not None and theirs is not None]
        return bool(shared) and all(shared)


def list_dates(text: str, published: date | None = None) -> list[PartialDate]:
    """Return the dates, months and years in a text; a missing year is the one nearest to the date of publication.

    A bare "may" or "march" in small letters, or at the beginning, is none.
    """
    found = (_read(match, published) for match in _DATE.finditer(text))
    return [one for one in found if one is not None]


def list_reported(published: date | None) -> list[PartialDate]:
    """Return the days that an article may report about without giving a date."""
    if published is None or published.toordinal() <= REPORTED_WITHIN:
        return []
    days = (published - timedelta(days=back) for back in range(REPORTED_WITHIN + 1))
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

    `here` has the dates in the sentence of the answer, `told` all of its article, `reported` what `list_reported` says.
    """
    return min((_measure_one(one, here, reported, told) for one in asked), default=0)


def _measure_one(
    asked: PartialDate, here: Sequence[PartialDate], reported: Sequence[PartialDate], told: Sequence[PartialDate]
) -> int:
    if any(one.covers(asked) for one in (*here, *reported)):
        return 1
    if here and not any(one.may_be(asked) for one in here):
        return -1
    is_told = any(one.covers(asked) for one in told)
    return -1 if (told or reported) and not is_told else 0


def _in_year(day: PartialDate, year: int | None) -> PartialDate:
    return replace(day, year=year) if day.year is None else day


def _read(match: re.Match[str], published: date | None) -> PartialDate | None:
    if match["iso"]:
        return _read_iso(match["iso"])
    before, name, after, of_month, alone = match.groups()[1:]
    written, day = of_month or alone, before or after
    is_bare = name and not written and not day
    if is_bare and name.casefold() in _VERBS and (name.islower() or match.start() == 0):
        return None
    month = MONTHS.index(name.capitalize()) + 1 if name else None
    year = int(written) if written else _guess_year(month, published)
    return PartialDate(year, month, int(day) if day else None, match[0])


def _read_iso(text: str) -> PartialDate | None:
    year, month, day = map(int, text.split("-"))
    return PartialDate(year, month, day, text) if 1 <= month <= len(MONTHS) else None


def _guess_year(month: int | None, published: date | None) -> int | None:
    if month is None or published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs(12 * (year - published.year) + month - published.month))
