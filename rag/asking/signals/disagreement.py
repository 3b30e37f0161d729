"""Where sources differ: two articles of the same days state the same thing with another figure, date or name in it."""

from collections.abc import Sequence

from rag.answer import Quote, Side
from rag.asking.signals.sameness import Sort, agree, contradict, find_sort, is_mentioned
from rag.asking.signals.statements import (
    Statement,
    is_altered,
    is_of_own_day,
    is_of_sort,
    is_same_event,
    measure_sharing,
)
from rag.asking.weights import STANDARD_WEIGHTS, Weights

SAME_TIME = 2
"""Days between two articles that may report the same thing differently; a figure is compared within a day only."""


def find_rivals(question: str, stated: Sequence[Statement], weights: Weights = STANDARD_WEIGHTS) -> list[int]:
    """Return which statements contradict the first one, or another that agrees with it: their positions, in order.

    Args:
        question: asks for one figure, date or name; of others nothing is compared.
        stated: what articles state in reply, all surely, the likeliest first.
        weights: how alike sentences must be, and how many rivals there may be.

    Returns:
        At most `weights.most_rivals`, no two of which agree.
    """
    first, *others = stated
    ours = (
        [each for each in stated if agree(each.answer, first.answer, question)]
        if is_of_sort(question, first.answer)
        else []
    )
    rivals: list[int] = []
    for position, other in enumerate(others, 1):
        known = [first, *(stated[rival] for rival in rivals)]
        is_another = is_of_sort(question, other.answer) and all(
            contradict(other.answer, one.answer, question) for one in known
        )
        if is_another and any(is_rival(question, one, other, weights) for one in ours):
            rivals.append(position)
    return rivals[: weights.most_rivals]


def is_rival(question: str, one: Statement, other: Statement, weights: Weights = STANDARD_WEIGHTS) -> bool:
    """Return whether two statements with answers that contradict each other are about the same event and time.

    Of undated articles nothing but the words is known, so the sentences must be nearly the same. Others must be of
    different stories, name nothing that the other does not know, and know nothing of the other's answer. Whatever else
    they say, a text and its altered copy are about the same.
    """
    is_one = is_altered(one, other)
    if one.published is None or other.published is None:
        is_alike = is_one or _tell_one_event(question, one, other, weights.same_statement)
        return one.published is other.published and is_alike
    days = abs((one.published - other.published).days)
    return (
        not one.is_copy(other)
        and days <= (0 if find_sort(one.answer) is Sort.FIGURE else SAME_TIME)
        and (is_one or _tell_one_event(question, one, other, weights.same_event))
        and not (is_of_own_day(one) and is_of_own_day(other))
        and not is_mentioned(one.answer, other.context)
        and not is_mentioned(other.answer, one.context)
    )


def _tell_one_event(question: str, one: Statement, other: Statement, least: float) -> bool:
    return measure_sharing(one, other) >= least and is_same_event(question, one, other)


def list_sides(question: str, quotes: Sequence[Quote], apart: Sequence[str]) -> tuple[Side, ...]:
    """Return the answers that contradict each other with the positions of their quotes; none if there is only one."""
    answers = [quote.text[slice(*quote.span)] if quote.span else "" for quote in quotes]
    sides = [
        Side(answer, tuple(i for i, said in enumerate(answers) if agree(said, answer, question))) for answer in apart
    ]
    return tuple(sides) if len(sides) > 1 else ()
