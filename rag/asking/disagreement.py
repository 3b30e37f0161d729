"""Where sources disagree: another article says the same thing with another answer in it."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from rag.answer import Quote, Side
from rag.asking.reading import ReadPassage, find_answer
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.dates import PartialDate, list_dates, list_weekdays
from rag.english.numbers import Number, list_numbers
from rag.english.terms import list_terms

_Figure = TypeVar("_Figure", PartialDate, Number)


def find_rivals(
    best: ReadPassage,
    others: Iterable[ReadPassage],
    is_likely: Callable[[ReadPassage], bool],
    weights: Weights = STANDARD_WEIGHTS,
) -> list[ReadPassage]:
    """Return those likely of `others`, in their order, that state what `best` does with an answer that contradicts it.

    They are of other articles than `best`, no two of them agree, and there are `weights.most_rivals` at most.
    """
    rivals: list[ReadPassage] = []
    for read in others:
        is_elsewhere = read.found.source.id != best.found.source.id
        is_another = all(contradict(read.span, known.span) for known in (best, *rivals))
        if is_elsewhere and is_another and _share_words(best, read) >= weights.same_statement and is_likely(read):
            rivals.append(read)
    return rivals[: weights.most_rivals]


def list_sides(quotes: Sequence[Quote], rivals: Iterable[ReadPassage]) -> tuple[Side, ...]:
    """Return the answers that contradict each other with the positions of their quotes; none if all agree."""
    answers = [quote.text[slice(*quote.span)] if quote.span else "" for quote in quotes]
    apart = [answers[0], *(read.span for read in rivals)]
    sides = [Side(answer, tuple(i for i, said in enumerate(answers) if agree(said, answer))) for answer in apart]
    return tuple(sides) if len(sides) > 1 else ()


def contradict(one: str, other: str) -> bool:
    """Return whether two short answers of one kind cannot both be right: 97 people and 115, 3 March and 3 May."""
    verdicts = _compare(one, other)
    return bool(verdicts) and not all(verdicts)


def agree(one: str, other: str) -> bool:
    """Return whether one short answer may be the other, shortened: all its figures, or one of its words, are there."""
    verdicts = _compare(one, other)
    return bool(verdicts) and all(verdicts)


def _compare(one: str, other: str) -> list[bool]:
    """Return in each respect in which two answers can be compared whether they agree; none if they are of two kinds."""
    dates, other_dates = list_dates(one), list_dates(other)
    days, other_days = _list_days(one), _list_days(other)
    numbers, other_numbers = list_numbers(one), list_numbers(other)
    has_figures, has_other_figures = bool(dates or days or numbers), bool(other_dates or other_days or other_numbers)
    if has_figures and has_other_figures:
        in_days = days <= other_days or other_days <= days if days and other_days else None
        verdicts = (_match(dates, other_dates), in_days, _match(numbers, other_numbers))
        return [verdict for verdict in verdicts if verdict is not None]
    terms, other_terms = list_terms(one), list_terms(other)
    is_comparable = terms and other_terms and not (has_figures or has_other_figures)
    return [bool(terms & other_terms)] if is_comparable else []


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


def _share_words(one: ReadPassage, other: ReadPassage) -> float:
    """Return the share of the words of the shorter answering sentence that the other has, too, the answers aside."""
    answers = list_terms(one.span) | list_terms(other.span)
    left, right = (list_terms(find_answer(read).text) - answers for read in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))
