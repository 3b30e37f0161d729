"""Several things: the items in the order of the text, and what other articles add."""

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.encoder import Compare
from rag.answer import Answer
from rag.asking.forms.form import Request, Tools
from rag.asking.forms.sentences.reason import find_neighbours
from rag.asking.quoting import choose_quotes
from rag.asking.reading import Candidate, ReadPassage, find_answer
from rag.asking.weights import Weights

_GOES_ON = re.compile(r"(?:They|These|Those|Among\s+them|The\s+first|One|Others?|Another|Also|As\s+the)\b")
MOST = 7
"""Sentences in one list."""


def list_items(request: Request, tools: Tools) -> Answer:
    """Answer with all that was asked for: more sentences, and of more articles, than a fact needs."""
    weights = tools.weights
    wide = replace(weights, near=weights.near_for_lists, rank_gap=weights.rank_gap_for_lists, most_quotes=MOST)
    return replace(tools, weights=wide).answer(request.alone, request.scope, choose_items)


def choose_items(
    question: str, ranked: Sequence[ReadPassage], rivals: Sequence[ReadPassage], compare: Compare, weights: Weights
) -> list[Candidate]:
    """Choose as for a fact, with the sentence that goes on after one that announces the items."""
    chosen = choose_quotes(question, ranked, rivals, compare, weights)
    answer = find_answer(ranked[0])
    following = [each for each in find_neighbours(answer) if each.place > answer.place and _GOES_ON.match(each.text)]
    known = [each.place for each in chosen if each.read is answer.read]
    return [*chosen[: weights.most_quotes - 1], *[each for each in following if each.place not in known]]
