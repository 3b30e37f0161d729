"""Whole conversations over the starter articles, with the real models."""

import pytest

from rag.asking.chatbot import Chatbot
from rag.question import Question, Turn


def test_a_conversation(chatbot: Chatbot) -> None:
    turns: tuple[Turn, ...] = ()
    searched = []
    for typed in (
        "Who was chairman-in-office of the OSCE in January 2022?",
        "What did he say about the risk of war?",
        "How far away is the Carina Nebula?",
        "and the Southern Ring Nebula?",
    ):
        answer = chatbot.invoke(Question(typed, turns))
        turns = (*turns, answer.turn)
        searched.append(answer.searched_for)
        assert answer.question == typed
    assert searched == ["", "What did Rau say about the risk of war?", "", "How far away is the Southern Ring Nebula?"]
    assert turns[-1].span == "2,500"
    assert turns[-1].titles == ("NASA publishes first full-colour images from Webb telescope",)


@pytest.mark.parametrize(
    ("last", "typed", "alone"),
    [
        ("What did NATO offer Russia?", "How many people died in the fire?", ""),
        ("Who leads the ECB?", "When was the telescope launched?", ""),
        ("Where was the Evros fire?", "How many people were killed?", "the Evros fire)"),
        ("When was Yellowknife evacuated?", "How many people had to leave?", "Yellowknife)"),
    ],
)
def test_only_what_the_last_articles_answer_is_about_the_same(
    chatbot: Chatbot, last: str, typed: str, alone: str
) -> None:
    first = chatbot.ask(last)
    searched = chatbot.ask(typed, history=[first.turn]).searched_for
    assert alone in searched if alone else not searched
