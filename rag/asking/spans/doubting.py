"""What stands around a span and speaks against it: another event, place or time, or one who only tells of the event."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from rag.asking.grammar.lexicon import INCIDENTS, PLACES
from rag.asking.spans.expected import Expected, Sort
from rag.asking.spans.place import BEHIND, Place
from rag.asking.spans.roles import is_of_other_role
from rag.asking.spans.senses import find_unsaid, is_untold
from rag.english.countries import find_countries
from rag.english.dates import PartialDate, list_dates
from rag.english.days import list_days, may_be_same_day
from rag.english.numbers import list_numbers
from rag.english.terms import FUNCTION_WORDS, list_stems, list_terms

_COMPARISON = re.compile(
    r"\b(?:more\sthan\sthe|(?:exceed|surpass)(?:s|es|ed|ing)?|overt(?:ook|aking)|unlike|compared\s(?:with|to)"
    r"|(?:up|down)\sfrom|the\sprevious|record\sof)\b(?!.*\bto\b)",
    re.IGNORECASE,
)
_HAPPENS = "|".join(sorted({*INCIDENTS, *"one incident disaster outbreak strike massacre raid clash".split()}))
_OTHER = (
    r"\b(?:another|(?:an?|the|one)\s(?:second|separate|previous|earlier|similar|different|later|subsequent|prior|third))"
    rf"\s(?:(?:[a-z-]+\s){{0,2}}?(?:{_HAPPENS})s?\b|(?<=another\s)(?:in|at|near)\b)"
)
_OTHER_EVENT = re.compile(
    rf"(?:\A(?:In|During)\s(?=\w+\s){_OTHER}[^,;]*,[^,;]*"
    rf"|{_OTHER}(?:(?:[^,;]|(?-i:,\s[A-Z]))(?!\b(?:toll|total|bring|rais|ris|rose)))*"
    r"(?:,\s(?:(?:in|during|of|at)\swhich|which|that|where|when|who|killing|leaving|claiming|injuring)\b[^,;]*)?)\Z",
    re.IGNORECASE,
)
"""An event that is told beside the one the article is about, up to a number that is said of it."""
_SINCE = re.compile(
    r"\b(?:first|last|only|most|least|worst|best|record|(?:the|its|their|his|her)\s\w{3,}est)\b[^;]*"
    r"\bsince\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_ORDERS = {"first": "early", "last": "late", "latest": "late", "recently": "late", "next": "next", "previous": "late"}
_ORDER = re.compile(r"\b(?:first|second|third|fourth|fifth|last|latest|next)\b", re.IGNORECASE)
_BESIDE = frozenset(
    "another second separate previous earlier similar different later subsequent prior third other".split()
)
_BOUND = re.compile(r"\b(before|prior\sto|until|after|since)\s(?:\w+\s){0,2}?\Z", re.IGNORECASE)
_WIDER = re.compile(r"\b(?:worldwide|globally|elsewhere|(?:around|across|in)\sthe\sworld|in\sother\scountries)\b")
_LOCATED = re.compile(
    r"\b(?:in|at|near|outside|across|off|around|from|for)\s(?:the\s)?([A-Z][\w\u2019'-]*(?:,?\s[A-Z][\w\u2019'-]*)*)"
)
_NAMED = re.compile(r"\s([A-Z][\w-]*)")
_WORD = re.compile(r"[^\W_]+")
_EVERYBODY = list_terms("people persons dead victims")
_OWN = r"(?!.{0,30}\b(?:he|she|they|it|his|her|their|its)\b)"
_TOLD = (
    rf"(?:(?:announce[ds]|confirmed|reported|rejected|den(?:ied|ies)|commented|mourned)\b{_OWN}"
    r"|paid\stribute\b|reacted\b)"
)
_TELLING = re.compile(rf"(?:,\s[^,.]{{1,60}},)?\s(?:(?:also|has|have|had|\w+ly)\s)?({_TOLD})", re.IGNORECASE)
_MOVES = (
    (r"(?:rais|lift|hik|put\sup)", r"rais|lift|hik|increas|step|\bup\b"),
    (r"(?:ris|increas|grow|climb|jump|gain|go\sup)", r"\bris|\brose|increas|gr[eo]w|climb|jump|gain|higher|\bup\b"),
    (r"(?:cut|lower|reduc|slash)", r"\bcut|lower|reduc|slash|decreas|\bdown\b"),
    (
        r"(?:fall|drop|declin|shrink|decreas|go\sdown)",
        r"f[ae]ll|drop|declin|shr[aiu]nk|contract|creas|lower|\bdown\b",
    ),
)
"""Verbs of a question for how something was moved or moved, and what the sentence that says how much has."""
_MOVED = [
    (re.compile(rf"\bhow\smuch\b.*\s{asked}\w*", re.IGNORECASE), re.compile(told, re.IGNORECASE))
    for asked, told in _MOVES
]
_PART_BEFORE = re.compile(
    r"\b(?:includ(?:es?|ed|ing)|among(?:\s(?:them|those|the\s\w+))?|of\s(?:whom|which|them|those))\b[^,;:]*\Z",
    re.IGNORECASE,
)
_PART_BEHIND = re.compile(
    r"[^,;:.]*?\b(?:of|among)\s(?:them|whom|which|those|these|the\s(?:dead|deaths|victims|injured|wounded|casualties))\b"
)
_SUMMED = re.compile(
    r"[^;:.]*?\b(?:br(?:ing|ought)|rais|tak|took|push)\w*\s(?:the|its|their)\s(?:[\w-]+\s){0,3}?"
    r"(?:toll|total|number|count|tally)\b[^;:.]*\bto\s"
)
_CREDITED = re.compile(r"\b(?:according\sto|,\u201d?\s?(?:said|told))\s(?:the\s)?$", re.IGNORECASE)


def count_doubts(expected: Expected, place: Place) -> int:
    """Return how many things around a span say that it is not of what the question asks about."""
    return sum(is_doubtful(expected, place) for is_doubtful in _DOUBTS.get(expected.sort, _ALWAYS))


def is_compared(_: Expected, place: Place) -> bool:
    """Whether the span is what the event is compared with, as 85 is in "more than the 85 of the fire before"."""
    return bool(_COMPARISON.search(place.lead))


def is_of_other_event(expected: Expected, place: Place) -> bool:
    """Whether the span counts another event, told beside: "after another blast, which killed 9"."""
    told = _OTHER_EVENT.search(place.lead)
    return told is not None and not _BESIDE & expected.words


def is_reference(expected: Expected, place: Place) -> bool:
    """Whether the span is what "the first since" or the like looks back to."""
    return bool(_SINCE.search(place.lead)) and not {"since", "last", "previous", "before"} & expected.words


def is_of_other_order(expected: Expected, place: Place) -> bool:
    """Whether the question asks for the first or last of several, and the sentence tells of another one."""
    asked = {_ORDERS[word] for word in expected.words & _ORDERS.keys()}
    told = {_ORDERS.get(found[0].casefold(), "between") for found in _ORDER.finditer(place.around)}
    return bool(asked and told) and not asked & told and not _SINCE.search(place.lead)


def is_out_of_bounds(expected: Expected, place: Place) -> bool:
    """Whether the question asks for what was before or after a day, and the span gives another time."""
    told = list_dates(place.span)
    return bool(told) and any(_is_outside(bound, told[0]) for bound in _list_bounds(expected.question))


def _list_bounds(question: str) -> Iterable[tuple[str, PartialDate]]:
    for one in list_dates(question):
        if found := _BOUND.search(question, 0, one.start):
            yield found[1].casefold(), one


def _is_outside(bound: tuple[str, PartialDate], told: PartialDate) -> bool:
    word, limit = bound
    known = [(ours, theirs) for ours, theirs in zip(told.parts, limit.parts, strict=True) if None not in (ours, theirs)]
    ours, theirs = [one for one, _ in known], [other for _, other in known]
    return bool(known) and told.year is not None and (ours < theirs if word in ("after", "since") else ours >= theirs)


def is_wider(expected: Expected, place: Place) -> bool:
    """Whether the span counts the whole world, and the question does not."""
    return bool(_WIDER.search(place.sentence)) and not _WIDER.search(expected.question)


def is_part(expected: Expected, place: Place) -> bool:
    """Whether the span counts a part of those asked about: "three of them", or "two more, bringing the toll to 12".

    Asked about a sort of them, or about a day, the part may be what is meant.
    """
    behind = place.sentence[place.end - place.sentence_start :]
    if (expected.noun - _EVERYBODY) & list_terms(behind[:BEHIND]) or expected.days:
        return False
    is_told = _PART_BEFORE.search(place.lead) or _PART_BEHIND.match(behind) or _SUMMED.match(behind)
    return bool(is_told) and not _PART_BEHIND.search(expected.question)


def is_of_other_noun(expected: Expected, place: Place) -> bool:
    """Whether the span counts another sort of thing or people than the question, which the passage counts, too."""
    units = {number.unit for number in place.numbers} - {""}
    counted = expected.noun - _EVERYBODY
    return (
        bool(counted and units) and not units & counted and any(one.unit in counted for one in list_numbers(place.text))
    )


def is_of_other_day(expected: Expected, place: Place) -> bool:
    """Whether the question names a day, and the day that the sentence names nearest to the span is another."""
    told = list_days(place.sentence, place.published) if expected.days else []
    near = min(told, key=lambda one: place.measure_distance(one.place), default=None)
    return near is not None and not any(may_be_same_day(one, near) for one in expected.days)


def is_elsewhere(expected: Expected, place: Place) -> bool:
    """Whether the nearest place that the sentence names is another than the one in which the question asks."""
    asked = {mention.country for mention in find_countries(expected.question)}
    text = f"{expected.question}\n{place.title}\n{place.text}"
    if not asked and not any(_is_asked(expected, found[1]) for found in _LOCATED.finditer(text)):
        return False
    near = min(_list_located(place), default=(0, ""))[1]
    countries = {mention.country for mention in find_countries(near)}
    is_known = bool(countries) or ", " in near or near.casefold() in PLACES
    return is_known and not countries & asked and not _is_asked(expected, near)


def _list_located(place: Place) -> Iterable[tuple[int, str]]:
    """Yield the places of the sentence with how far they are from the span."""
    for found in _LOCATED.finditer(place.sentence):
        yield place.measure_distance(found.span()), found[1]


def _is_asked(expected: Expected, name: str) -> bool:
    return any(word.casefold() in expected.words for word in _WORD.findall(name))


def is_unmoved(expected: Expected, place: Place) -> bool:
    """Whether the question asks how much something was moved, up or down, and the sentence has no such verb."""
    told = next((told for asked, told in _MOVED if asked.search(expected.question)), None)
    return told is not None and not told.search(place.sentence)


def is_teller(expected: Expected, place: Place) -> bool:
    """Whether the span is who tells of the event, and the question asks who took part in it."""
    told = _TELLING.match(place.text, place.end)
    if told:
        return not set(list_stems([told[1].casefold()])) & set(list_stems(expected.words))
    return bool(_CREDITED.search(place.lead))


def is_repeated(expected: Expected, place: Place) -> bool:
    """Whether the span is what the question names already, or stands right before that name."""
    if "or" in expected.words:
        return False
    if place.span.islower() and not expected.is_identity:
        following = _NAMED.match(place.text, place.end)
        if following and following[1].casefold() in expected.words:
            return True
    words = [word for word in map(str.casefold, _WORD.findall(place.span)) if word not in FUNCTION_WORDS]
    return bool(words) and all(word in expected.words for word in words)


def is_of_other_sense(expected: Expected, place: Place) -> bool:
    """Whether the words around the span say another thing than the verb of the question.

    Of words or an act that nothing in the passage tells, no span is more in doubt than another.
    """
    return not is_untold(expected, place) and bool(find_unsaid(expected, place))


_ALWAYS = (is_of_other_day, is_of_other_sense)
_FIGURES = (*_ALWAYS, is_compared, is_of_other_event, is_wider, is_elsewhere, is_unmoved, is_part)
_NAMES = (*_ALWAYS, is_repeated)
_DOUBTS: Mapping[Sort, Sequence[Callable[[Expected, Place], bool]]] = {
    **dict.fromkeys((Sort.AMOUNT, Sort.MONEY, Sort.SHARE), _FIGURES),
    **dict.fromkeys((Sort.NAME, Sort.COUNTRY, Sort.PLACE), _NAMES),
    Sort.COUNT: (*_FIGURES, is_of_other_noun),
    Sort.DATE: (is_of_other_sense, is_reference, is_of_other_order, is_out_of_bounds, is_of_other_role),
    Sort.PERSON: (*_NAMES, is_teller),
}
