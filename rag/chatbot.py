"""The chatbot: a LangChain `Runnable` from a question to its answer."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from time import perf_counter
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, RunnablePassthrough

from embeddings.reader import CalibratedReader
from rag.answer import Answer, ScoredPassage
from rag.question import Question
from rag.reading import read_passages
from rag.retrieval import PassageRetriever
from rag.writing import Writer


class Chatbot(Runnable[Question, Answer]):
    """Finds passages, reads them, and answers in quotes; with a writer, in prose over the same quotes too.

    Composes like any runnable: `RunnableLambda(Question) | chatbot`, `chatbot.batch(questions)`.
    """

    def __init__(self, retriever: PassageRetriever, reader: CalibratedReader, writer: Writer | None = None) -> None:
        """Find with `retriever`, read with `reader`, and let `writer` write, unless there is nothing to write about."""
        self._retriever = retriever
        self.reader = reader
        self._writer = writer
        self._chain = RunnablePassthrough.assign(passages=RunnableLambda(self._find)) | RunnableLambda(self._read)

    def with_writer(self, writer: Writer) -> "Chatbot":
        """Return a chatbot that finds and reads as this one does, and lets `writer` write."""
        return Chatbot(self._retriever, self.reader, writer)

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
        if self._writer and answer.is_found:
            yield from self._writer.write(question, answer)

    def _find(self, state: dict[str, Question]) -> list[ScoredPassage]:
        return self._retriever.retrieve(state["question"].text)

    def _read(self, state: dict[str, Any]) -> Answer:
        return read_passages(state["question"].text, state["passages"], self.reader)
