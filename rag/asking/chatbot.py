"""The chatbot: a LangChain `Runnable` from a question to its answer."""

import os
from collections.abc import Generator, Iterator
from dataclasses import replace
from threading import BoundedSemaphore
from time import perf_counter
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, RunnablePassthrough

from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader
from rag.answer import Answer, ScoredPassage
from rag.asking.answering import read_passages
from rag.asking.followup import Rewriter
from rag.asking.retrieval import PassageRetriever
from rag.prose.writing import Writer
from rag.question import Question

_READING = BoundedSemaphore(2 * (os.cpu_count() or 1))
"""Held while a question's passages are read: were all read at once, those with the most to read would wait longest."""


class Chatbot(Runnable[Question, Answer]):
    """Makes the question stand alone, finds passages, reads them, and answers in quotes.

    With a writer, in prose over the same quotes too.

    Composes like any runnable: `RunnableLambda(Question) | chatbot`, `chatbot.batch(questions)`.
    """

    def __init__(
        self,
        retriever: PassageRetriever,
        reader: CalibratedReader,
        compare: Compare,
        rewriter: Rewriter,
        writer: Writer | None = None,
    ) -> None:
        """Understand with `rewriter`, find with `retriever`, read with `reader`, and let `writer` write.

        What `compare` says of question and sentences decides what else is quoted, and how far it is trusted. The
        writer is not asked where there is nothing to write about.
        """
        self._rewriter = rewriter
        self.retriever = retriever
        self.reader = reader
        self._compare = compare
        self.writer = writer
        self._chain = (
            RunnablePassthrough.assign(alone=RunnableLambda(self._rewrite))
            | RunnablePassthrough.assign(passages=RunnableLambda(self._find))
            | RunnableLambda(self._read)
        )

    def with_writer(self, writer: Writer, rewriter: Rewriter | None = None) -> "Chatbot":
        """Return a chatbot that finds and reads as this one does, and lets `writer` write and `rewriter` understand."""
        return Chatbot(self.retriever, self.reader, self._compare, rewriter or self._rewriter, writer)

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer the question; the answer says how many seconds it took."""
        *_, answer = self.stream(input, config, **kwargs)
        return answer

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Generator[Answer, None, None]:
        """Yield ever more complete answers; the last is the one that `invoke` returns, and often the only one.

        With a writer, the answer in quotes comes first, then the same with growing `claims`, not checked yet, and last
        the one that is checked, or in quotes with a `notice`. Some may be equal. Closing the iterator stops the writer
        at once.
        """
        started = perf_counter()
        for answer in self._answer(input, config, **kwargs):
            yield replace(answer, seconds=perf_counter() - started)

    def _answer(self, question: Question, config: RunnableConfig | None, **kwargs: Any) -> Iterator[Answer]:
        answer: Answer = self._chain.invoke({"question": question}, config, **kwargs)
        yield answer
        if self.writer and answer.is_found:
            yield from self.writer.write(question, answer)

    def _rewrite(self, state: dict[str, Question]) -> str:
        return self._rewriter.rewrite(state["question"])

    def _find(self, state: dict[str, Any]) -> list[ScoredPassage]:
        return self.retriever.retrieve(state["alone"], scope=state["question"].scope)

    def _read(self, state: dict[str, Any]) -> Answer:
        typed, alone = state["question"].text, state["alone"]
        with _READING:
            answer = read_passages(alone, state["passages"], self.reader, self._compare)
        return replace(answer, question=typed, searched_for=alone if alone != typed else "")
