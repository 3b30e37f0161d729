"""The chatbot: a LangChain `Runnable` from a question to its answer."""

import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from threading import BoundedSemaphore
from time import perf_counter
from typing import Any, Protocol

from langchain_core.runnables import Runnable, RunnableConfig

from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from rag.answer import Answer
from rag.asking.answering import answer_question
from rag.asking.followup import Rewriter
from rag.asking.retrieval import PassageRetriever
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.question import EVERYTHING, Question, Scope, Turn

_READING = BoundedSemaphore(2 * (os.cpu_count() or 1))
"""Held while a question's passages are read: were all read at once, those with the most to read would wait longest."""


class ProseWriter(Protocol):
    """Writes prose over the quotes of an answer: `rag.prose.writing.Writer` does."""

    def write(self, question: Question, answer: Answer) -> Iterator[Answer]:
        """Yield the answer with ever more claims, the last time checked, or with a notice that says what failed."""
        ...

    def greet(self) -> str:
        """Return the beginning of what the model writes to a greeting.

        Raises:
            ChatModelError: it cannot be reached or wrote nothing.
        """
        ...


class Chatbot(Runnable[Question, Answer]):
    """Makes a question stand alone, finds passages, reads them, and answers in quotes; with a writer, in prose, too.

    It composes like any runnable, and callbacks see its run with the retriever's and the chat model's inside.

    Example:
        >>> first = chatbot.ask("Who handed over the US reply in Moscow?")
        >>> first.answer_span
        'John Sullivan'
        >>> chatbot.ask("And when?", history=[first.turn])
        >>> chatbot.batch([Question("What did Russia demand?"), Question("Who won the election?")])
        >>> (RunnableLambda(Question) | chatbot).invoke("What did Russia demand?")
    """

    def __init__(
        self,
        retriever: PassageRetriever,
        reader: CalibratedReader,
        compare: Compare,
        rewriter: Rewriter,
        writer: ProseWriter | None = None,
        weights: Weights = STANDARD_WEIGHTS,
    ) -> None:
        """Put the parts together.

        Args:
            retriever: finds the passages.
            reader: finds in each where the answer stands.
            compare: says how alike a question and sentences are, for what is quoted and for the confidence.
            rewriter: makes a question stand alone.
            writer: writes prose over the quotes; it is not asked where the articles do not answer.
            weights: decide what is quoted, and what counts as another side.
        """
        self.retriever = retriever
        self.reader = reader
        self.writer = writer
        self.weights = weights
        self._compare = compare
        self._rewriter = rewriter

    def with_writer(self, writer: ProseWriter, rewriter: Rewriter | None = None) -> "Chatbot":
        """Return a chatbot that finds and reads as this one does, and lets `writer` write and `rewriter` understand."""
        parts = self.retriever, self.reader, self._compare, rewriter or self._rewriter
        return Chatbot(*parts, writer, self.weights)

    def ask(self, text: str, *, history: Iterable[Turn] = (), scope: Scope = EVERYTHING) -> Answer:
        """Answer a question.

        Args:
            text: the question as it was typed.
            history: the turns before it, oldest first; an answer's `turn` is one.
            scope: the articles that may answer.

        Returns:
            The answer, whose `text` quotes the articles or says that they do not answer.

        Raises:
            QuestionError: the text is no question, or is too long.
        """
        return self.invoke(Question(text, tuple(history), scope))

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer the question; the answer says how many seconds it took."""
        return self._call_with_config(self._complete, input, config, **kwargs)

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Generator[Answer, None, None]:
        """Yield ever more complete answers; the last is the one that `invoke` returns, and often the only one.

        With a writer, the answer in quotes comes first, then the same with growing `claims`, not checked yet, and last
        the one that is checked, or in quotes with a `notice`. Some may be equal. Closing the iterator stops the writer
        at once.
        """
        yield from self._transform_stream_with_config(iter([input]), self._answer_each, config, **kwargs)

    def _answer_each(self, questions: Iterator[Question]) -> Iterator[Answer]:
        for question in questions:
            yield from self._answer(question)

    def _complete(self, question: Question) -> Answer:
        *_, answer = self._answer(question)
        return answer

    def _answer(self, question: Question) -> Iterator[Answer]:
        started = perf_counter()
        for answer in self._write(question, self._quote(question)):
            yield replace(answer, seconds=perf_counter() - started)

    def _quote(self, question: Question) -> Answer:
        alone = self._rewriter.rewrite(question)
        passages = self.retriever.retrieve(alone, scope=question.scope)
        with _READING:
            answer = answer_question(alone, passages, self.reader, self._compare, self.weights)
        return replace(answer, question=question.text, searched_for=alone if alone != question.text else "")

    def _write(self, question: Question, answer: Answer) -> Iterator[Answer]:
        yield answer
        if self.writer and answer.is_found:
            yield from self.writer.write(question, answer)
