"""Who said something, and what somebody said: the words with their speaker, also where two sentences hold them."""

import re
from collections.abc import Sequence

from embeddings.encoder import Compare
from rag.answer import Answer
from rag.asking.forms.form import Request, Tools
from rag.asking.forms.sentences.reason import find_neighbours
from rag.asking.quoting import choose_quotes
from rag.asking.reading import Candidate, ReadPassage
from rag.asking.weights import Weights

_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys)|told|warned|added|argued|claimed|announced|called|described|insisted|denied|wrote|tweeted"
    r"|replied|stated|promised|admitted|according\s+to|accused|urged|explained)\b",
    re.IGNORECASE,
)
_BEGINS_WITH_PRONOUN = re.compile(r"\W*(?:he|she|they|it)\b", re.IGNORECASE)
_BEGINS_WITH_QUOTE = re.compile(r"[\"“‘']")  # noqa: RUF001


def report_statement(request: Request, tools: Tools) -> Answer:
    """Answer with what was said, and by whom."""
    return tools.answer(request.alone, request.scope, choose_statements)


def choose_statements(
    question: str, ranked: Sequence[ReadPassage], rivals: Sequence[ReadPassage], compare: Compare, weights: Weights
) -> list[Candidate]:
    """Choose as for a fact, with the sentence that names the speaker, or that goes on with the words."""
    chosen = choose_quotes(question, ranked, rivals, compare, weights)
    for candidate in find_attribution(chosen[0]):
        if candidate.place not in [each.place for each in chosen if each.read is candidate.read]:
            chosen.insert(1, candidate)
    return chosen[: weights.most_quotes]


def find_attribution(said: Candidate) -> list[Candidate]:
    """Return the neighbours that a statement needs: its speaker's name, or the rest of its words."""
    neighbours = find_neighbours(said)
    before = [each for each in neighbours if each.place < said.place]
    behind = [each for each in neighbours if each.place > said.place]
    is_reported = bool(_SPEECH.search(said.text))
    if is_reported and _BEGINS_WITH_PRONOUN.match(said.text):
        return before
    if is_reported:
        return [each for each in behind if _BEGINS_WITH_QUOTE.match(each.text)]
    return [each for each in [*behind, *before] if _SPEECH.search(each.text)][:1]
