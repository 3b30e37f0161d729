"""From retrieved passages to the answer: the reader's scores become a ranking, quotes, and a confidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from embeddings.reader import Offsets, Reader, ReadingText, Span
from rag.answer import NOT_FOUND, Answer, Citation, Quote, ScoredPassage, Status

NOT_FOUND_BELOW = 0.35
UNSURE_BELOW = 0.55
"""Confidence limits: below the first the articles do not answer, below the second they may."""

MAX_QUOTES = 3
MIN_RELATIVE_SCORE = 0.75
"""A further quote must be at least this likely, relative to the best."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: the span that answers, and the whole sentences around it, as offsets into the passage."""

    found: ScoredPassage
    span: Offsets
    sentences: Offsets
    probability: float

    @property
    def quoted(self) -> str:
        """The sentences' text."""
        return self.found.passage.text[slice(*self.sentences)]


def read_passages(question: str, passages: Sequence[ScoredPassage], reader: Reader) -> Answer:
    """Read the passages and return the answer that they give to the question; `seconds` is left at 0."""
    texts = [ReadingText(found.source.title, found.passage.text, found.passage.sentences) for found in passages]
    readings = reader.read(question, texts)
    candidates = [
        _make_candidate(found, span, reader.calibration.estimate(reading.measure_margin(span), found.score))
        for found, reading in zip(passages, readings, strict=True)
        for span in reading.spans
    ]
    ranked = sorted(candidates, key=lambda each: (-each.probability, each.found.passage.key, each.span))
    considered = rank_passages(passages, ranked)
    confidence = ranked[0].probability if ranked else 0.0
    if confidence < NOT_FOUND_BELOW:
        return Answer(question, NOT_FOUND, "", (), (), confidence, Status.NOT_FOUND, considered, 0.0)
    quotes, citations = cite(choose_quotes(ranked))
    span = ranked[0].found.passage.text[slice(*ranked[0].span)]
    status = Status.UNSURE if confidence < UNSURE_BELOW else Status.ANSWERED
    return Answer(question, write_quotes(quotes), span, quotes, citations, confidence, status, considered, 0.0)


def rank_passages(passages: Iterable[ScoredPassage], ranked: Iterable[Candidate]) -> tuple[ScoredPassage, ...]:
    """Order the passages by their retrieval score."""
    return tuple(passages)


def choose_quotes(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates worth quoting, of those ranked best first: no sentence twice, at most three."""
    chosen: list[Candidate] = []
    for candidate in ranked:
        is_new = all(candidate.quoted.casefold() != other.quoted.casefold() for other in chosen)
        if is_new and candidate.probability >= max(NOT_FOUND_BELOW, MIN_RELATIVE_SCORE * ranked[0].probability):
            chosen.append(candidate)
    return chosen[:MAX_QUOTES]


def cite(chosen: Sequence[Candidate]) -> tuple[tuple[Quote, ...], tuple[Citation, ...]]:
    """Make the candidates quotes with numbered sources: the best article first, and each article's in reading order."""
    numbers = {id: number for number, id in enumerate(dict.fromkeys(c.found.source.id for c in chosen), start=1)}
    sources = {candidate.found.source.id: candidate.found.source for candidate in chosen}
    quotes = [_make_quote(candidate, numbers[candidate.found.source.id]) for candidate in chosen]
    citations = tuple(Citation(number, sources[id]) for id, number in numbers.items())
    return tuple(sorted(quotes, key=lambda quote: (quote.citation, quote.start))), citations


def write_quotes(quotes: Iterable[Quote]) -> str:
    """Return the answer's text: each quote in quotation marks with the number of its source."""
    return "\n".join(f"“{quote.text}” [{quote.citation}]" for quote in quotes)


def _make_candidate(found: ScoredPassage, span: Span, probability: float) -> Candidate:
    touched = [(start, end) for start, end in found.passage.sentences if start < span.end and span.start < end]
    return Candidate(found, (span.start, span.end), (touched[0][0], touched[-1][1]), probability)


def _make_quote(candidate: Candidate, citation: int) -> Quote:
    offset = candidate.found.passage.start
    start, end = candidate.sentences
    id = candidate.found.source.id
    return Quote(id, offset + start, offset + end, candidate.quoted, citation, candidate.probability)
