"""Replies that a provider structures: read as text with marks, at every moment; and plain text where there are none."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.tool import tool_call_chunk

from corpus.article import Passage, Source
from rag.answer import NOT_FOUND, Answer, Claim, ScoredPassage, Status, Verdict
from rag.prose.structured import SCHEMA, read_reply
from rag.prose.writing import Manner, Writer
from rag.question import Question
from tests.fakes import ScriptedModel

STORM = Source("b", "Storm", "", "", None, "", "")
PASSAGE = ScoredPassage(
    Passage("b", 0, 44, "A storm hit Lisbon. It tore off forty roofs.", ((0, 19), (20, 44))), STORM, 0.5
)
NOTHING = Answer("What did it do?", NOT_FOUND, "", (), (), 0.1, Status.NOT_FOUND, (PASSAGE,), 0.0)
WRITTEN = json.dumps({"sentences": [{"numbers": [1, 2], "text": "A storm tore off forty roofs."}]})
MARKED = "A storm tore off forty roofs. [1][2]"


class StructuredModel(ScriptedModel):
    """Takes schemas, as tools."""

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        assert tools == [SCHEMA]
        return self


def confirm(question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, verdict=Verdict.SUPPORTED) for claim in claims)


def write(model: ScriptedModel, *, is_structured: bool = True) -> Answer:
    manner = Manner(is_structured=is_structured)
    *_, last = Writer(model, confirm, manner).write(Question(NOTHING.question), NOTHING, lambda text, k: [])
    return last


def call(arguments: str) -> AIMessageChunk:
    return AIMessageChunk(content="", tool_call_chunks=[tool_call_chunk(name="reply", args=arguments, id="1", index=0)])


@pytest.mark.parametrize("wrap", [lambda text: AIMessageChunk(content=text), call])
def test_at_every_moment_it_reads_as_the_beginning_of_the_text(wrap: Any) -> None:
    seen = list(dict.fromkeys(read_reply(wrap(WRITTEN[:length])) for length in range(2, len(WRITTEN) + 1)))
    assert seen[-1] == MARKED
    assert set(seen) - {"NOT HERE", ""} == {f"{MARKED[:length].rstrip()} [1][2]" for length in range(1, 30)} - {""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("John came [1].", "John came [1]."),
        ("<think>{}</think>John came [1].", "John came [1]."),
        ('{"sentences": []}', "NOT HERE"),
        ('{"sentences": [{"numbers": "x", "text": 3}, 4]}', ""),
        ('{"answer": "John came."}', ""),
        ("{no json", ""),
    ],
)
def test_what_is_not_as_asked_for_is_read_as_it_can_be(text: str, expected: str) -> None:
    assert read_reply(AIMessageChunk(content=text)) == expected


@pytest.mark.parametrize(
    "model",
    [
        StructuredModel(script=[[call(WRITTEN)]]),
        StructuredModel(script=[[WRITTEN[:40], WRITTEN[40:]]]),
        StructuredModel(script=[[ValueError("no schemas here")], [MARKED]]),
        ScriptedModel(script=[[MARKED]]),
    ],
    ids=["a call", "text", "refused", "never heard of it"],
)
def test_the_answer_is_the_same_however_the_provider_does_it(model: ScriptedModel) -> None:
    answer = write(model)
    assert answer.text == "A storm tore off forty roofs. [1]"
    assert [quote.text for quote in answer.quotes] == ["A storm hit Lisbon.", "It tore off forty roofs."]


def test_nobody_is_asked_for_it_unless_it_is_set() -> None:
    model = ScriptedModel(script=[[MARKED], [ValueError("asked twice")]])
    assert write(model, is_structured=False).text == "A storm tore off forty roofs. [1]"
    assert len(model.asked) == 1
