"""Read a byline, a date or an outlet's name from one line of a page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

_MONTHS = {
    **dict.fromkeys(("jan", "ene"), 1), **dict.fromkeys(("feb", "fév", "fev"), 2),
    **dict.fromkeys(("mar", "mär"), 3), **dict.fromkeys(("apr", "avr", "abr"), 4),
    **dict.fromkeys(("may", "mai"), 5), **dict.fromkeys(("jun", "juin"), 6),
    **dict.fromkeys(("jul", "juil"), 7), **dict.fromkeys(("aug", "aoû", "ago"), 8),
    "sep": 9, **dict.fromkeys(("oct", "okt"), 10), "nov": 11, **dict.fromkeys(("dec", "déc", "dez", "dic"), 12),
}  # fmt: skip
"""Beginnings of the names of months, in English, German, French and Spanish."""

_WORD = r"(?P<{}>[^\W\d_]{{3,10}})\.?"
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th|\.)?"
_DATE = re.compile(
    rf"\b(?:(?P<year1>\d{{4}})-(?P<month1>\d{{2}})-(?P<day1>\d{{2}})"
    rf"|{_DAY.format('day2')} (?:de )?{_WORD.format('month2')},? (?:de )?(?P<year2>\d{{4}})"
    rf"|{_WORD.format('month3')} {_DAY.format('day3')},? (?P<year3>\d{{4}})"
    rf"|(?P<day4>\d{{1,2}})(?P<mark>[./-])(?P<month4>\d{{1,2}})(?P=mark)(?P<year4>\d{{4}}))(?!\d)"
)
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|mis à jour|aktualisiert|actualizado)\b", re.IGNORECASE)
MAX_WORDS_BESIDE_DATE = 8
MAX_OUTLET_WORDS = 6

_BYLINE = re.compile(r"(?:by|von|par|por|words|text|author|written by|story by)(?: ?: ?| )(?=\S)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,|&;/·]| and | und | et | y )\s*")
_PLACE = re.compile(r" (?:in|at|for|from|à|aus) .*| \d.*")
_NAME_WORD = r"(?:[^\W\d_a-zß-öø-ÿ][\w.'’-]*|d[aeiu]|de[lrn]|l[ae]|v[ao]n|el|al|bin|zu)"
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,5}}")
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|columnist|staff|bureau|chief|analyst|redaktion|photographer)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "news sport sports politics world business opinion culture travel science local live weather analysis video health "
    "monday tuesday wednesday thursday friday saturday sunday published posted updated home more explainer interview "
    "the a an of in on to for and".split()
)
_OUTLET_WORD = re.compile(
    r"\b(?:news|times|post|gazette|review|quarterly|journal|herald|tribune|monitor|daily|wire|press|observer|guardian"
    r"|telegraph|chronicle|courier|ledger|mail|star|sun|today|world|radio|broadcasting|magazine|express|standard"
    r"|quotidien|zeitung|kurier|anzeiger|standaard|argus|echo|examiner|dispatch|lantern|sentinel)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:copyright ?)?(?:©|\(c\)|copyright)(?: ?copyright)?[ ,]*(?:\d{4}[ ,–-]*)*"
    r"(?P<name>(?!copyright)[^\W\d_][^\d.,|·©]{2,60}?)"
    r"(?:[ ,–-]*\d{4}.*|\s*(?:[.,|·–]| - | all rights| media\b| ltd| inc| llc| plc| cic).*)?",
    re.IGNORECASE,
)


class Dates(NamedTuple):
    """The days that a line gives for the publication and for the last change."""

    published: date | None
    updated: date | None


def find_dates(line: str) -> Dates:
    """Return the days named in `line`. One after a word such as "updated" is a change.

    A date such as 4/3/2024, which is one day in Europe and another in America, is left out.
    """
    changed = _UPDATED.search(line)
    border = changed.start() if changed else len(line)
    return Dates(_first_date(line[:border]), _first_date(line[border:]))


def is_date_line(line: str) -> bool:
    """Whether `line` gives a date and little more."""
    rest, found = _DATE.subn("", line)
    return bool(found) and len(re.findall(r"[^\W\d_]+", _UPDATED.sub("", rest))) <= MAX_WORDS_BESIDE_DATE


def _first_date(text: str) -> date | None:
    return next(filter(None, map(_read_date, _DATE.finditer(text))), None)


def _read_date(match: re.Match[str]) -> date | None:
    groups = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value}
    day, year = int(groups["day"]), int(groups["year"])
    month = int(groups["month"]) if groups["month"].isdigit() else _read_month(groups["month"])
    if groups.get("mark") in ("/", "-"):
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_month(word: str) -> int:
    """Return 0 for a word that is no month."""
    return next((_MONTHS[word.casefold()[:size]] for size in (4, 3) if word.casefold()[:size] in _MONTHS), 0)


def read_byline(line: str) -> str:
    """Return the names in a line such as `By Ana Ruiz and Bo Lund, Chief Reporter`; empty if it is no byline."""
    start = _BYLINE.match(line.strip())
    return _read_names(line.strip()[start.end() :]) if start else ""


def read_bare_names(line: str) -> str:
    """Return the names in a line of nothing but names of persons; empty if it holds anything else."""
    names = _read_names(line.strip())
    words = {word.casefold() for word in line.split()}
    is_names = len(names.split(", ")[0].split()) in range(2, 6) and not words & (_NO_NAME - {"in", "and", "for"})
    return names if is_names and len(line.split()) <= len(names.split()) + 4 else ""


def is_role(line: str) -> bool:
    """Whether `line` is what a journalist is, such as `Space correspondent`."""
    return len(line.split()) <= 5 and bool(_ROLE.search(line))


def _read_names(text: str) -> str:
    names = []
    for position, piece in enumerate(_BETWEEN_NAMES.split(text)):
        name = _PLACE.sub("", piece.strip(" .–-"))
        is_other = position and (_ROLE.search(name) or {name.casefold()} & _NO_NAME)
        if not _NAME.fullmatch(name) or is_other:
            break
        names.append(name)
    return ", ".join(names)


def find_outlet(head: Iterable[str], furniture: Sequence[str], page: str) -> str:
    """Return who published a page: named behind a ©, or in a line of its head that looks like an outlet's name."""
    for line in reversed(furniture):
        match = _COPYRIGHT.fullmatch(line.strip())
        if match and "www." not in line:
            return match["name"].strip()
    for line in head:
        name = re.split(r" [—–|-] ", line.strip())[0].removesuffix(" Homepage")
        is_known = _OUTLET_WORD.search(name) or page.count(name) > 1
        if len(name.split()) <= MAX_OUTLET_WORDS and name[:1].isupper() and is_known:
            return name
    return ""
