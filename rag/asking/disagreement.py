"""Where sources disagree: another article says the same thing with another answer in it."""

import re
from collections.abc import Callable, Iterable, Sequence

from corpus.calendar import MONTHS, WEEKDAYS
from rag.answer import Quote, Side
from rag.asking.reading import ReadPassage, find_answer
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.numbers import UNITS
from rag.english.terms import list_terms

_NUMBERS = {word: str(number) for number, word in enumerate(UNITS)}
_DAYS = {name[:3]: name for name in map(str.casefold, (*MONTHS, *WEEKDAYS))}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")


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
    """Return whether two short answers of one kind, both with figures or both without, do not agree."""
    is_comparable = bool(list_figures(one)) == bool(list_figures(other)) and list_terms(one) and list_terms(other)
    return bool(is_comparable) and not agree(one, other)


def agree(one: str, other: str) -> bool:
    """Return whether one short answer may be the other, shortened: all its figures, or one of its words, are there."""
    figures, other_figures = list_figures(one), list_figures(other)
    if figures and other_figures:
        return figures <= other_figures or other_figures <= figures
    return not figures and not other_figures and bool(list_terms(one) & list_terms(other))


def _share_words(one: ReadPassage, other: ReadPassage) -> float:
    """Return the share of the words of the shorter answering sentence that the other has, too, the answers aside."""
    answers = list_terms(one.span) | list_terms(other.span)
    left, right = (list_terms(find_answer(read).text) - answers for read in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))


def list_figures(text: str) -> frozenset[str]:
    """Return the numbers, months and days of the week in a text, spelt alike: "twelve" and "12" are one figure."""
    return frozenset(_spell(_TOKEN.findall(text.casefold())))


def _spell(tokens: Iterable[str]) -> Iterable[str]:
    for token in tokens:
        if token[0].isdigit():
            yield token.replace(",", "")
        elif token in _NUMBERS:
            yield _NUMBERS[token]
        elif _DAYS.get(token[:3], "").startswith(token) and len(token) > 2:
            yield _DAYS[token[:3]]
