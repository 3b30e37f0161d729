"""Which of the spans that a reader found in a passage is the answer: the best one of the sort that is expected."""

from collections.abc import Iterator
from dataclasses import replace

from embeddings.reader import Reading, Span
from embeddings.spans import list_words, weigh_span
from rag.answer import ScoredPassage
from rag.asking.spans.expected import Expected, Sort
from rag.asking.spans.fitting import Place, fits, is_compared
from rag.asking.spans.phrases import complete
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.countries import find_countries

_FIGURES = frozenset({Sort.COUNT, Sort.AMOUNT, Sort.MONEY, Sort.SHARE})


def choose_span(
    question: str, expected: Expected, found: ScoredPassage, reading: Reading, weights: Weights = STANDARD_WEIGHTS
) -> Reading:
    """Return a reading with its spans made whole, and scored and sorted anew by what the question expects.

    Args:
        question: a question that stands alone.
        expected: what `expect` says of it.
        found: the passage that was read.
        reading: what the reader found; a reading without spans comes back unchanged.
        weights: what a span of another sort, and one that the answer is compared with, lose of their scores.
    """
    text, asked = found.passage.text, frozenset(list_words(question))
    spans = []
    for span in [_complete(text, expected, each) for each in reading.spans]:
        place = Place(text, span.start, span.end, found.source.outlet, is_first=found.passage.start == 0)
        cost = 0.0 if fits(expected, place) else weights.misfit_cost
        if expected.sort in _FIGURES and is_compared(place):
            cost += weights.compared_cost
        spans.append(replace(span, score=span.score - cost))
    spans.sort(key=lambda span: -weigh_span(asked, text, span))
    return replace(reading, spans=tuple(_without_repeats(spans)))


def _complete(text: str, expected: Expected, span: Span) -> Span:
    """Return the span as a whole phrase; where a country is asked for, the first that it names."""
    start, end = complete(text, span.start, span.end)
    if start >= end:
        return span
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
