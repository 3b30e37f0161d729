"""From sentences under headings to an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import NOT_FOUND, Answer, Citation, Part, Quote, ScoredPassage, Status
from rag.asking.forms.digests.reports import LEAST_RELEVANCE, Report, Sentence
from rag.asking.quoting import number_sources, write_quotes

SURE_RELEVANCE = 0.65
"""An article whose best passage has this score is almost certainly about the topic. By hand, like `LEAST_RELEVANCE`."""
ANSWERED, SURE = 0.5, 0.95
"""The confidence at the least relevance, and at the sure one; between them it grows evenly."""


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences that stand under a heading, which is empty if they are all that there is, and their short answer."""

    heading: str
    sentences: tuple[Sentence, ...]
    answer: str = ""


def compose(
    question: str, sections: Sequence[Section], considered: Sequence[ScoredPassage], confidence: float
) -> Answer:
    """Return the answer that quotes the sentences in their order; without any, that nothing was found.

    Args:
        question: The question that stands alone.
        sections: What is quoted, the first with the short answer, if there is one.
        considered: The passages looked through.
        confidence: The probability that the answer is right, if there is one.
    """
    nothing = Answer(question, NOT_FOUND, "", (), (), 1 - SURE, Status.NOT_FOUND, tuple(considered), 0.0)
    quotes, citations = _cite([each for section in sections for each in section.sentences], confidence)
    if not quotes:
        return nothing
    parts = _number_parts(sections) if any(section.heading for section in sections) else ()
    return replace(
        nothing,
        text=write_quotes(quotes, parts),
        answer_span=sections[0].answer,
        quotes=quotes,
        citations=citations,
        parts=parts,
        confidence=confidence,
        status=Status.ANSWERED,
    )


def rate(reports: Sequence[Report]) -> float:
    """Return the probability that the articles, the most relevant first, are about the topic."""
    relevance = reports[0].relevance if reports else 0.0
    share = (relevance - LEAST_RELEVANCE) / (SURE_RELEVANCE - LEAST_RELEVANCE)
    return ANSWERED + (SURE - ANSWERED) * min(1.0, max(0.0, share))


def _cite(sentences: Sequence[Sentence], confidence: float) -> tuple[tuple[Quote, ...], tuple[Citation, ...]]:
    """Return the quotes in their order, with their sources numbered as they appear."""
    citations = number_sources((each.source, each.story) for each in sentences)
    quotes = [
        Quote(each.source.id, *each.place, each.text, citations[each.source.id].number, confidence, each.span)
        for each in sentences
    ]
    return tuple(quotes), tuple(citations.values())


def _number_parts(sections: Sequence[Section]) -> tuple[Part, ...]:
    parts, begin = [], 0
    for section in sections:
        end = begin + len(section.sentences)
        parts.append(Part(section.heading, tuple(range(begin, end)), section.answer))
        begin = end
    return tuple(parts)
