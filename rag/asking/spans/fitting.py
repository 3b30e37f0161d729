"""Whether a span of a text can be the sort of answer that a question expects."""

import re
from collections.abc import Callable, Mapping

from rag.asking.grammar.lexicon import PEOPLE
from rag.asking.openings import find_opening
from rag.asking.spans.causes import gives_cause
from rag.asking.spans.expected import Expected, Sort
from rag.asking.spans.place import BEHIND, FEW, Place
from rag.english.countries import find_countries
from rag.english.dates import list_dates, list_weekdays
from rag.english.numbers import Kind
from rag.english.terms import FUNCTION_WORDS, list_terms

_TIME = re.compile(
    r"\b(?:(?:mid|early|late)?-?(?:weeks?|months?|years?|days?|decades?|century|centuries|hours?|minutes?|seconds?|seasons?)"
    r"|spring|summer|autumn|winter|fall|morning|afternoon|evening|night|overnight|midnight|noon|dawn|yesterday|today"
    r"|tomorrow|tonight|ago|soon|later|earlier|now|immediately|christmas|easter|never|always|weekend|\d{1,2}:\d\d"
    r"|\d\s?[ap]\.?m\b|\d{2,4}s|before|after|during|until|once|when|while|since|following|upon)\b",
    re.IGNORECASE,
)
_TIMED = re.compile(
    r"\b(?:before|after|during|until|once|when|since|following|upon)\s(?:the\s|a\s|an\s)?$", re.IGNORECASE
)
_QUANTITY = re.compile(
    r"\b(?:no|none|nobody|zero|dozens|hundreds|thousands|millions|billions|several|all|both|half|few|fewer|many|most|some"
    r"|twice|once|double|triple|single|pair|couple|neither|majority|minority|quarter|thirds?|one)\b|\d",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|\bper\s?cent\b|\b(?:half|thirds?|quarters?|majority|minority|most|all|none|(?:in|of)\s(?:\d+|\w+))\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:\w*met(?:re|er)s?|feet|foot|ft|inch(?:es)?|miles?|yards?|km|cm|mm|light-years?|minutes?|seconds?)\b",
    re.IGNORECASE,
)
_ACT = re.compile(r"\bwhat\s+(?:did|does|do|has|have|had|will|would)\b", re.IGNORECASE)
_SOME_OUTLET = "AFP"
_CREDITED = 60
"""Characters at the beginning of an article within which its credit stands."""
_UPPER = re.compile(r"[A-Z]")
_CAPITAL = re.compile(r"[A-Z]|\d")
_WORD = re.compile(r"[^\W_]+(?:[-'\u2019.][^\W_]+)*")
_CREDIT = re.compile(r"\b(?:CNN|AFP|AP|Reuters|BBC|dpa)\b")
_LINK = re.compile(r",|\s(?:of|in|at|on|for|from|to|with|who|that|and)\s")
_PEOPLE_ENDING = re.compile(r"(?:er|or|ist|ian|ant|ent|ee|man|woman|ess|eer|ive|ate)s?$")
_MANY = frozenset(
    """people men women children police crew staff team government ministry court parliament council committee company
    bank commission union agency group party army military office house congress senate board press media nation country
    state king queen family wife everyone nobody anyone no-one""".split()
)
"""Words for people and bodies that end in another way than most."""


def fits(expected: Expected, place: Place) -> bool:
    """Whether the span can be the sort of answer expected; True where that cannot be told.

    `fits(expect("When was it?"), Place("It was in May.", 7, 13))` is True.
    """
    return not (_is_credit(place) or place.is_torn) and _FITS[expected.sort](expected, place)


def _is_credit(place: Place) -> bool:
    """Whether the span is the outlet, or where and for whom the article was written."""
    span = place.span.replace(place.outlet, _SOME_OUTLET) if place.outlet else place.span
    return (
        bool(_CREDIT.search(span))
        and place.is_first
        and place.start < _CREDITED
        and all(word[0].isupper() for word in _WORD.findall(span))
    )


def _is_date(place: Place) -> bool:
    return bool(list_dates(place.span) or list_weekdays(place.span))


def _fits_date(_: Expected, place: Place) -> bool:
    return _is_date(place) or bool(_TIME.search(place.span) or _TIMED.search(place.before))


