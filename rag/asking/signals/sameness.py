"""Whether two short answers say the same, cannot both be right, or cannot be compared."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import TypeVar

from rag.english.dates import PartialDate, list_dates, list_weekdays
from rag.english.names import Name, is_named, is_spelled_alike, list_names, list_words, to_words
from rag.english.numbers import Number, list_numbers
from rag.english.terms import list_terms

_Figure = TypeVar("_Figure", PartialDate, Number)

SHORTENED = 3
"""Letters from which on the beginning of a word may stand for it: the Fed is the Federal Reserve."""
_CAPITAL = re.compile(r"[^\W\d_a-z][\w\u2019'.-]*")
_WORD = re.compile(r"[\w\u2019'.-]+")
_OWNER = re.compile(r"\A((?:[A-Z][\w.-]* )*[A-Z][\w.-]*)['\u2019]s (?=[A-Z])")
"""Stands before a name that somebody owns or made: "Pixar's Soul"."""
_NUMBERED = re.compile(r"(?:[A-Z][\w\u2019'-]* )+\Z")
"""Stands before a number that is a part of a name: "Toy Story 2"."""
_ENUMERATES = re.compile(r",|\band\b|\bor\b|&|;|\n")


class Sort(Enum):
    """What sort of thing a short answer is; two answers are compared only if both are of the same."""

    DATE = auto()
    FIGURE = auto()
    NAME = auto()
    """One person, body, place or work."""


def find_sort(answer: str) -> Sort | None:
    """Return the sort of a short answer; None where it is a clause, a list, or common words.

    `find_sort("97 people")` is `Sort.FIGURE`, `find_sort("Joe Biden")` is `Sort.NAME`, `find_sort("the move")` is None.
    """
    if list_dates(answer) or list_weekdays(answer):
        return Sort.DATE
    if _list_figures(answer):
        return Sort.FIGURE
    words = _WORD.findall(answer)
    capitals = sum(bool(_CAPITAL.fullmatch(word)) for word in words)
    is_one = bool(capitals) and 2 * capitals > len(words) and not _ENUMERATES.search(answer)
    return Sort.NAME if is_one and list_names(answer, frozenset()) else None


def contradict(one: str, other: str, question: str = "") -> bool:
    """Return whether two short answers of one kind cannot both be right: 97 people and 115, 3 March and 3 May.

    Words of the question make no two names the same: "Microsoft HoloLens", asked what Microsoft has.
    """
    verdicts = _compare(one, other, question)
    return bool(verdicts) and not all(verdicts)


def agree(one: str, other: str, question: str = "") -> bool:
    """Return whether one short answer may be the other, shortened: all its figures, or one of its words, are there."""
    verdicts = _compare(one, other, question)
    return bool(verdicts) and all(verdicts)


def is_mentioned(answer: str, text: str) -> bool:
    """Return whether a text has the figures or the name of a short answer, in these words or in others."""
    if (sort := find_sort(answer)) is Sort.NAME:
        names = list_names(answer, frozenset())
        words = list_words(text)
        return any(is_named(name, words) or _has_head(name, words) for name in names)
    if sort is Sort.DATE:
        told, days = list_dates(text), {found[0] for found in list_weekdays(text)}
        is_told = all(any(other.covers(one) for other in told) for one in list_dates(answer))
        return is_told and all(found[0] in days for found in list_weekdays(answer))
    told_numbers = list_numbers(text)
    return all(any(other.may_be(one) for other in told_numbers) for one in list_numbers(answer))


def _has_head(name: Name, words: frozenset[str]) -> bool:
    """Whether the last word of a name, such as a family name, is among the words."""
    return len(name.words) > 1 and name.words[-1] in words


def _compare(one: str, other: str, question: str) -> list[bool]:
    """Return in each respect in which two answers can be compared whether they agree; none if they are of two kinds."""
    dates, other_dates = list_dates(one), list_dates(other)
    days, other_days = _list_days(one), _list_days(other)
    numbers, other_numbers = list_numbers(one), list_numbers(other)
    if not (numbers and other_numbers):
        numbers, other_numbers = _list_figures(one), _list_figures(other)
    has_figures, has_other_figures = bool(dates or days or numbers), bool(other_dates or other_days or other_numbers)
    if has_figures and has_other_figures:
        in_days = days <= other_days or other_days <= days if days and other_days else None
        verdicts = (_match(dates, other_dates), in_days, _match(numbers, other_numbers))
        return [verdict for verdict in verdicts if verdict is not None]
    asked = list_terms(question)
    one, other = _cut_owner(one, other)
    terms, other_terms = (list_terms(text) - asked or list_terms(text) for text in (one, other))
    is_comparable = terms and other_terms and not (has_figures or has_other_figures)
    return [bool(terms & other_terms) or _is_alias(one, other, asked)] if is_comparable else []


def _list_figures(answer: str) -> list[Number]:
    """Return the numbers of a short answer, other than those that are a part of a name."""
    return [each for each in list_numbers(answer) if not _is_of_name(each, answer)]


def _is_of_name(number: Number, answer: str) -> bool:
    is_exact = number.low == number.high and not number.is_approximate and not number.unit
    return is_exact and bool(_NUMBERED.match(answer.partition(number.written)[0]))


def _cut_owner(one: str, other: str) -> tuple[str, str]:
    """Return two names without the owner whom both have: of two films of Pixar the films."""
    owner, other_owner = _OWNER.match(one), _OWNER.match(other)
    is_shared = owner and other_owner and owner[1] == other_owner[1]
    return (one[owner.end() :], other[other_owner.end() :]) if owner and other_owner and is_shared else (one, other)


def _is_alias(one: str, other: str, asked: frozenset[str]) -> bool:
    """Whether a name is the other in initials, cut short, or spelt in another way: the IMF, the Fed, Zelenskiy."""
    words, others = ([word for word in to_words(text) if list_terms(word) - asked] for text in (one, other))
    names = [(list_names(text, frozenset()), list_words(against)) for text, against in ((one, other), (other, one))]
    if any(is_named(name, known) for found, known in names for name in found):
        return True
    pairs = [(word, known) for word in words for known in others if word and known]
    return any(_is_cut(*pair) or _is_cut(*pair[::-1]) or is_spelled_alike(*pair) for pair in pairs)


def _is_cut(word: str, whole: str) -> bool:
    return SHORTENED <= len(word) < len(whole) and whole.startswith(word)


def _list_days(text: str) -> frozenset[str]:
    """Return the days of the week that a text names, or else those of its dates."""
    named = frozenset(found[0].capitalize() for found in list_weekdays(text))
    return named or frozenset(filter(None, (each.weekday for each in list_dates(text))))


def _match(ours: Sequence[_Figure], theirs: Sequence[_Figure]) -> bool | None:
    """Return whether all figures of one side are among the other's, of those that compare; None if none do."""
    left = [one for one in ours if any(map(one.is_comparable, theirs))]
    right = [one for one in theirs if any(map(one.is_comparable, ours))]
    if not left:
        return None
    return all(any(map(one.may_be, right)) for one in left) or all(any(map(one.may_be, left)) for one in right)
