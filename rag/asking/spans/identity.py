"""Who somebody is: the office or description beside a name, as a whole, and whether it says of what."""

import re

from corpus.article import Offsets
from embeddings.spans import list_words
from rag.asking.grammar.lexicon import TITLES
from rag.asking.spans.place import Place
from rag.english.people import is_given_name
from rag.english.terms import FUNCTION_WORDS, OPENERS

_LONGEST = 30
"""Characters in a word of a title."""
_TITLE_WORD = re.compile(r"(?<![\w'\u2019-])((?:([A-Z][\w'\u2019-]*|former|acting|deputy|(?<=[A-Za-z]\s)of))\s)\Z")
_NO_TITLE = (FUNCTION_WORDS | OPENERS) - {"of", "us"}
_NEXT_WORD = re.compile(r"\s([A-Z][\w'\u2019-]*|of|for|at|the|and)\b")
LONGEST = 10
"""Words of a description."""
_OFFICE = TITLES | frozenset(
    """prime foreign defence defense finance interior deputy vice press assistant acting former attorney executive
    chief senior minister party opposition state general republic then new current late the a an of and mp
    premier""".split()
)
"""Words of a description that many people have: a description of no others does not say of what."""
_JOINT = re.compile(r"(?:[.;!?\"\u201d]|,(?=\s[A-Z])|(?<=[a-z])\sand(?=\s[A-Z])|\bsaid)\s")
"""Stands between the description and what was said of somebody else before it."""


_WORD = re.compile(r"\w+")
_BEHIND = re.compile(r"[\s,(\u2013\u2014-]*((?:[A-Z][\w.-]*\s?){1,3})")
"""A name of up to three words."""
_BEFORE = re.compile(r"(\w+)(?:\u2019s|'s)?[\s,(\u2013\u2014-]+(?:(?:is|was|as|who|also|a|an|the)\b[\s,]*)*\Z")


def complete_identity(text: str, start: int, end: int, named: frozenset[str]) -> Offsets:
    """Return the offsets of the description that the span is a part of: of one person, and without the name.

    Args:
        text: the text.
        start: where the span begins.
        end: where it ends.
        named: the words of the name, in small letters.
    """
    semicolon = text.find("; ", start, end)
    start, end = complete_title(text, start, end if semicolon < 0 else semicolon, named)
    following = _NEXT_WORD.match(text, end)
    is_family_name = len(named - FUNCTION_WORDS) == 1 and following and following[1].casefold() in named
    return _cut(text, start, end) if is_family_name else (start, end)


def describes(place: Place, named: frozenset[str]) -> bool:
    """Return whether a span stands by the name and says who that is, and of what: "chair of Fiat", not "minister"."""
    words = [word for word in _WORD.findall(place.span) if word.casefold() not in named]
    is_description = any(word.islower() or word.casefold() in _OFFICE for word in words)
    is_of_what = any(word.casefold() not in _OFFICE and not is_given_name(word) for word in words)
    is_phrase = place.start + len(place.span) <= place.sentence_start + len(place.sentence) and len(words) <= LONGEST
    return is_phrase and is_description and is_of_what and _stands_by(place, named)


def _stands_by(place: Place, named: frozenset[str]) -> bool:
    """Whether the name is in the span, right behind it, or right before it."""
    if named & set(list_words(place.span)):
        return True
    behind, before = _BEHIND.match(place.text, place.end), _BEFORE.search(place.text, 0, place.start)
    near = [*list_words(behind[1] if behind else ""), *list_words(before[1] if before else "")]
    return not named.isdisjoint(near)


def _cut(text: str, start: int, end: int) -> Offsets:
    """Return the span without other people before the description, and without the given name behind it."""
    for joint in _JOINT.finditer(text, start, end):
        if set(list_words(text[joint.end() : end])) & TITLES:
            start = joint.end()
    last = text.rfind(" ", start, end)
    word = text[last + 1 : end]
    return start, last if last > start and word[0].isupper() and word.casefold() not in _OFFICE else end


def complete_title(text: str, start: int, end: int, named: frozenset[str]) -> Offsets:
    """Return the offsets of the whole title that the span is a part of: "Russian foreign minister" before a name.

    Args:
        text: the text.
        start: where the span begins; what stands before it belongs to the title as far as it has capitals.
        end: where it ends; what stands between it and the name belongs to the title.
        named: the words of the name, in small letters.
    """
    while found := _TITLE_WORD.search(text, max(0, start - _LONGEST), start):
        if found[2].casefold() in _NO_TITLE:
            break
        start = found.start(1)
    last = end
    while (word := _NEXT_WORD.match(text, last)) and word[1].casefold() not in named:
        last = word.end()
    return start, last if word else end
