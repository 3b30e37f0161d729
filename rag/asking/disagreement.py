"""Where sources disagree: another article says the same thing with another answer in it."""

import re
from collections.abc import Callable, Iterable, Sequence

from corpus.calendar import MONTHS, WEEKDAYS
from rag.answer import Quote, Side
from rag.asking.reading import ReadPassage, find_answer
from rag.english.numbers import UNITS
from rag.library.words import list_terms

MOST_RIVALS = 2

SAME_STATEMENT = 0.6
"""Two sentences state the same if they share this much of the shorter one's words, their answers aside."""

_NUMBERS = {word: str(number) for number, word in enumerate(UNITS)}
_DAYS = {name[:3]: name for name in map(str.casefold, (*MONTHS, *WEEKDAYS))}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+")


def find_rivals(
    best: ReadPassage, others: Iterable[ReadPassage], is_likely: Callable[[ReadPassage], bool]
) -> list[ReadPassage]:
    """Return those likely of `others`, in their order, that state what `best` does with an answer that contradicts it.

    They are of other articles than `best`, no two of them agree, and there are two at most.
    """
    rivals: list[ReadPassage] = []
    for read in others:
        is_elsewhere = read.found.source.id != best.found.source.id
        is_another = all(contradict(read.span, known.span) for known in (best, *rivals))
        if (
            is_elsewhere
            and is_another
            and _state_the_same(find_answer(best).text, best.span, find_answer(read).text, read.span)
            and is_likely(read)
        ):
            rivals.append(read)
    return rivals[:MOST_RIVALS]


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


def _state_the_same(one: str, one_answer: str, other: str, other_answer: str) -> bool:
    """Return whether two sentences are about the same thing, whatever the answers in them."""
    answers = list_terms(one_answer) | list_terms(other_answer)
    left, right = list_terms(one) - answers, list_terms(other) - answers
    return len(left & right) >= SAME_STATEMENT * max(1, min(len(left), len(right)))


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
