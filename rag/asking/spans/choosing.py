"""Which of the spans that a reader found in a passage is the answer: the best one of the sort that is expected."""

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from embeddings.reader import Reading, Span
from embeddings.spans import list_words, weigh_span
from rag.answer import ScoredPassage
from rag.asking.spans.deeds import cut_told, list_telling
from rag.asking.spans.doubting import count_doubts
from rag.asking.spans.expected import Expected, Sort
from rag.asking.spans.fitting import fits
from rag.asking.spans.identity import complete_identity, describes
from rag.asking.spans.phrases import complete
from rag.asking.spans.place import Place
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.countries import find_countries

TOLD = 2.0
"""The least margin of a sentence that has the topic in the words of the one asked about. By hand."""


def choose_span(
    question: str, expected: Expected, found: ScoredPassage, reading: Reading, weights: Weights = STANDARD_WEIGHTS
) -> Reading:
    """Return a reading with its spans made whole, and scored and sorted anew by what the question expects.

    Args:
        question: a question that stands alone.
        expected: what `expect` says of it.
        found: the passage that was read.
        reading: what the reader found; a reading without spans comes back unchanged.
        weights: what a span of another sort, and one that is in doubt, lose of their scores.
    """
    text, asked = found.passage.text, frozenset(list_words(question))
    reading = replace(reading, spans=(*reading.spans, *_list_told(expected, found, reading)))
    places = [place_span(found, _complete(text, expected, each)) for each in reading.spans]
    doubts = [count_doubts(expected, place) for place in places]
    misfit = weights.doubt_cost if any(doubts) else weights.misfit_cost  # lest one of another sort wins by a doubt
    spans = []
    for span, place in zip(reading.spans, places, strict=True):
        doubt = max(each for each, other in zip(doubts, places, strict=True) if other.is_of(place))
        cost = misfit * (not fits(expected, place)) + weights.doubt_cost * doubt
        if expected.is_identity:
            cost += weights.bare_cost * (-1 if describes(place, expected.words) else 1)
        spans.append(replace(span, start=place.start, end=place.end, score=span.score - cost))
    spans.sort(key=lambda span: -weigh_span(asked, text, span))
    return replace(reading, spans=tuple(_without_repeats(spans)))


def _list_told(expected: Expected, found: ScoredPassage, reading: Reading) -> Iterator[Span]:
    """Yield the sentences that tell the words or the act asked for, where the reader found no span in any of them.

    Where they have the topic, too, also if it hardly believes in one: the passage may not name who says it.
    """
    if expected.deed is None or not reading.evidence:
        return
    passage = found.passage
    telling = list_telling(expected.deed, passage.text, passage.sentences, found.source.title)
    least = reading.no_answer + TOLD if expected.deed.topic else -inf
    if any(each.score >= least and place_span(found, each).is_among(telling) for each in reading.spans):
        return
    for place, evidence in zip(passage.sentences, reading.evidence, strict=True):
        if place in telling:
            start, end = cut_told(expected.deed, passage.text, place)
            yield Span(start, end, reading.no_answer + max(evidence, TOLD if expected.deed.topic else evidence))


def place_span(found: ScoredPassage, span: Span) -> Place:
    """Return where a span stands."""
    passage, source = found.passage, found.source
    is_first = passage.start == 0
    known = source.outlet, is_first, source.title, passage.sentences, source.published
    return Place(passage.text, span.start, span.end, *known)


def _complete(text: str, expected: Expected, span: Span) -> Span:
    """Return the span as a whole phrase; where a country is asked for, the first that it names."""
    start, end = complete(text, span.start, span.end)
    if start >= end:
        return span
    if expected.is_identity and not set(list_words(text[start:end])) & expected.words:
        start, end = complete_identity(text, start, end, expected.words)
    countries = find_countries(text[start:end]) if expected.sort is Sort.COUNTRY and not expected.is_plural else []
    if countries:
        start, end = start + countries[0].start, start + countries[0].end
    return replace(span, start=start, end=end)


def _without_repeats(spans: list[Span]) -> Iterator[Span]:
    seen = set()
    for span in spans:
        if (span.start, span.end) not in seen:
            seen.add((span.start, span.end))
            yield span
