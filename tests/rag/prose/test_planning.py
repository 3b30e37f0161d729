"""What a model searches for besides: as calls of a tool, or as lines; bounded, shown, and put before it to read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.tool import tool_call_chunk

from corpus.article import Passage, Source
from rag.answer import Answer, Citation, Claim, Quote, ScoredPassage, Status, Verdict
from rag.prose.planning import read_searches
from rag.prose.writing import Manner, Writer
from rag.question import Kind, Question
from tests.fakes import ScriptedModel

FIRE, STORM = (Source(id, id.title(), "", "", None, "", "") for id in ("fire", "storm"))
BURNT = ScoredPassage(Passage("fire", 0, 15, "A barn burnt at", ((0, 15),)), FIRE, 0.9)
FELL = ScoredPassage(Passage("storm", 0, 13, "Forty fell at", ((0, 13),)), STORM, 0.9)
QUOTE = Quote("fire", 0, 15, "A barn burnt at", 1, 0.9)
SUMMARY = Answer(
    "Everything about the damage?", "“A barn burnt at” [1]", "", (QUOTE,), (Citation(1, FIRE),), 0.9, Status.ANSWERED,
    (BURNT,), 0.0, kind=Kind.SUMMARY,
)  # fmt: skip
WRITES = ["A barn burnt [1]. Forty fell [2]."]


class ToolModel(ScriptedModel):
    """Takes tools."""

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        return self


def call(*searches: str) -> AIMessageChunk:
    made = [
        tool_call_chunk(name="search_articles", args=f'{{"query": "{words}"}}', id=words, index=place)
        for place, words in enumerate(searches)
    ]
    return AIMessageChunk(content="", tool_call_chunks=made)


def confirm(question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, verdict=Verdict.SUPPORTED) for claim in claims)


def write(model: ScriptedModel, answer: Answer = SUMMARY, seconds: float = 60) -> tuple[list[str], Answer]:
    """Return what was searched for, and the last answer."""
    searched: list[str] = []

    def search(text: str, k: int | None) -> list[ScoredPassage]:
        searched.append(text)
        return [FELL]

    *_, last = Writer(model, confirm, Manner(seconds=seconds)).write(Question(answer.question), answer, search)
    return searched, last


@pytest.mark.parametrize(
    "model",
    [
        ScriptedModel(script=[["SEARCH: storm damage\nSEARCH: Storm damage!"], WRITES]),
        ToolModel(script=[[call("storm damage")], WRITES]),
        ToolModel(script=[["- search: “storm damage”"], WRITES]),
        ToolModel(script=[['<tools>\n{{"name": "search_articles", "arguments": {"query": "storm damage"}}}'], WRITES]),
        ToolModel(script=[[ValueError("no tools here")], ["SEARCH: storm damage"], WRITES]),
    ],
)
def test_what_the_model_searches_for_is_found_read_and_shown(model: ScriptedModel) -> None:
    searched, last = write(model)
    assert (searched, last.searches) == (["storm damage"], ("storm damage",))
    assert "[2] Forty fell at" in model.asked[-1][-1][1]
    assert [quote.text for quote in last.quotes] == ["A barn burnt at", "Forty fell at"]
    assert last.retrieved == ["fire", "storm"]


@pytest.mark.parametrize("first", [["DONE"], [ValueError("broken")], [""]])
def test_without_a_plan_it_writes_over_what_was_found(first: list[object]) -> None:
    searched, last = write(ScriptedModel(script=[first, WRITES]))
    assert (searched, last.searches, last.text) == ([], (), "A barn burnt. [1] Forty fell.")


def test_a_plan_that_takes_too_long_is_given_up() -> None:
    searched, last = write(ScriptedModel(script=[["SEARCH: storm", 30], WRITES]), seconds=3)
    assert (searched, last.claims[0].text) == ([], "A barn burnt.")


def test_for_a_fact_nothing_is_planned() -> None:
    model = ScriptedModel(script=WRITES)
    assert write(model, replace(SUMMARY, kind=Kind.FACT))[0] == []
    assert len(model.asked) == 1


def test_three_searches_at_most_and_not_the_question_again() -> None:
    calls = [{"name": "search_articles", "args": {"query": words}} for words in ("One two", "<b>[1]", "who fell?")]
    text = "SEARCH: one TWO\nSEARCH: three\nSEARCH: four\nSearch the articles."
    assert read_searches(text, calls, "Who fell?") == ("One two", "‹b›(1)", "three")
