"""Several things: the items in the order of the text, and what other articles add."""

from dataclasses import replace

from rag.answer import Answer
from rag.asking.forms.form import Request, Tools


def list_items(request: Request, tools: Tools) -> Answer:
    """Answer with all that was asked for: more sentences, and of more articles, than a fact needs."""
    weights = tools.weights
    wide = replace(weights, near=weights.near_for_lists, rank_gap=weights.rank_gap_for_lists, most_quotes=7)
    return replace(tools, weights=wide).answer(request.alone, request.scope)
