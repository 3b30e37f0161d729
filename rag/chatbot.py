"""The chatbot: a LangChain `Runnable` from a question to its answer."""

from dataclasses import replace
from time import perf_counter
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda, RunnablePassthrough

from embeddings.reader import CalibratedReader
from rag.answer import Answer, ScoredPassage
from rag.question import Question
from rag.reading import read_passages
from rag.retrieval import PassageRetriever


class Chatbot(Runnable[Question, Answer]):
    """Finds passages, reads them, and answers in quotes.

    Composes like any runnable: `RunnableLambda(Question) | chatbot`, `chatbot.batch(questions)`.
    """

    def __init__(self, retriever: PassageRetriever, reader: CalibratedReader) -> None:
        """Find with `retriever`, read with `reader`."""
        self._retriever = retriever
        self.reader = reader
        self._chain = RunnablePassthrough.assign(passages=RunnableLambda(self._find)) | RunnableLambda(self._read)

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer the question; the answer says how many seconds it took."""
        started = perf_counter()
        answer = self._chain.invoke({"question": input}, config, **kwargs)
        return replace(answer, seconds=perf_counter() - started)

    def _find(self, state: dict[str, Question]) -> list[ScoredPassage]:
        return self._retriever.retrieve(state["question"].text)

    def _read(self, state: dict[str, Any]) -> Answer:
        return read_passages(state["question"].text, state["passages"], self.reader)
