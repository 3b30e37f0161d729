"""What can be checked in a sentence by looking: its numbers, dates, names, and quoted words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.calendar import MONTHS, WEEKDAYS
from rag.english.terms import list_terms

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_WORDS = {word: float(value) for value, word in enumerate([*UNITS, "seventeen", "eighteen", "nineteen"])} | {
    word: 10.0 * tens
    for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "dozen": 12.0}  # fmt: skip
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "decades": 10.0,
    "decade": 10.0,
}
_PARTS = ("half", "quarter", "quarters", "dozen")

_NUMBER_WORD = rf"(?:{'|'.join(_WORDS)})(?:[-\s](?:{'|'.join(UNITS[1:10])}))?"
_DIGITS = r"(?<![\w.])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?:st|nd|rd|th)?(?![\w]*\d)"
_CLOCK = r"\b\d{1,2}:\d{2}\b"
_NUMBER = re.compile(
    rf"(?P<clock>{_CLOCK})|(?P<value>{_DIGITS}|\b(?:{_NUMBER_WORD}|an?(?=\s(?:half|quarter|dozen|hundred|thousand|"
    rf"million|billion|trillion)\b))\b)(?P<scale>(?:[-\s]+(?:{'|'.join([*_SCALES, *_PARTS])})\b)*)",
    re.IGNORECASE,
)
_MONTH = "|".join(MONTHS)
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+({_MONTH})\b|\b({_MONTH})\s+(\d{{1,2}})\b(?![\d,:]\d)")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_CALENDAR = re.compile(rf"\b(?:{_MONTH}|{'|'.join(WEEKDAYS)})\b")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_NEXT_WORD = re.compile(r"[-\s%]*([^\W\d]+)")
_YEARS = range(1500, 2200)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a plain text, such as 2.5 or 12:20, as it was written, and the stem of the word that it counts."""

    value: str
    written: str
    unit: str

    @property
    def is_year(self) -> bool:
        """Whether it may be a year."""
        return self.value.isdigit() and len(self.written) == len("2022") and int(self.value) in _YEARS


def list_numbers(text: str) -> list[Number]:
    """Return the numbers of a text, in digits or in words, without the days of dates; "one" alone counts nothing."""
    return list(_find_numbers(_DAY.sub(_drop_day, _ISO.sub(r"\1", text))))


def list_days(text: str) -> set[tuple[int, str]]:
    """Return the days that are given by date, as (26, "January")."""
    days = {(int(found[1] or found[4]), found[2] or found[3]) for found in _DAY.finditer(text)}
    return days | {
        (int(found[3]), MONTHS[int(found[2]) - 1]) for found in _ISO.finditer(text) if 0 < int(found[2]) < 13
    }


def list_calendar_words(text: str) -> set[str]:
    """Return the months and days of the week that are named; not "May" at the beginning, which may be a verb."""
    return {found[0] for found in _CALENDAR.finditer(text) if found[0] != "May" or found.start() > 0}


def list_quoted(text: str) -> list[str]:
    """Return what stands in quotation marks."""
    return [found[1] for found in _QUOTED.finditer(text)]


def write_date(day: date | None) -> str:
    """Return a date in all the words that may stand for it: Wednesday, 26 January 2022."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def _find_numbers(text: str) -> Iterator[Number]:
    for found in _NUMBER.finditer(text):
        if found["clock"]:
            yield Number(found["clock"].lstrip("0"), found[0], "")
            continue
        value = _read_value(found["value"].casefold())
        for word in re.findall(r"\w+", found["scale"].casefold()):
            value *= _SCALES.get(word) or _WORDS[word]
        if found[0].casefold() in ("one", "a", "an", "second"):
            continue
        following = _NEXT_WORD.match(text, found.end())
        unit = "".join(list_terms(following[1])) if following else ""
        yield Number(f"{value:.10g}", found[0], unit)


def _read_value(word: str) -> float:
    digits = re.sub(r"(?:st|nd|rd|th)$|,", "", word)
    if digits[0].isdigit():
        return float(digits)
    return 1.0 if word in ("a", "an") else sum(_WORDS[part] for part in re.split(r"[-\s]", word))


def _drop_day(found: re.Match[str]) -> str:
    return found[2] or found[3]
