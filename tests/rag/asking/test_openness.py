"""Questions that lack what they refer to are told from whole ones."""

import pytest

from rag.asking.grammar.openness import ask_back, lacks_reference


@pytest.mark.parametrize(
    ("question", "back"),
    [
        ("why?", "Why what?"),
        ("and when", "When what?"),
        ("Who said so?", "Who said what?"),
        ("really?", "What do you mean?"),
        ("timeline", "What do you mean?"),
        ("summarise everything", "What do you mean?"),
        ("and Peru?", "What about Peru?"),
        ("what about the mayor", "What about the mayor?"),
        ("Did the mayor agree?", "Agree to what?"),
        ("how did they respond", "Respond to what?"),
        ("What did she say?", "“she”"),
        ("where was it", "“it”"),
    ],
)
def test_what_is_left_out_is_asked_for(question: str, back: str) -> None:
    assert lacks_reference(question)
    assert back in ask_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the mayor resign?",
        "Did the mayor agree to the sale?",
        "how did Peru respond",
        "Did the union react?",
        "How did Peru respond to the tariffs?",
        "What did Merkel say when she resigned?",
        "what does it mean to be on parole",
        "How long does it take to build a ship?",
        "Peru",
        "and who won the election?",
        "When?  Not this year",
    ],
)
def test_whole_questions(question: str) -> None:
    assert not lacks_reference(question)
