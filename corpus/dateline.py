"""Find datelines: where an article was written and which agency it is from, said before its first sentence.

`KYIV, Ukraine (AP) —`, `New York CNN Business —`, `BEIJING, March 3 (Xinhua) --`, `WASHINGTON –`, `(CNN)`. The less one
says, the more must be known of it: with an agency any name may be the place; in capitals any but an acronym or a label,
such as `UPDATE —`; and `Paris —` must be a city that news gives without its country, at the head of the article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from corpus.agencies import PLAIN_AGENCY, is_agency, is_credit
from corpus.calendar import MONTHS, WEEKDAYS
from corpus.paragraphs import split_paragraphs
from corpus.places import is_city, is_region

MAX_CHARACTERS = 120
"""Of a dateline."""
LEAD_PARAGRAPHS = 5
"""Paragraphs, such as captions and notes of the editor, among which a dateline may stand that says little."""
MIN_WORDS = 5
"""Of a sentence behind a place without agency or date; headings and tables have fewer."""
MIN_CAPITALS = 4
"""Letters of a place that is known by its capitals alone."""
HEAD_CHARACTERS = 10_000
"""Of a text in which the dateline of an article is looked for; what stands further down is another report's."""
SENTENCE_CHARACTERS = 250
"""Behind a dateline that are looked at."""

_MONTH = rf"(?:{'|'.join(f'{month}|{month[:3]}' for month in MONTHS)}|Sept)"
_WEEKDAY = rf"(?:{'|'.join(f'{day}|{day[:3]}' for day in WEEKDAYS)})"
_DATE = rf"(?i:(?:{_WEEKDAY}\.?,? )?(?:{_MONTH}\.? \d{{1,2}}|\d{{1,2}}\.? {_MONTH}\.?)(?:,? \d{{4}})?)"
_TAIL = re.compile(
    r"(?:\((?P<brackets>[^()]{2,40})\)|/(?P<wire>[^/]{2,30})/"
    rf"|(?:\A|(?<=[\s,.|/]))(?:(?P<date>{_DATE})|(?P<plain>{PLAIN_AGENCY})))\.?\Z"
)
"""What may stand behind the place."""
_MARK = re.compile(r"(?P<dash>\s*(?:[—―]|--+)\s*|\s+[-–_]\s*|\.?[-–]\s+|\.-\s*)|(?P<colon>:\s+)|(?<=[)/])\.?(?:\s+|\Z)")
"""What may stand before the sentence."""
_BYLINE = re.compile(r"(?i:by) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}(?:, | in | ?[|/] ?)")
_BETWEEN_PLACES = re.compile(r"\s*/\s*|\s+(?:and|AND)\s+")
_CAPITALIZED = r"[A-ZÀ-Þ][\w.'’-]*"
_LINK = r"(?:de|da|do|du|del|la|el|al|of|the|es|am|an|der|upon|in|on|near)(?= )"
_PLACE = re.compile(rf"{_CAPITALIZED}(?:,? (?:{_CAPITALIZED}|{_LINK})){{0,6}}")
_REGION = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ'’-]{2,}(?: [A-ZÀ-Þ][a-zß-ÿ'’-]{2,}){0,2}")
_LABELS = frozenset(
    "exclusive update updated breaking watch video videos photos photo live opinion analysis commentary editorial"
    " review preview recap interview explainer correction clarification warning note notes podcast poll obituary"
    " feature special question answer transcript news newsletter sports weather quiz gallery listen read see more new"
    " first report developing alert recipe spoiler fact check timeline column letter letters summary background context"
    " why what how when where who".split()
)
"""Words in capitals before a dash that are no places."""
_BEGINNING = re.compile(r"[“‘\"'(\[¿¡]*[^\W\d_a-zß-öø-ÿ]")
_WORD = re.compile(r"\w+")
_OTHER_DASH = re.compile(r"\s[-–—]\s")
_LOUD_WORDS = r"(?:[^\sa-zß-ÿ]\S*\s*)*+"
_START = re.compile(rf"\s*(?P<words>(?=[(A-ZÀ-Þ]){_LOUD_WORDS}(?:[a-zß-ÿ]\S*\s+{_LOUD_WORDS}){{0,2}}+)")
"""What a paragraph begins with, up to the third word in small letters: Rio de Janeiro has one, no dateline three."""


