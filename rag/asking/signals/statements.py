"""What articles state in reply to one question, as values that can be compared."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.article import Source
from rag.asking.reading import ReadPassage, find_answer
from rag.asking.signals.sameness import Sort, find_sort
from rag.asking.spans.expected import Sort as Asked
from rag.asking.spans.expected import expect
from rag.english.dates import PartialDate, list_dates
from rag.english.names import is_named, list_names, list_ordinary, list_words, to_words
from rag.english.terms import list_content

LEAST_ALIKE = 6
"""Different words that a text has at least which is said to be another one, altered."""

_SORTS = {
    **dict.fromkeys((Asked.DATE,), Sort.DATE),
    **dict.fromkeys((Asked.COUNT, Asked.AMOUNT, Asked.MONEY, Asked.SHARE, Asked.LENGTH), Sort.FIGURE),
    **dict.fromkeys((Asked.PERSON, Asked.PLACE, Asked.COUNTRY, Asked.NAME), Sort.NAME),
}
"""What the answers are of which questions of a sort expect; of others any sort will do."""
_ORDER = re.compile(r"\b(?:first|second|third|last|latest|previous|earlier|next|former)\b", re.IGNORECASE)
"""Tells one of several events from another."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A short answer, the sentences that it stands in, and what is known of their article.

    Attributes:
        answer: the short answer.
        sentence: the whole sentences around it.
        context: the article's title and the passage.
        source: the article.
        story: near-duplicates have the same; None where it is not known.
    """

    answer: str
    sentence: str
    context: str
    source: Source
    story: int | None = None

    @property
    def published(self) -> date | None:
        """The day on which the article was published."""
        return self.source.published

    def is_copy(self, other: "Statement") -> bool:
        """Whether both are from one article, or one story in two outlets."""
        return self.source.id == other.source.id or (self.story is not None and self.story == other.story)


def state(read: ReadPassage) -> Statement:
    """Return what a passage states."""
    title, passage = read.found.source.title, read.found.passage.text
    return Statement(read.span, find_answer(read).text, f"{title}\n{passage}", read.found.source, read.found.story)


def is_of_sort(question: str, answer: str) -> bool:
    """Return whether an answer is one figure, date or name, and the question's first words ask for such."""
    sort, wanted = find_sort(answer), _SORTS.get(expect(question).sort)
    return sort is wanted if wanted else sort is not None


def is_of_own_day(stated: Statement) -> bool:
    """Return whether the answer is the day of the article: each of two such articles has news of its own day."""
    days = [one.period for one in list_dates(stated.answer, stated.published) if one.day]
    return any(period[0] == stated.published for period in days if period)


def measure_sharing(one: Statement, other: Statement) -> float:
    """Return the share of the words of the shorter sentence that the other has, too, the answers aside."""
    answers = list_content(one.answer) | list_content(other.answer)
    left, right = (list_content(each.sentence) - answers for each in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))


def is_altered(one: Statement, other: Statement) -> bool:
    """Return whether the text of one article is that of the other, word for word, with another answer in it."""
    answers = {*to_words(one.answer), *to_words(other.answer)}
    left, right = (set(to_words(each.context)) - answers for each in (one, other))
    return one.source.id != other.source.id and len(left) >= LEAST_ALIKE and left == right


def is_same_event(question: str, one: Statement, other: Statement) -> bool:
    """Return whether no name, time or order in either sentence shows that they are about two events."""
    orders = ({found[0].casefold() for found in _ORDER.finditer(each.sentence)} for each in (one, other))
    return (
        len(set(map(frozenset, orders))) == 1
        and _has_names(question, one, other)
        and _has_names(question, other, one)
        and _may_be_at_once(one, other)
    )


def _has_names(question: str, one: Statement, other: Statement) -> bool:
    """Whether the question or the other article has all names of a sentence, its answer aside."""
    ordinary = list_ordinary(f"{one.context}\n{other.context}")
    known = list_words(f"{question}\n{other.context}\n{other.source.outlet}\n{one.answer}")
    return all(is_named(name, known) for name in list_names(one.sentence, ordinary))


def _may_be_at_once(one: Statement, other: Statement) -> bool:
    """Whether the dates that two sentences give, answers aside, may be the same."""
    here, there = (_list_times(each) for each in (one, other))
    return not here or not there or any(a.may_be(b) for a in here for b in there)


def _list_times(stated: Statement) -> list[PartialDate]:
    rest = stated.sentence.replace(stated.answer, " ")
    return list_dates(rest, stated.published)
