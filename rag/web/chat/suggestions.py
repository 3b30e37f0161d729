"""Suggests further questions that the articles answer.

Candidates ask about what the passages of an answer state, and about their speakers and days. A candidate is suggested
only if the reader is sure of its answer, and quotes a sentence that has what was asked for and was not shown before.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from itertools import chain, islice, zip_longest
from threading import Lock

from corpus.passages import split_sentences
from rag.answer import Answer, Status
from rag.asking.forms.candidates import list_candidates
from rag.asking.forms.facts import list_facts
from rag.errors import USER_ERRORS
from rag.question import EVERYTHING, Question, Scope
from rag.web.chat.streaming import Answering, answer_in_quotes

MAX_SUGGESTIONS = 3
MAX_TRIED = 6
"""Trying a candidate costs as much as answering a question."""
PATIENCE = 1.0
"""Seconds that suggestions wait while those of another answer are made; after that there are none."""
_LOG = logging.getLogger(__name__)

Ask = Callable[[str], Answer]
"""Answers a question from the articles, in quotes."""


class Suggester:
    """Suggests further questions for one answer at a time, so that visitors do not wait for suggestions.

    Example:
        suggestions = Suggester(chatbot).suggest(answer, EVERYTHING)
    """

    def __init__(self, chatbot: Answering) -> None:
        """Ask `chatbot`."""
        self._chatbot = chatbot
        self._suggesting = Lock()

    def ask(self, question: str, scope: Scope = EVERYTHING) -> Answer:
        """Answer without the chat model."""
        return answer_in_quotes(self._chatbot, Question(question, scope=scope))

    def suggest(self, answer: Answer, scope: Scope) -> Generator[str, None, None]:
        """Yield further questions within the scope; none if another answer's are being made for too long."""
        if not self._suggesting.acquire(timeout=PATIENCE):
            return
        try:
            yield from suggest_questions(answer, lambda question: self.ask(question, scope))
        except USER_ERRORS:
            _LOG.exception("no suggestions for a question")
        finally:
            self._suggesting.release()


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
    facts = (pair for text in texts for start, end in split_sentences(text) for pair in list_facts(text[start:end]))
    pairs = chain.from_iterable(zip_longest(facts, list_candidates(texts)))
    tried = (pair for pair in pairs if pair and pair[0].casefold() not in asked)

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