class _Fame(IntEnum):
    """How well a place is known for one; `CAPITALS` only by its letters, `REGION` by those and a region behind it."""

    NAME = 1
    CAPITALS = 2
    REGION = 3
    CITY = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """`text[start:end]`, up to where the first sentence begins, and what it says; `place` or `agency` may be empty.

    `find_dateline("KYIV, Ukraine (AP) — The")` returns `Dateline(0, 21, "KYIV, Ukraine", "AP")`.
    """

    start: int
    end: int
    place: str
    agency: str


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a mark. `is_known` is of the agency, and `is_plain` says that it stands without brackets."""

    place: str
    agency: str
    is_dated: bool
    is_known: bool
    is_plain: bool


def find_dateline(text: str) -> Dateline | None:
    """Return the first dateline at the head of a text."""
    return next(find_datelines(text[:HEAD_CHARACTERS]), None)


def find_datelines(text: str) -> Iterator[Dateline]:
    """Yield the datelines, which stand at the beginnings of paragraphs; behind the last there is more text."""
    end = len(text.rstrip())
    for number, (first, last) in enumerate(split_paragraphs(text)):
        found = _read_paragraph(text, first, min(last, end), is_lead=number < LEAD_PARAGRAPHS)
        if found and found.end < end:
            yield found


def _read_paragraph(text: str, first: int, last: int, *, is_lead: bool) -> Dateline | None:
    words = _START.match(text, first, min(last, first + MAX_CHARACTERS))
    if not words:
        return None
    start, beginning = words.start("words"), words["words"]
    for mark in reversed([*_MARK.finditer(beginning)]):  # an agency may stand between two dashes
        head, rest = _read_head(beginning[: mark.start()]), text[start + mark.end() : last]
        if _is_dateline(head, mark, rest, is_lead) and not (_is_bare(head) and _recurs(head.place, rest, text)):
            return Dateline(start, start + mark.end(), head.place, head.agency)
    return None


def _read_head(head: str) -> _Head:
    head = head.removeprefix(_byline[0] if (_byline := _BYLINE.match(head)) else "")
    agency, is_dated, is_plain = "", False, False
    while found := _TAIL.search(head):
        if found["date"]:
            is_dated = True
        elif agency:
            break
        else:
            agency = found["brackets"] or found["wire"] or found["plain"]
            is_plain = bool(found["plain"])
        head = head[: found.start()].rstrip(" ,|-–—")
    head = head if "," in head else head.removesuffix(".")
    is_known = is_agency(agency)
    return _Head(head, agency, is_dated, is_known, is_plain)


def _is_dateline(head: _Head, mark: re.Match[str], rest: str, is_lead: bool) -> bool:
    """Whether head and mark are a dateline, given the rest of their paragraph."""
    fame = _measure_fame(head.place)
    if head.place and fame is None:
        return False
    if head.is_known:
        is_marked = bool(mark["dash"]) or not head.is_plain
        is_followed = not rest or bool(mark["dash"]) or _begins(rest)
        return is_marked and is_followed and (bool(head.place) or is_lead or not rest)
    if fame is None or fame is _Fame.NAME or not (mark["dash"] or mark["colon"]):
        return False
    if head.agency:
        return bool(mark["dash"]) and head.agency[0].isupper() and not is_credit(head.agency)
    if head.is_dated:
        return _begins(rest)
    return _says_enough(rest) and _stands_alone(head.place, fame, mark, rest, is_lead)


def _stands_alone(place: str, fame: _Fame, mark: re.Match[str], rest: str, is_lead: bool) -> bool:
    """Whether a place is a dateline without an agency or a date."""
    if mark["colon"]:
        return is_lead and fame is _Fame.CITY and place.isupper()
    if not _is_loud(place):
        is_apart = mark[0][0].isspace()
        return is_lead and is_apart and fame is _Fame.CITY and not _OTHER_DASH.search(rest[:SENTENCE_CHARACTERS])
    return fame > _Fame.CAPITALS or (is_lead and sum(map(str.isalpha, place)) >= MIN_CAPITALS)


def _measure_fame(place: str) -> _Fame | None:
    """Return how well the place is known; None for what is no name of a place."""
    parts = _BETWEEN_PLACES.split(place)
    if not all(map(_PLACE.fullmatch, parts)):
        return None
    return min(map(_measure_one, parts))


def _measure_one(place: str) -> _Fame:
    city, *regions = place.split(", ")
    if is_city(place) or (regions and is_region(regions[-1]) and (_is_loud(city) or len(city.split()) <= 3)):
        return _Fame.CITY
    if not _is_loud(city) or set(map(str.casefold, _WORD.findall(city))) & _LABELS:
        return _Fame.NAME
    return _Fame.REGION if regions and all(map(_REGION.fullmatch, regions)) else _Fame.CAPITALS


def _is_loud(place: str) -> bool:
    """Whether a place is in capitals, but for its region: `KYIV, Ukraine`."""
    return place.split(", ")[0].replace("Mc", "").isupper()


def _is_bare(head: _Head) -> bool:
    return not (head.agency or head.is_dated) and _measure_fame(head.place) is _Fame.CAPITALS


def _recurs(place: str, rest: str, text: str) -> bool:
    """Whether words in capitals are an acronym, which the article has in capitals again."""
    return bool(re.search(rf"\b{re.escape(place)}\b", f"{rest}\n{text[text.find(rest) + len(rest) :]}"))


def _begins(rest: str) -> bool:
    return bool(_BEGINNING.match(rest)) or rest[:1].isdigit()


def _says_enough(rest: str) -> bool:
    return bool(_BEGINNING.match(rest)) and len(_WORD.findall(rest[:SENTENCE_CHARACTERS])) >= MIN_WORDS
