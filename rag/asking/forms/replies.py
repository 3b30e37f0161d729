"""Replies in words of our own: to greetings, to other languages, and to questions that are not understood."""

from collections.abc import Iterator
from itertools import islice

from rag.answer import Answer, ScoredPassage, Status
from rag.asking.forms.candidates import list_candidates, list_topics
from rag.asking.forms.form import Request, Tools
from rag.asking.grammar.openness import ask_back
from rag.asking.topics import find_wish

ENGLISH_ONLY = "Questions are understood in English only."
ABOUT = (
    "I answer questions about the articles with quotes that stand word for word in them, and say so where they do not"
    " answer. You can also ask for a summary, a timeline, a comparison, or the latest news on something."
)
EXAMPLES = 3
"""Questions that are offered."""
MOST_ARTICLES = 12
"""Of the newest articles so many are looked at for questions."""
MOST_TRIED = 6
"""Candidates; trying one costs as much as answering it."""


def explain_help(request: Request, tools: Tools) -> Answer:
    """Reply with what can be asked, and three questions that the articles answer."""
    openings = tools.retriever.catalog.list_openings(MOST_ARTICLES, request.scope)
    asked = [*islice(_list_answered(openings, request, tools), EXAMPLES)]
    examples = [f"- {question}" for question, _ in asked]
    text = "\n".join([ABOUT, *(["Ask, for example:", *examples] if examples else [])])
    return _reply(request, text, tuple(found for _, found in asked))


def refuse_language(request: Request, tools: Tools) -> Answer:
    """Reply that only English is understood."""
    return _reply(request, ENGLISH_ONLY)


def inquire(request: Request, tools: Tools) -> Answer:
    """Ask back what the question refers to."""
    return _reply(request, ask_back(request.alone))


def _list_answered(
    openings: list[ScoredPassage], request: Request, tools: Tools
) -> Iterator[tuple[str, ScoredPassage]]:
    """Yield questions that the articles answer with confidence, one an article, with the passage each is made from.

    Each opens in another way: what somebody said, what happened on a day, the latest on what a title names.
    """
    tried = 0
    offered: set[str] = set()
    for found in openings:
        candidates = [*list_candidates([found.passage.text]), *list_topics(found.source.title)]
        new = [each for each in candidates if _open(each[0]) not in offered][:1]
        for question, subject in new:
            tried += 1
            if tried > MOST_TRIED:
                return
            if find_wish(question) or _is_answered(question, subject, request, tools):
                offered.add(_open(question))
                yield question, found


def _open(question: str) -> str:
    return " ".join(question.split()[:2])


def _is_answered(question: str, subject: str, request: Request, tools: Tools) -> bool:
    answer = tools.answer(question, request.scope)
    return answer.status is Status.ANSWERED and subject in answer.quotes[0].text


def _reply(request: Request, text: str, named: tuple[ScoredPassage, ...] = ()) -> Answer:
    return Answer(request.alone, text, "", (), (), 1.0, Status.ANSWERED, named, 0.0)
