"""Which sentences are quoted, in which order, and how they are cited."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from corpus.article import Source
from embeddings.encoder import Compare
from embeddings.spans import list_words
from rag.answer import NOT_FOUND, Citation, Part, Quote
from rag.asking.reading import Candidate, ReadPassage, find_answer, is_overlapping
from rag.asking.weights import STANDARD_WEIGHTS, Weights

ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)(?:ly)?\b", re.IGNORECASE)
"""What counts the items of a list."""

Choose = Callable[[str, Sequence[ReadPassage], Sequence[ReadPassage], Compare, Weights], list[Candidate]]
"""Chooses what to quote for one kind of question, as `choose_quotes` does for a fact; nothing where nothing answers."""


def choose_quotes(
    question: str,
    ranked: Sequence[ReadPassage],
    rivals: Sequence[ReadPassage],
    compare: Compare,
    weights: Weights = STANDARD_WEIGHTS,
) -> list[Candidate]:
    """Choose what to quote; no sentence is quoted twice.

    Args:
        question: a question that stands alone.
        ranked: the passages that may be quoted, best first, at least one.
        rivals: those of them that contradict the best.
        compare: says how alike a text and others are in meaning.
        weights: how many sentences, and how far behind the best.

    Returns:
        The sentence with the answer; the answers of the rivals; further sentences of the best passage that are nearly
        as much to the point; and the best of other passages that rank nearly as high, are of what was asked and say
        something else.
    """
    best = ranked[0]
    answer = find_answer(best)
    chosen = [answer, *map(find_answer, rivals)]
    chosen += [*_list_more(question, answer, compare, weights)][: weights.most_quotes_of_a_passage - 1]
    for read in ranked[1:]:
        if read.score >= best.score - weights.rank_gap and read.margin > 0 and not read.unsaid:
            candidate = find_answer(read)
            if all(measure_overlap(candidate.text, other.text) <= weights.most_overlap for other in chosen):
                chosen.append(candidate)
    return chosen[: weights.most_quotes]


def _list_more(question: str, answer: Candidate, compare: Compare, weights: Weights) -> Iterator[Candidate]:
    quoted = {answer.text}
    is_item = bool(ORDINAL.search(answer.text)) and not ORDINAL.search(question)
    others = [each for each in list_candidates(answer.read) if not is_overlapping(each.place, answer.place)]
    near = [each for each in others if each.evidence >= answer.evidence - weights.listed_gap]
    if not near:
        return
    title = answer.read.found.source.title
    lead, *alike = compare(question, [f"{title}\n{each.text}" for each in (answer, *near)])
    for candidate, like in zip(near, alike, strict=True):
        gap = weights.listed_gap if is_item and ORDINAL.search(candidate.text) else weights.evidence_gap
        is_enough = candidate.evidence >= answer.evidence - gap + weights.likeness_weight * (lead - like)
        if is_enough and candidate.text not in quoted:
            quoted.add(candidate.text)
            yield candidate


def list_candidates(read: ReadPassage) -> list[Candidate]:
    """Return the sentences of the passage, the one with the most evidence first."""
    pairs = zip(read.found.passage.sentences, read.reading.evidence, strict=True)
    candidates = [Candidate(read, place, evidence) for place, evidence in pairs]
    return sorted(candidates, key=lambda each: (-each.evidence, each.place))


def measure_overlap(one: str, other: str) -> float:
    """Return the share of the shorter text's words that the other has, too."""
    left, right = (set(list_words(text)) for text in (one, other))
    return len(left & right) / max(1, min(len(left), len(right)))


def cite(chosen: Sequence[Candidate], scores: Sequence[float]) -> tuple[tuple[Quote, ...], tuple[Citation, ...]]:
    """Make quotes with numbered sources: article by article, the answer's first, each in reading order."""
    citations = number_sources((each.read.found.source, each.read.found.story) for each in chosen)
    quotes = [
        _make_quote(each, citations[each.read.found.source.id].number, score)
        for each, score in zip(chosen, scores, strict=True)
    ]
    return tuple(sorted(quotes, key=lambda quote: (quote.citation, quote.start))), tuple(citations.values())


def number_sources(found: Iterable[tuple[Source, int | None]]) -> dict[str, Citation]:
    """Return the citations of sources with their stories by the articles' ids, numbered as they appear."""
    sources = {source.id: (source, story) for source, story in found}
    return {id: Citation(number, *each) for number, (id, each) in enumerate(sources.items(), 1)}


def write_quotes(quotes: Sequence[Quote], parts: Iterable[Part] = ()) -> str:
    """Return the answer's text: each quote in quotation marks with the number of its source, under its part's heading.

    A part without quotes says that the articles do not.
    """
    lines = [f"“{quote.text}” [{quote.citation}]" for quote in quotes]
    written = [
        "\n".join([part.heading, *([lines[position] for position in part.quotes] or [NOT_FOUND])]) for part in parts
    ]
    return "\n\n".join(written) or "\n".join(lines)


def _make_quote(candidate: Candidate, citation: int, score: float) -> Quote:
    passage = candidate.read.found.passage
    start, end = (passage.start + place for place in candidate.place)
    return Quote(passage.article_id, start, end, candidate.text, citation, score, candidate.span)
