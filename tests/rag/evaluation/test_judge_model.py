"""A chat model as a judge, and what a run measures of a chat model."""

from dataclasses import replace

import pytest

from rag.evaluation.judge_model import RULES, JudgeModel
from tests.fakes import ScriptedModel
from tests.rag.prose.answers import MOON, ROOFS, judge_answer, make_answer, make_quote

ANSWER = make_answer(make_quote("storm", "It tore off 40 roofs."), span="40")


@pytest.mark.parametrize(
    ("reply", "scores"),
    [
        ("YES", {"judged": 1.0}),
        ("<think>40, so NO?</think>**Yes.**", {"judged": 1.0}),
        ("No, it is forty.", {"judged": 0.0}),
        ("Perhaps", {}),
        ("", {}),
    ],
)
def test_the_judge_says_yes_or_no(reply: str, scores: dict[str, float]) -> None:
    assert JudgeModel(ScriptedModel(script=[reply]), 60).judge(ROOFS, ANSWER) == scores


def test_the_judge_is_told_question_gold_and_answer() -> None:
    model = ScriptedModel(script=["YES"])
    judge = JudgeModel(model, 60)
    judge.judge(ROOFS, ANSWER | {"answer": "Forty <went>. [1]"})
    told = "Question: How many roofs were torn off?\nKnown to be right: 40 | forty\nAnswer: <Forty ‹went›. (1)>"
    assert model.asked == [[("system", RULES), ("human", told)]]
    assert JudgeModel(ScriptedModel(script=[ValueError("dead")]), 60).judge(MOON, make_answer()) == {}
    assert judge.judge(replace(ROOFS, answers=None), ANSWER) == {}


def test_sentences_and_tokens_of_a_chat_model_are_measured() -> None:
    claims = [{"text": text, "quotes": [], "verdict": verdict, "reason": ""} for text, verdict in
              (("a", "supported"), ("b", "repaired"), ("c", "unsupported"), ("d", "supported"))]  # fmt: skip
    usage = {"read": 900, "written": 50, "seconds": 3.5, "is_estimated": False}
    scores = judge_answer(ROOFS, ANSWER | {"claims": claims, "usage": usage}).scores
    assert (scores["sentences_supported"], scores["tokens"]) == (0.75, 950.0)
    assert "tokens" not in judge_answer(ROOFS, ANSWER).scores
