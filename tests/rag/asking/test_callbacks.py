"""What LangChain's callbacks see of a question: the chatbot's run, and inside of it the retriever's and the model's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableConfig

from rag.asking.chatbot import Chatbot
from rag.asking.followup import RuleRewriter
from rag.prose.writing import Writer
from rag.question import Question
from tests.fakes import ScriptedModel
from tests.rag.asking.readings import confirm, depart


class Recorder(BaseCallbackHandler):
    """Keeps which runs began, inside of which, and which ended, in order."""

    def __init__(self) -> None:
        self.events: list[tuple[str, ...]] = []
        self.given: dict[str, Any] = {}
        self._names: dict[UUID | None, str] = {None: ""}

    def on_chain_start(self, serialized, inputs, *, run_id, parent_run_id=None, **kwargs) -> None:
        self._names[run_id] = kwargs["name"]
        self.given[kwargs["name"]] = inputs
        self.events.append(("start", self._names[run_id], self._names[parent_run_id]))

    on_retriever_start = on_chain_start

    def on_chat_model_start(self, serialized, messages, *, run_id, parent_run_id=None, **kwargs) -> None:
        self.on_chain_start(serialized, messages, run_id=run_id, parent_run_id=parent_run_id, name="model")

    def on_chain_end(self, outputs, *, run_id, **kwargs) -> None:
        self.events.append(("end", self._names[run_id]))
        self.given[f"end of {self._names[run_id]}"] = outputs

    on_retriever_end = on_llm_end = on_chain_end

    def on_chain_error(self, error, *, run_id, **kwargs) -> None:
        self.events.append(("error", self._names[run_id], str(error)))

    on_retriever_error = on_chain_error


QUOTED = [("start", "Chatbot", ""), ("start", "FusedRetriever", "Chatbot"), ("end", "FusedRetriever")]


def test_callbacks_see_the_chatbot_and_its_retriever(quick: Chatbot) -> None:
    recorder, question = Recorder(), Question("How many buildings did the fire destroy?")
    answer = quick.invoke(question, {"callbacks": [recorder]})
    assert recorder.events == [*QUOTED, ("end", "Chatbot")]
    assert recorder.given["Chatbot"] == question
    assert recorder.given["FusedRetriever"] == "How many buildings did the fire destroy?"
    found = [(document.id, document.metadata["title"]) for document in recorder.given["end of FusedRetriever"]]
    assert sorted(found) == sorted((each.passage.key, each.source.title) for each in answer.considered)
    assert recorder.given["end of Chatbot"] == answer


def test_callbacks_see_the_model_that_writes_and_the_name_of_the_run(quick: Chatbot) -> None:
    writing = quick.with_writer(Writer(ScriptedModel(script=["It destroyed 2,200 [1]."]), confirm))
    recorder = Recorder()
    config = RunnableConfig(callbacks=[recorder], run_name="Chatbot")
    *_, streamed = writing.stream(Question("How many buildings did the fire destroy?"), config)
    assert streamed.text == "It destroyed 2,200. [1]"
    assert recorder.events == [*QUOTED, ("start", "model", "Chatbot"), ("end", "model"), ("end", "Chatbot")]
    assert recorder.given["end of Chatbot"] == streamed


def test_callbacks_see_what_failed(quick: Chatbot) -> None:
    def fail(text: str, others: Sequence[str]) -> list[float]:
        raise ValueError("no likeness today")

    recorder = Recorder()
    chatbot = Chatbot(quick.retriever, quick.reader, fail, RuleRewriter(depart))
    with pytest.raises(ValueError, match="no likeness today"):
        chatbot.invoke(Question("How many buildings did the fire destroy?"), {"callbacks": [recorder]})
    assert recorder.events == [*QUOTED, ("error", "Chatbot", "no likeness today")]
