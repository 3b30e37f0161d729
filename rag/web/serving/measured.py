"""A chatbot whose answers are timed."""

from collections.abc import Generator
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from rag.answer import Answer
from rag.asking.chatbot import Chatbot
from rag.question import Question
from rag.web.serving.measures import Measures


class MeasuredChatbot(Runnable[Question, Answer]):
    """Answers as the chatbot does, and tells the measures: `MeasuredChatbot(chatbot, Measures(library.catalog))`."""

    def __init__(self, chatbot: Chatbot, measures: Measures) -> None:
        """Time the answers of `chatbot`."""
        self._chatbot = chatbot
        self._measures = measures

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer the question."""
        with self._measures.answering() as timing:
            return timing.take(self._chatbot.invoke(input, config, **kwargs))

    def stream(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Generator[Answer, None, None]:
        """Yield ever more complete answers; one that is closed before its end is not counted."""
        with self._measures.answering() as timing:
            for answer in self._chatbot.stream(input, config, **kwargs):
                yield timing.take(answer)
