"""Follow-up questions completed by a chat model, which is scripted here."""

import pytest

from rag.asking.chat_followup import ChatRewriter
from rag.asking.followup import RuleRewriter
from rag.errors import ChatModelError
from rag.question import Question, Turn
from tests.fakes import ScriptedModel
from tests.rag.asking.readings import depart

RULES = RuleRewriter(depart)
ASKED = Question(
    "What did he say about Kyiv?",
    (Turn("Who led the Russian side?", "“Sergei Ryabkov led it.” [1]", "Sergei Ryabkov"),),
)
BY_RULES = "What did Sergei Ryabkov say about Kyiv?"


@pytest.mark.parametrize(
    ("script", "alone"),
    [
        (["What did ", "Ryabkov say about Kyiv?"], "What did Ryabkov say about Kyiv?"),
        (["\n\nQuestion: “What did Sergei Ryabkov say about Kyiv?”\nBecause"], BY_RULES),
        (["<think>he?</think>What did the Russian side say about Kyiv?"], "What did the Russian side say about Kyiv?"),
        (["He said that Kyiv was lovely."], BY_RULES),  # an answer
        (["What did Ryabkov say about Warsaw?"], BY_RULES),  # a name that was not said, and one that is gone
        (["What did Ryabkov and Putin say about Kyiv?"], BY_RULES),
        (["What did he say about Kyiv?"], BY_RULES),  # nothing was done
        ([], BY_RULES),
        ([ConnectionError("refused")], BY_RULES),
        (["What did", ChatModelError("cut off")], BY_RULES),
        ([30], BY_RULES),
    ],
)
def test_a_chat_model_is_held_to_what_was_said(script: list, alone: str) -> None:
    model = ScriptedModel(script=script)
    assert ChatRewriter(model, RULES, seconds=0.5).rewrite(ASKED) == alone
    ((_, (speaker, told)),) = model.asked
    assert (speaker, told) == (
        "human",
        "Question: Who led the Russian side?\nAnswer: Sergei Ryabkov\nLast question: What did he say about Kyiv?",
    )


def test_a_chat_model_does_not_see_questions_that_stand_alone() -> None:
    model = ScriptedModel(script=["Who won?"])
    rewriter = ChatRewriter(model, RULES)
    for typed in ("Who led NATO?", "What did Putin say about his talks with Macron?"):
        assert rewriter.rewrite(Question(typed, ASKED.history)) == typed
    assert model.asked == []
