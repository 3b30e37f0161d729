"""What every form of answer is given: the question, understood, and the parts that search and read."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import BoundedSemaphore

from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from embeddings.verdicts import NO_VERDICTS, Verdicts
from rag.answer import Answer, ScoredPassage
from rag.asking.answering import answer_question
from rag.asking.quoting import Choose, choose_quotes
from rag.asking.retrieval import PassageRetriever
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.question import EVERYTHING, Kind, Question, Scope

_READING = BoundedSemaphore(2 * (os.cpu_count() or 1))
"""Held while a question's passages are read: were all read at once, those with the most to read would wait longest."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it was asked, in words that need no history (`alone`), and its kind."""

    question: Question
    alone: str
    kind: Kind

    @property
    def scope(self) -> Scope:
        """The articles that may answer."""
        return self.question.scope


@dataclass(frozen=True, slots=True)
class Tools:
    """What finds and reads.

    Attributes:
        retriever: finds passages, and knows the catalog.
        reader: finds in each where the answer stands.
        compare: says how alike texts are in meaning.
        weights: decide what is quoted, and what counts as another side.
        verdicts: say whether a sentence answers yes or no.
    """

    retriever: PassageRetriever
    reader: CalibratedReader
    compare: Compare
    weights: Weights = STANDARD_WEIGHTS
    verdicts: Verdicts = NO_VERDICTS

    def find(self, question: str, scope: Scope = EVERYTHING, k: int | None = None) -> list[ScoredPassage]:
        """Return the `k` passages within the scope that fit a question best, best first."""
        return self.retriever.retrieve(question, k, scope)

    def answer(self, question: str, scope: Scope = EVERYTHING, choose: Choose = choose_quotes) -> Answer:
        """Answer a plain question that stands alone, in quotes, or say that the articles do not."""
        return self.answer_from(question, self.find(question, scope), choose)

    def answer_from(self, question: str, passages: Sequence[ScoredPassage], choose: Choose = choose_quotes) -> Answer:
        """Answer as `answer` does, from passages that were found before."""
        with _READING:
            return answer_question(question, passages, self.reader, self.compare, self.weights, choose)


Form = Callable[[Request, Tools], Answer]
"""Answers one kind of question; `question`, `searched_for`, `kind` and `seconds` are filled in by the chatbot."""
