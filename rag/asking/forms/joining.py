"""Several answers become one, each under a heading of its own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from rag.answer import NOT_FOUND, Answer, Citation, Part, Quote, ScoredPassage, Status
from rag.asking.quoting import write_quotes


def join_answers(question: str, headed: Sequence[tuple[str, Answer]]) -> Answer:
    """Return one answer with a part for each: what two quote stands once, and sources are numbered anew.

    A later part shows a quote of an earlier one only where it holds its answer.

    Args:
        question: The question that they answer together.
        headed: A heading with its answer, one or more. Their own parts and sides are given up.
    """
    quotes: list[Quote] = []
    citations: dict[str, Citation] = {}
    parts = []
    for heading, answer in headed:
        known = len(quotes)
        positions = [_place_quote(quote, answer, quotes, citations) for quote in answer.quotes]
        own = [each for index, each in enumerate(positions) if each >= known or index == answer.main]
        parts.append(Part(heading, tuple(dict.fromkeys(own)), answer.answer_span))
    found = [answer for _, answer in headed if answer.quotes]
    joined = Answer(question, NOT_FOUND, "", (), (), 0.0, Status.NOT_FOUND, _gather([each for _, each in headed]), 0.0)
    if not found:
        return replace(joined, confidence=max(answer.confidence for _, answer in headed))
    return replace(
        joined,
        text=write_quotes(quotes, parts),
        answer_span=found[0].answer_span if found[0] is headed[0][1] else "",
        quotes=tuple(quotes),
        citations=tuple(citations.values()),
        confidence=min(answer.confidence for answer in found),
        status=Status.UNSURE if any(answer.status is Status.UNSURE for answer in found) else Status.ANSWERED,
        notice=" ".join(dict.fromkeys(answer.notice for answer in found if answer.notice)),
        parts=tuple(parts),
    )


def _place_quote(quote: Quote, answer: Answer, quotes: list[Quote], citations: dict[str, Citation]) -> int:
    """Add a quote and its source, unless they are there, and return its position."""
    places = [(each.article_id, each.start, each.end) for each in quotes]
    place = quote.article_id, quote.start, quote.end
    if place in places:
        return places.index(place)
    given = answer.citations[quote.citation - 1]
    citation = citations.setdefault(quote.article_id, replace(given, number=len(citations) + 1))
    quotes.append(replace(quote, citation=citation.number))
    return len(quotes) - 1


def _gather(answers: Sequence[Answer]) -> tuple[ScoredPassage, ...]:
    """Return the passages of all, the best of each first, once each."""
    found = chain.from_iterable(zip_longest(*(answer.considered for answer in answers)))
    return tuple({each.passage.key: each for each in reversed([*filter(None, found)])}.values())[::-1]
