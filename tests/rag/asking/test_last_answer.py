"""Questions about the last answer, and what follows turns that asked nothing new."""

import pytest

from rag.asking.followup import RuleRewriter
from rag.question import Question, Turn
from tests.rag.asking.readings import depart
from tests.rag.asking.test_followup import DEMAND, FRANCE, tell


@pytest.mark.parametrize(
    ("typed", "alone"),
    [
        ("who said so?", "Who said “guarantees that NATO would not expand.”?"),
        ("According to whom?", "Who said “guarantees that NATO would not expand.”?"),
        ("really?", "What did Russia demand?"),
        ("tell me more", "tell me more"),
    ],
)
def test_a_question_about_the_answer_is_resolved_by_it(typed: str, alone: str) -> None:
    assert RuleRewriter(depart).rewrite(Question(typed, (FRANCE, DEMAND))) == alone
    assert RuleRewriter(depart).rewrite(Question(typed, (DEMAND, Turn("thanks", "You are welcome.")))) == alone


def test_more_is_told_of_the_article_that_was_cited_first() -> None:
    turn = Turn("Who won?", "“Ann won.” [1]", "Ann", titles=("Ann wins the cup", "Other"))
    assert RuleRewriter(depart).rewrite(Question("more?", (turn,))) == "Tell me about Ann wins the cup"


def test_a_fragment_follows_the_last_question_that_asked_something_new() -> None:
    aside = (tell("when?", "Monday"), tell("who said so?", "Peskov"), tell("thanks"))
    rewrite = RuleRewriter(depart).rewrite
    assert rewrite(Question("and NATO?", (DEMAND, *aside))) == "What did NATO demand?"
    assert rewrite(Question("when?", (tell("What did Peru reply?", "no"), *aside))) == "When did Peru reply?"
