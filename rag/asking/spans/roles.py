"""As what somebody did something: "resigned as mayor" is not "resigned as a judge", who succeeded is not succeeded."""

import re

from rag.asking.grammar.lexicon import PEOPLE
from rag.asking.spans.expected import Expected
from rag.asking.spans.place import Place
from rag.english.names import Name, is_same, list_names
from rag.english.people import is_common
from rag.english.terms import list_terms

_ROLE = re.compile(
    r"\bas\s(?:an?\s|the\s|its\s|his\s|her\s|their\s)?"
    r"((?:(?!(?:in|on|at|when|after|before|since|until|last|this)\b)[\w\u2019'-]+\s?){1,8})"
)
_OFFICES = list_terms(" ".join(PEOPLE))
_SUCCEED = (
    r"(?:succeed(?:s|ed|ing)?|replac(?:es?|ed|ing)"
    r"|t(?:ak(?:es?|en|ing)|ook)\s(?:over\s(?:\w+\s){0,4}?from|the\splace\sof))"
)
_ASKS_NEW = re.compile(
    rf"\bwho(?:\s(?:will|has|had|would|is\sto|\w+ly))?\s{_SUCCEED}\b|\bwhom?\s(?:was|were|is)\s.+\s{_SUCCEED}\sby\b"
    r"|\bsuccessors?\b",
    re.IGNORECASE,
)
_ASKS_OLD = re.compile(
    rf"\bwhom?\s(?:did|does|do|will|has|had)\s.+\s{_SUCCEED}|\bwhom?\s(?:was|were|is)\s(?:succeed|replac)ed\sby\b"
    r"|\bpredecessors?\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(rf"(?P<passive>\b(?:succeed|replac)ed\sby\b)|\b{_SUCCEED}\b(?!\sin\b)", re.IGNORECASE)
_BEATEN = re.compile(
    r"\b(?:beat(?:s|ing)?|defeat(?:s|ed|ing)?|(?:win|wins|won|victory)\sover)\s[^,;.]{0,40}\Z", re.IGNORECASE
)
_ASKS_WINNER = re.compile(r"\bwho\s(?:w[io]ns?|was\selected|beat|defeated)\b", re.IGNORECASE)


def is_of_other_role(expected: Expected, place: Place) -> bool:
    """Whether the question is about somebody in one office, and the sentence, near the span, in another."""
    asked = frozenset().union(*(list_terms(found[1]) for found in _ROLE.finditer(expected.question)))
    told = {found.span(): _count_shared(asked, found) for found in _ROLE.finditer(place.sentence)}
    if not (asked & _OFFICES and told):
        return False
    near = min(told, key=place.measure_distance)
    return told[near] < max(1, *(_count_shared(asked, found) for found in _ROLE.finditer(place.text)))


def is_of_other_side(expected: Expected, place: Place) -> bool:
    """Whether the question asks who came after somebody, or won, and the span is who came before, or lost; or back."""
    asks_new, asks_old = _ASKS_NEW.search(expected.question), _ASKS_OLD.search(expected.question)
    if (asks_new or _ASKS_WINNER.search(expected.question)) and _BEATEN.search(place.lead):
        return True
    if (asks_new or asks_old) and any(is_same(name, place.span, frozenset()) for name in _list_asked(expected)):
        return True
    changes = list(_CHANGE.finditer(place.sentence))
    if not changes or bool(asks_new) == bool(asks_old):
        return False
    near = min(changes, key=lambda found: place.measure_distance(found.span()))
    is_behind = place.start >= place.sentence_start + near.end()
    is_new = is_behind == bool(near["passive"])
    return is_new != bool(asks_new)


def _list_asked(expected: Expected) -> list[Name]:
    return [name for name in list_names(expected.question, frozenset()) if not is_common(name.text)]


def _count_shared(asked: frozenset[str], told: re.Match[str]) -> int:
    return len(asked & list_terms(told[1]))
