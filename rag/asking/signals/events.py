"""Several events of one sort, where a question names none: "the fire" may be any that the articles report."""

import re
from collections.abc import Sequence

from corpus.article import format_date
from rag.asking.grammar.lexicon import INCIDENTS
from rag.asking.signals.statements import Statement, is_of_sort
from rag.english.dates import list_dates
from rag.english.names import is_named, list_names, list_ordinary, list_words
from rag.english.terms import list_terms

MOST_EVENTS = 4
"""Events that are told apart in one answer."""

_EVENT = re.compile(rf"\bthe (?:\w+ )?({'|'.join(sorted(INCIDENTS))})\b", re.IGNORECASE)
_SHOTS = re.compile(r"\b(?:open\w*|under|returned|exchange\w* (?:of )?) ?fire\b", re.IGNORECASE)
"""Fire that is no blaze."""


def find_events(question: str, stated: Sequence[Statement]) -> list[int]:
    """Return which statements answer of different events of the sort that the question asks about without a name.

    Args:
        question: one that stands alone.
        stated: what articles state in reply, all surely, the likeliest first.

    Returns:
        The positions of two statements or more, or none.
    """
    sort = _find_sort(question)
    if not sort:
        return []
    chosen: list[int] = []
    for place, each in enumerate(stated):
        is_reply = is_of_sort(question, each.answer) and sort <= list_terms(_SHOTS.sub("", each.context))
        if is_reply and all(_is_another(each, stated[one]) for one in chosen):
            chosen.append(place)
    return chosen[:MOST_EVENTS] if len(chosen) > 1 and chosen[0] == 0 else []


def head_event(stated: Statement) -> str:
    """Return what stands above an answer: the title of its article, and the day."""
    return ", ".join(filter(None, (stated.source.title, format_date(stated.published))))


def _find_sort(question: str) -> frozenset[str]:
    """Return the term for the sort of the event, if the question names neither the event nor its day."""
    asked = _EVENT.search(question)
    is_named = bool(list_dates(question) or list_names(question, frozenset()))
    return list_terms(asked[1]) if asked and not is_named else frozenset()


def _is_another(one: Statement, other: Statement) -> bool:
    """Whether two articles are about two events: each names something in its title that the other does not know."""
    return not one.is_copy(other) and _is_apart(one, other) and _is_apart(other, one)


def _is_apart(one: Statement, other: Statement) -> bool:
    names = list_names(one.source.title, list_ordinary(one.context))
    words = list_words(other.context)
    return bool(names) and not any(is_named(name, words) for name in names)