def _fits_length(_: Expected, place: Place) -> bool:
    kinds = {number.kind for number in place.numbers}
    words = place.text[place.start : place.end + BEHIND // 2]
    return bool(
        Kind.DURATION in kinds or _is_date(place) or _TIME.search(place.span) or (kinds and _MEASURE.search(words))
    )


def _fits_count(expected: Expected, place: Place) -> bool:
    wanted = {Kind.PLAIN, Kind.SCORE, Kind.ORDINAL} if not expected.noun else {Kind.PLAIN, Kind.SCORE}
    if expected.noun & list_terms("days weeks months years hours minutes seconds decades"):
        wanted |= {Kind.DURATION}
    if expected.noun & list_terms("dollars pounds euros yen roubles rubles"):
        wanted |= {Kind.MONEY}
    kinds = {number.kind for number in place.numbers}
    return bool(kinds & wanted) or (not kinds and not _is_date(place) and bool(_QUANTITY.search(place.span)))


def _fits_amount(_: Expected, place: Place) -> bool:
    kinds = {number.kind for number in place.numbers} - {Kind.ORDINAL, Kind.CLOCK, Kind.DECADE}
    return bool(kinds) or (not _is_date(place) and bool(_QUANTITY.search(place.span)))


def _fits_money(_: Expected, place: Place) -> bool:
    kinds = {number.kind for number in place.numbers}
    return Kind.MONEY in kinds or (not kinds and bool(_QUANTITY.search(place.span)))


def _fits_share(_: Expected, place: Place) -> bool:
    kinds = {number.kind for number in place.numbers}
    return Kind.PERCENT in kinds or bool(_SHARE.search(place.span))


def _fits_place(_: Expected, place: Place) -> bool:
    return not _is_bare_figure(place)


def _fits_anything(expected: Expected, place: Place) -> bool:
    """Whether it is more than a day where it is asked what somebody did or said."""
    return bool(_WORD.search(_without_dates(place.span))) or not _ACT.search(find_opening(expected.question))


def _fits_country(_: Expected, place: Place) -> bool:
    return bool(find_countries(place.span))


def _fits_person(_: Expected, place: Place) -> bool:
    return not _is_bare_figure(place) and _names_people(place)


def _fits_name(_: Expected, place: Place) -> bool:
    """Whether it has a capital or a figure, and is no clause: a third of its words have."""
    words = [word for word in _WORD.findall(place.span) if word.casefold() not in FUNCTION_WORDS]
    named = [word for word in words if _CAPITAL.search(word)]
    return bool(named) and 3 * len(named) >= len(words) and not _is_bare_figure(place)


def _is_bare_figure(place: Place) -> bool:
    """Whether the span has a date or a number and no name, in a few words."""
    rest = _without_dates(place.span)
    is_figure = bool(place.numbers) or rest != place.span
    return is_figure and len(_WORD.findall(place.span)) <= FEW and not _UPPER.search(rest)


def _without_dates(span: str) -> str:
    for found in reversed(list_dates(span)):
        span = span[: found.place[0]] + span[found.place[1] :]
    for weekday in reversed(list_weekdays(span)):
        span = span[: weekday.start()] + span[weekday.end() :]
    return span


def _names_people(place: Place) -> bool:
    """Whether the last word before any "of", "in" or the like is a name, a plural, or used of people or bodies."""
    words = _WORD.findall(_LINK.split(place.span)[0]) or [""]
    word = words[-1].casefold()
    is_named = words[-1][:1].isupper() or word.endswith("s")
    return is_named or word in _MANY or word in PEOPLE or bool(_PEOPLE_ENDING.search(word))


_FITS: Mapping[Sort, Callable[[Expected, Place], bool]] = {
    Sort.ANYTHING: _fits_anything,
    Sort.DATE: _fits_date,
    Sort.LENGTH: _fits_length,
    Sort.COUNT: _fits_count,
    Sort.AMOUNT: _fits_amount,
    Sort.MONEY: _fits_money,
    Sort.SHARE: _fits_share,
    Sort.PLACE: _fits_place,
    Sort.COUNTRY: _fits_country,
    Sort.PERSON: _fits_person,
    Sort.NAME: _fits_name,
    Sort.REASON: gives_cause,
}
