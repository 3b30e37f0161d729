"""As what somebody did something: "resigned as mayor" is not "resigned as a judge"."""

import re

from rag.asking.grammar.lexicon import PEOPLE
from rag.asking.spans.expected import Expected
from rag.asking.spans.place import Place
from rag.english.terms import list_terms

_ROLE = re.compile(
    r"\bas\s(?:an?\s|the\s|its\s|his\s|her\s|their\s)?"
    r"((?:(?!(?:in|on|at|when|after|before|since|until|last|this)\b)[\w\u2019'-]+\s?){1,8})"
)
_OFFICES = list_terms(" ".join(PEOPLE))


def is_of_other_role(expected: Expected, place: Place) -> bool:
    """Whether the question is about somebody in one office, and the sentence, near the span, in another."""
    asked = frozenset().union(*(list_terms(found[1]) for found in _ROLE.finditer(expected.question)))
    told = {found.span(): _count_shared(asked, found) for found in _ROLE.finditer(place.sentence)}
    if not (asked & _OFFICES and told):
        return False
    near = min(told, key=place.measure_distance)
    return told[near] < max(1, *(_count_shared(asked, found) for found in _ROLE.finditer(place.text)))


def _count_shared(asked: frozenset[str], told: re.Match[str]) -> int:
    return len(asked & list_terms(told[1]))
