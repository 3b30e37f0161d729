"""Questions: what is refused."""

import pytest

from rag.errors import QuestionError
from rag.question import Question, Turn, close_question


@pytest.mark.parametrize("text", ["", " ", "?", "?!… —", "a?", " 7 "])
def test_a_question_needs_two_letters_or_digits(text: str) -> None:
    with pytest.raises(QuestionError) as caught:
        Question(text)
    assert str(caught.value) == f"{text.strip()!r} is not a question yet: write at least 2 letters or digits"


def test_a_question_has_at_most_1000_characters() -> None:
    assert Question("x" * 1_000).text == "x" * 1_000
    with pytest.raises(QuestionError) as caught:
        Question("x" * 10_000)
    reason = "the question has 10,000 characters; ask it in at most 1,000 (long texts are added as articles)"
    assert str(caught.value) == reason


def test_a_question_must_be_text() -> None:
    with pytest.raises(QuestionError, match="half a surrogate pair"):
        Question("What did \ud83d say?")


@pytest.mark.parametrize("text", ["G7", "¿Qué?", "что?", "为什么", "1 2"])
def test_short_questions_of_any_script_are_taken(text: str) -> None:
    assert Question(f"\n {text} \t").text == text


def test_a_question_remembers_the_turns_before_it() -> None:
    turns = (Turn("Who won?", "Nobody."),)
    assert Question("And why?", turns) == Question(" And why? ", history=turns)
    assert Question("And why?", turns).history[0].answer == "Nobody."


@pytest.mark.parametrize("text", ["who won", "who won?", "who won ? ", "who won???"])
def test_a_question_is_the_same_with_its_mark_and_without(text: str) -> None:
    assert close_question(text) == "who won?"
