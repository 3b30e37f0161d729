"""Chooses the sentences that answer, and cites them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from embeddings.encoder import Compare
from embeddings.spans import list_words
from rag.answer import Citation, Quote
from rag.asking.reading import Candidate, ReadPassage, find_answer, is_overlapping, list_sentences

MAX_QUOTES = 5
MAX_QUOTES_OF_A_PASSAGE = 4
EVIDENCE_GAP = 6.0
"""A further sentence of the best passage is quoted if it has nearly as much evidence as the answer's."""
LISTED_GAP = 12.0
"""The same where both are items of one list ("the first ...", "the second ..."), and none of them was asked for.

A sentence with less evidence than that is not quoted, whatever it means.
"""
LIKENESS_WEIGHT = 20.0
"""What being wholly alike the question in meaning counts beside evidence; chosen on clapnq-dev, with EVIDENCE_GAP."""
RANK_GAP = 0.05
"""Another passage is quoted too if it scores nearly as high as the best, answers by itself, and says something else."""
MAX_OVERLAP = 0.5
"""Two sentences say the same if they share over half of the shorter one's words."""

_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)(?:ly)?\b", re.IGNORECASE)


def choose_quotes(
    question: str, ranked: Sequence[ReadPassage], rivals: Sequence[ReadPassage], compare: Compare
) -> list[Candidate]:
    """Return what to quote, the sentence with the answer first.

    Then come the answers of the `rivals`, further sentences of the best passage that are nearly as much to the point,
    and the best of other passages that rank nearly as high and say something else. No sentence is quoted twice.
    """
    best = ranked[0]
    answer = find_answer(best)
    chosen = [answer, *map(find_answer, rivals)]
    chosen += [*_list_more(question, answer, compare)][: MAX_QUOTES_OF_A_PASSAGE - 1]
    for read in ranked[1:]:
        if read.score >= best.score - RANK_GAP and read.margin > 0:
            candidate = find_answer(read)
            if not any(_say_the_same(candidate.text, other.text) for other in chosen):
                chosen.append(candidate)
    return chosen[:MAX_QUOTES]


def _list_more(question: str, answer: Candidate, compare: Compare) -> Iterator[Candidate]:
    quoted = {answer.text}
    is_item = bool(_ORDINAL.search(answer.text)) and not _ORDINAL.search(question)
    others = [each for each in list_sentences(answer.read) if not is_overlapping(each.place, answer.place)]
    near = [each for each in others if each.evidence >= answer.evidence - LISTED_GAP]
    if not near:
        return
    title = answer.read.found.source.title
    lead, *alike = compare(question, [f"{title}\n{each.text}" for each in (answer, *near)])
    for candidate, like in zip(near, alike, strict=True):
        gap = LISTED_GAP if is_item and _ORDINAL.search(candidate.text) else EVIDENCE_GAP
        is_enough = candidate.evidence >= answer.evidence - gap + LIKENESS_WEIGHT * (lead - like)
        if is_enough and candidate.text not in quoted:
            quoted.add(candidate.text)
            yield candidate


def cite(chosen: Sequence[Candidate], scores: Sequence[float]) -> tuple[tuple[Quote, ...], tuple[Citation, ...]]:
    """Make quotes with numbered sources: the answer first, then article by article, each in reading order."""
    found = {each.read.found.source.id: each.read.found for each in chosen}
    citations = {
        id: Citation(number, passage.source, passage.story) for number, (id, passage) in enumerate(found.items(), 1)
    }
    quotes = [
        _make_quote(each, citations[each.read.found.source.id].number, score)
        for each, score in zip(chosen, scores, strict=True)
    ]
    rest = sorted(quotes[1:], key=lambda quote: (quote.citation, quote.start))
    return (*quotes[:1], *rest), tuple(citations.values())


def write_quotes(quotes: Iterable[Quote]) -> str:
    """Return the answer's text: each quote in quotation marks with the number of its source."""
    return "\n".join(f"“{quote.text}” [{quote.citation}]" for quote in quotes)


def _make_quote(candidate: Candidate, citation: int, score: float) -> Quote:
    passage = candidate.read.found.passage
    start, end = (passage.start + place for place in candidate.place)
    return Quote(passage.article_id, start, end, candidate.text, citation, score, candidate.span)


def _say_the_same(one: str, other: str) -> bool:
    left, right = (set(list_words(text)) for text in (one, other))
    return len(left & right) > MAX_OVERLAP * min(len(left), len(right))
