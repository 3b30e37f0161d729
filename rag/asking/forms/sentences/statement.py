"""Who said something, and what somebody said: the words with their speaker, also where two sentences hold them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from embeddings.encoder import Compare
from rag.answer import Answer, Status
from rag.asking.forms.form import Request, Tools
from rag.asking.forms.sentences.reason import find_neighbours
from rag.asking.quoting import choose_quotes
from rag.asking.reading import Candidate, ReadPassage
from rag.asking.weights import Weights
from rag.english.terms import list_terms

_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys)|told|warned|added|argued|claimed|announced|called|described|insisted|denied|wrote|tweeted"
    r"|replied|stated|promised|admitted|according\s+to|accused|urged|explained)\b",
    re.IGNORECASE,
)
_BEGINS_WITH_PRONOUN = re.compile(r"\W*(?:he|she|they|it)\b", re.IGNORECASE)
_BEGINS_WITH_QUOTE = re.compile(r"[\"“‘']")  # noqa: RUF001
_TOPIC = re.compile(r"\b(?:about|regarding|concerning)\s+(?:the\s+)?([^?]+?)\s*\??$", re.IGNORECASE)


def report_statement(request: Request, tools: Tools) -> Answer:
    """Answer with what was said, and by whom; it is in doubt if it is about something else than was asked."""
    return doubt_topic(request.alone, tools.answer(request.alone, request.scope, choose_statements))


def doubt_topic(question: str, answer: Answer) -> Answer:
    """Return the answer, as unsure if nothing found in the articles that it quotes has a word of the topic."""
    topic = _TOPIC.search(question)
    asked = list_terms(topic[1]) if topic else frozenset()
    if not topic or not asked or not answer.is_found or f"“{topic[1]}”" in answer.notice:
        return answer
    ids = {quote.article_id for quote in answer.quotes}
    told = " ".join(f"{each.source.title} {each.passage.text}" for each in answer.considered if each.source.id in ids)
    if asked & list_terms(told):
        return answer
    notice = f"{answer.notice} What was found does not mention “{topic[1]}”.".lstrip()
    return replace(answer, status=Status.UNSURE, notice=notice)


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
