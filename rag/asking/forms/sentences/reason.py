"""Why and how: the sentence that gives the cause, beside the one that tells what happened."""

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.encoder import Compare
from rag.answer import Answer
from rag.asking.forms.form import Request, Tools
from rag.asking.quoting import choose_quotes
from rag.asking.reading import Candidate, ReadPassage, find_answer
from rag.asking.spans.expected import Sort, expect
from rag.asking.spans.fitting import fits
from rag.asking.spans.place import Place
from rag.asking.weights import Weights

CAUSE = re.compile(
    r"\b(?:because|due\s+to|owing\s+to|thanks\s+to|amid|after|following|since|so\s+that|in\s+order\s+to|in\s+response\s+to"
    r"|as\s+a\s+result|therefore|citing|caused|led\s+to|prompted|triggered|sparked|blamed?|reasons?|by\s+(?:\w+ly\s+)?\w+ing)\b",
    re.IGNORECASE,
)
"""What gives a cause or a manner."""


GAP = 2
"""Characters between two passages that follow each other."""
_FOLLOWS = re.compile(
    r"\b(?:therefore|thus|hence|that\s+is\s+why)\b|^(?:For\s+(?:that|this)\s+reason|As\s+a\s+result|So)\b",
    re.IGNORECASE,
)
"""Says that the cause stands in the sentence before."""


def give_reason(request: Request, tools: Tools) -> Answer:
    """Answer why, or how; without a short answer where none gives a cause."""
    answer = tools.answer(request.alone, request.scope, choose_reasons)
    expected = expect(request.alone)
    shown = [Place(each.text, *each.span) for each in answer.quotes if each.span]
    if expected.sort is not Sort.REASON or not shown or any(fits(expected, place) for place in shown):
        return answer
    quotes = tuple(replace(quote, span=None) for quote in answer.quotes)
    return replace(answer, answer_span="", quotes=quotes)


def choose_reasons(
    question: str, ranked: Sequence[ReadPassage], rivals: Sequence[ReadPassage], compare: Compare, weights: Weights
) -> list[Candidate]:
    """Choose as for a fact; if the answer's sentence gives no cause, a neighbour that gives one comes with it."""
    chosen = choose_quotes(question, ranked, rivals, compare, weights)
    answer = find_answer(ranked[0])
    behind_or_before = find_neighbours(answer)
    if _FOLLOWS.search(answer.text):
        giving = [each for each in behind_or_before if each.place < answer.place] or _find_before(answer, ranked)
    elif CAUSE.search(answer.text):
        return chosen
    else:
        giving = [each for each in behind_or_before if CAUSE.search(each.text)]
    return [*chosen, *[each for each in giving if each.place not in [other.place for other in chosen]][:1]]


def _find_before(answer: Candidate, ranked: Sequence[ReadPassage]) -> list[Candidate]:
    """Return the last sentence of the passage right before the answer's, if that was read."""
    passage = answer.read.found.passage
    ends = {read.found.passage.end: read for read in ranked if read.found.passage.article_id == passage.article_id}
    read = ends.get(max((end for end in ends if end <= passage.start), default=-1))
    if read is None or passage.start - read.found.passage.end > GAP:
        return []
    return [Candidate(read, read.found.passage.sentences[-1], read.reading.evidence[-1])]


def find_neighbours(candidate: Candidate) -> list[Candidate]:
    """Return the sentences right before and behind, in the same passage, the next one first."""
    read, (start, end) = candidate.read, candidate.place
    sentences = read.found.passage.sentences
    pairs = list(zip(sentences, read.reading.evidence or (0.0,) * len(sentences), strict=True))
    behind = [Candidate(read, place, evidence) for place, evidence in pairs if place[0] >= end][:1]
    before = [Candidate(read, place, evidence) for place, evidence in pairs if place[1] <= start][-1:]
    return [*behind, *before]
