"""Read the days that a line of a page gives."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from corpus.calendar import MONTHS, WEEKDAYS

_OTHER_MONTHS = (
    "jan januar jänner janvier janv enero ene janeiro gennaio gen januari января يناير जनवरी",
    "feb februar février févr fév febrero fevereiro fev febbraio februari февраля فبراير फ़रवरी फरवरी",
    "mar märz mär mars marzo março maart maret mrt марта مارس मार्च",
    "apr avril avr abril abr aprile апреля أبريل अप्रैल",
    "mai mayo maio mag maggio mei мая مايو मई",
    "jun juni juin junio junho giu giugno июня يونيو जून",
    "jul juli juil juillet julio julho lug luglio июля يوليو जुलाई",
    "aug août agosto ago augustus августа أغسطس अगस्त",
    "sep sept septembre septiembre setembro set settembre сентября سبتمبر सितंबर सितम्बर",
    "oct okt oktober octobre octubre outubro out ottobre ott октября أكتوبر अक्टूबर अक्तूबर",
    "nov novembre noviembre novembro ноября نوفمبر नवंबर नवम्बर",
    "dec dez dezember déc décembre diciembre dic dezembro dicembre декабря ديسمبر दिसंबर दिसम्बर",
)
"""What months are called beside their English names, in seven other languages of Europe, in Arabic and in Hindi."""

_MONTHS = {
    word: number
    for number, (english, others) in enumerate(zip(MONTHS, _OTHER_MONTHS, strict=True), start=1)
    for word in (english.casefold(), *others.split())
}
_MONTH = rf"(?P<{{}}>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)\.?"
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|º|\.)?"
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d(?!\d?[:.]\d\d))"
"""A time may be glued to it, as in `20197:05 AM`."""

_DATE = re.compile(
    r"(?<!\d)(?:(?P<year1>\d{4})(?P<mark1>[-./]) ?(?P<month1>\d{1,2})(?P=mark1) ?(?P<day1>\d{1,2})(?!\d)"
    rf"|{_DAY.format('day2')}[ -](?:de |of )?{_MONTH.format('month2')},?[ -](?:de |del )?{_YEAR.format('year2')}"
    rf"|\b{_MONTH.format('month3')} {_DAY.format('day3')}(?: ?,)? ?{_YEAR.format('year3')}"
    r"|(?P<day4>\d{1,2})(?P<mark>[./-])(?P<month4>\d{1,2})(?P=mark)(?P<year4>\d{4})(?!\d)"
    r"|(?P<day5>\d{1,2})(?P<mark5>/)(?P<month5>\d{1,2})/(?P<year5>\d\d)(?!\d)"
    r"|(?P<year6>\d{4}) ?[年년] ?(?P<month6>\d{1,2}) ?[月월] ?(?P<day6>\d{1,2}) ?[日일])",
    re.IGNORECASE,
)
_UPDATED = r"(?:last )?(?:updated?|modified|revised|mis à jour|aktualisiert|actualizado|atualizado)"
_PUBLISHED = r"(?:first )?(?:published|posted|created|issued)"
_MARK = re.compile(rf"(?P<updated>{_UPDATED})|{_PUBLISHED}", re.IGNORECASE)
_LABEL = re.compile(r"(?:date|datum|fecha|data|дата)\b", re.IGNORECASE)
_GLUED = re.compile(
    rf"(?<=[a-zß-ÿ0-9])(?=(?:{'|'.join(f'{month}|{month[:3]}' for month in MONTHS)})\.? \d|(?:{'|'.join(WEEKDAYS)})\b"
    r"|(?:First |Last )?(?:Published|Updated|Modified|Posted)\b)"
)
"""Where the space is missing that a page shows by its layout: `RuizFriday`, `timePublished`."""

_TIME = re.compile(r"\b\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[apAP]\.?[mM]\b\.?)?|\b(?:[A-Z]{1,3}T|GMT|UTC)\b")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(f'{day}|{day[:3]}' for day in WEEKDAYS)}|tues|thurs?)\b\.?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_AGO = re.compile(
    rf"(?:{_PUBLISHED}|{_UPDATED})?\W*(?:\d+|an?|one) ?(?:[hmd]|mins?|minutes?|hours?|days?|weeks?|months?) ago\W*",
    re.IGNORECASE,
)
MAX_WORDS_BESIDE_DATE = 8
MAX_DATE_LINE_CHARACTERS = 160


class Dates(NamedTuple):
    """The days that a line gives for the publication and for the last change."""

    published: date | None
    updated: date | None


def find_dates(line: str) -> Dates:
    """Return the days named in `line`. One after a word such as "updated" is a change.

    A date such as 4/3/2024, which is one day in Europe and another in America, is left out.
    """
    text = _GLUED.sub(" ", line)
    marks = list(_MARK.finditer(text))
    borders = [0, *(match.start() for match in marks), len(text)]
    days = [_first_date(text[start:end]) for start, end in pairwise(borders)]
    updates = [False, *(bool(match["updated"]) for match in marks)]
    published = (day for day, is_update in zip(days, updates, strict=True) if day and not is_update)
    updated = (day for day, is_update in zip(days, updates, strict=True) if day and is_update)
    return Dates(next(published, None), next(updated, None))


def is_date_line(line: str) -> bool:
    """Whether `line` gives a date, or how long ago it was, and little more."""
    text = line.strip()
    if len(text) > MAX_DATE_LINE_CHARACTERS:
        return False
    is_short = len(_WORD.findall(drop_dates(text))) <= MAX_WORDS_BESIDE_DATE
    return _AGO.fullmatch(text) is not None or (is_short and _DATE.search(_GLUED.sub(" ", text)) is not None)


def drop_dates(line: str) -> str:
    """Return `line` with a bar for each date, time, weekday, and word such as "published"."""
    text = _GLUED.sub(" ", line)
    for pattern in (_DATE, _MARK, _TIME, _WEEKDAY):
        text = pattern.sub(" | ", text)
    return text


def names_publication(line: str) -> bool:
    """Whether `line` speaks of a publication or a change, or begins with the word "date"."""
    return _MARK.search(line) is not None or _LABEL.match(line.strip()) is not None


def cut_at_date(line: str) -> str:
    """Return what stands before the first date, weekday or time in `line`; all of it where there is none.

    A weekday counts only before a date or time: Sunday Oliseh is a name.
    """
    text = _GLUED.sub(" ", line)
    starts = [match.start() for pattern in (_DATE, _TIME) for match in pattern.finditer(text)]
    before = text[: min(starts)] if starts else text
    last = before.rstrip(" ,|-–—•·/").rsplit(" ", 1)
    is_weekday = starts and _WEEKDAY.fullmatch(last[-1])
    return before[: before.rindex(last[-1])] if is_weekday else before


def _first_date(text: str) -> date | None:
    return next(_read_dates(text), None)


def _read_dates(text: str) -> Iterator[date]:
    return filter(None, map(_read_date, _DATE.finditer(text)))


def _read_date(match: re.Match[str]) -> date | None:
    groups = {name.rstrip("123456"): value for name, value in match.groupdict().items() if value}
    day, year = int(groups["day"]), int(groups["year"])
    month = int(groups["month"]) if groups["month"].isdigit() else _MONTHS[groups["month"].casefold()]
    if match["day4"] or match["day5"]:
        if groups["mark"] != "." and day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
