"""Several things: the items in the order of the text, and what other articles add."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from embeddings.encoder import Compare
from rag.answer import Answer
from rag.asking.forms.form import Request, Tools
from rag.asking.forms.sentences.reason import find_neighbours
from rag.asking.quoting import ORDINAL, choose_quotes, measure_overlap
from rag.asking.reading import Candidate, ReadPassage, find_answer
from rag.asking.weights import Weights
from rag.english.terms import list_terms

_GOES_ON = re.compile(r"(?:They|These|Those|Among\s+them|The\s+first|One|Others?|Another|Also|As\s+the)\b")
MOST = 7
"""Sentences in one list."""
PARALLEL = 1.0
"""How far below "no answer" the margin of an item may be whose sentence is like the best one's. By hand."""
LONGEST_NAME = 4
"""Words."""
MOST_SAID = 0.6
"""The share of a sentence's words that may have been said before it. By hand."""


def list_items(request: Request, tools: Tools) -> Answer:
    """Answer with all that was asked for: more sentences, and of more articles, than a fact needs."""
    wide = replace(tools.weights, near=tools.weights.near_for_lists, most_quotes=MOST)
    return replace(tools, weights=wide).answer(request.alone, request.scope, choose_items)


def choose_items(
    question: str, ranked: Sequence[ReadPassage], rivals: Sequence[ReadPassage], compare: Compare, weights: Weights
) -> list[Candidate]:
    """Choose the best passage's items, with the sentence that goes on after one that announces them, and others' items.

    Where its items are counted ("the first ..."), the passage's other sentences are none; and none are others' that may
    be of something else than was asked.
    """
    answer = find_answer(ranked[0])
    chosen = choose_quotes(question, ranked[:1], (), compare, weights)
    if is_counted := bool(ORDINAL.search(answer.text)):
        chosen = [each for each in chosen if ORDINAL.search(each.text)]
    following = [each for each in find_neighbours(answer) if each.place > answer.place and _GOES_ON.match(each.text)]
    chosen += [each for each in following if each.place not in [other.place for other in chosen]]
    least = ranked[0].score - weights.rank_gap_for_lists
    for item in (find_answer(read) for read in ranked[1:] if read.score >= least and not read.unsaid):
        is_beside = is_counted and item.read.found.source.id == answer.read.found.source.id
        if not is_beside and _is_item(item, answer, weights) and _is_new(item, chosen):
            chosen.append(item)
    return chosen[: weights.most_quotes]


def _is_item(item: Candidate, answer: Candidate, weights: Weights) -> bool:
    """Whether the reader takes it for an answer, or nearly so a sentence that says the same of something else."""
    is_parallel = measure_overlap(item.text, answer.text) > weights.most_overlap
    return item.read.margin > (-PARALLEL if is_parallel else 0)


def _is_new(item: Candidate, chosen: Iterable[Candidate]) -> bool:
    """Whether the sentences that were chosen lack the item's name or, of one in more words, most of its sentence."""
    said = frozenset().union(*(list_terms(each.text) for each in chosen))
    words, terms = list_terms(item.read.span), list_terms(item.text)
    is_name = len(item.read.span.split()) <= LONGEST_NAME
    return not words <= said and (is_name or len(terms & said) <= MOST_SAID * len(terms))
