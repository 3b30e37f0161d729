"""Suggests further questions that the articles answer.

Candidates ask about the speakers and the days in the passages of an answer. A candidate is suggested only if
the reader is sure of its answer, and quotes a sentence that has the name or the day and was not shown before.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from rag.answer import Answer, Status
from rag.asking.forms.candidates import list_candidates

MAX_SUGGESTIONS = 3
MAX_TRIED = 6
"""Trying a candidate costs as much as answering a question."""

Ask = Callable[[str], Answer]
"""Answers a question from the articles, in quotes."""


def suggest_questions(answer: Answer, ask: Ask) -> Iterator[str]:
    """Yield up to three questions about the cited articles, or, if none is cited, about the closest three.

    Args:
        answer: The answer under which the questions stand.
        ask: Answers a candidate.
    """
    near = {citation.source.id for citation in answer.citations} or set(answer.retrieved[:3])
    texts = [found.passage.text for found in answer.considered if found.source.id in near]
    shown = {(quote.article_id, quote.start) for quote in answer.quotes}
    asked = {answer.question.casefold(), answer.searched_for.casefold()}
    tried = (pair for pair in list_candidates(texts) if pair[0].casefold() not in asked)

    def is_kept(question: str, subject: str) -> bool:
        found = ask(question)
        if found.status is not Status.ANSWERED:
            return False
        best = found.quotes[found.main]
        place = (best.article_id, best.start)
        is_new = place not in shown
        shown.add(place)
        return is_new and subject in best.text

    kept = (question for question, subject in islice(tried, MAX_TRIED) if is_kept(question, subject))
    return islice(kept, MAX_SUGGESTIONS)
