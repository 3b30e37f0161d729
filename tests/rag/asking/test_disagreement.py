"""Answers that contradict each other, and the statements they stand in; overlaps are counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Passage, Source
from embeddings.reader import Reading, ReadingText, Span
from rag.answer import ScoredPassage, Side
from rag.asking.disagreement import agree, contradict
from tests.rag.asking.readings import answer_from
from tests.rag.samples import PLAIN_CALIBRATION


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("January 1, 2022", "January 2, 2022", "contradict"),
        ("3 March", "3 May", "contradict"),
        ("85 people", "97", "contradict"),
        ("Egan Bernal", "Chris Froome", "contradict"),
        ("2 million", "2 billion", "contradict"),
        ("94,000", "about 100,000", "contradict"),
        ("on Tuesday", "Wednesday", "contradict"),
        ("on Tuesday", "26 January 2022", "contradict"),  # a Wednesday
        ("the first half", "the second half", "contradict"),
        ("in the 1980s", "the 1990s", "contradict"),
        ("97 people on Tuesday", "115 people on Tuesday", "contradict"),
        ("November 17", "17 Nov 2019", "agree"),
        ("2019", "Nov. 17, 2019", "agree"),
        ("on Wednesday", "26 January 2022", "agree"),
        ("12", "twelve people", "agree"),
        ("1.5 million", "1,500,000 people", "agree"),
        ("£1.5m", "1.5 million pounds", "agree"),
        ("5 %", "five per cent", "agree"),
        ("more than 100", "115", "agree"),
        ("two weeks", "14 days", "agree"),
        ("97 people and 3 dogs", "97", "agree"),
        ("Egan Bernal", "Bernal", "agree"),
        ("100,000", "Belarus", ""),
        ("5 %", "5 people", ""),
        ("2019", "12 people", ""),
        ("2021", "November", ""),
        ("Theresa May", "April Jones", "contradict"),  # no months
        ("the", "of", ""),
    ],
)
def test_answers_of_one_kind_contradict_or_agree(one: str, other: str, expected: str) -> None:
    assert (contradict(one, other), agree(one, other)) == (expected == "contradict", expected == "agree")
    assert (contradict(other, one), agree(other, one)) == (expected == "contradict", expected == "agree")


@given(st.text(max_size=30), st.text(max_size=30))
def test_nothing_contradicts_itself_or_both_contradicts_and_agrees(one: str, other: str) -> None:
    assert not contradict(one, one)
    assert not (contradict(one, other) and agree(one, other))


class Scripted:
    identity = "scripted"
    calibration = PLAIN_CALIBRATION

    def __init__(self, *answers: tuple[str, str, float]) -> None:
        self.passages = [self._found(f"a{number}", text) for number, (text, _, _) in enumerate(answers, 1)]
        self._readings = {
            text: Reading((Span(text.index(said), text.index(said) + len(said), margin),), 0.0, (margin,))
            for text, said, margin in answers
        }

    def _found(self, id: str, text: str) -> ScoredPassage:
        passage = Passage(id, 0, len(text), text, ((0, len(text)),))
        return ScoredPassage(passage, Source(id, "", "", "", None, "", ""), 0.5)

    def read(self, question: str, texts: list[ReadingText]) -> list[Reading]:
        return [self._readings[text.text] for text in texts]


def list_sides(*answers: tuple[str, str, float]) -> tuple[Side, ...]:
    scripted = Scripted(*answers)
    return answer_from("How many died?", scripted.passages, scripted).sides


FIRST = ("The fire in Lahaina killed 97 people, the county said.", "97 people", 5.0)
OTHER = ("The fire in Lahaina killed 115 people.", "115 people", 1.0)


def test_two_sources_with_other_figures_are_two_sides() -> None:
    assert list_sides(FIRST, OTHER) == (Side("97 people", (0,)), Side("115 people", (1,)))


def test_sources_that_agree_or_speak_of_something_else_are_no_sides() -> None:
    assert list_sides(FIRST, ("It killed 97, the county said.", "97", 1.0)) == ()
    # stemmed, without function words and answers: another blaze destroy kill cattle; it shares one word of five
    assert list_sides(FIRST, ("Another blaze destroyed 115 houses there and killed cattle.", "115 houses", 1.0)) == ()


def test_a_rival_that_is_hardly_believed_is_no_side() -> None:
    assert list_sides(FIRST, (OTHER[0], OTHER[1], -0.9)) == ()  # logistic(-0.9) = 0.289, below the limit of 0.3


def test_three_answers_are_three_sides_and_a_fourth_is_left_out() -> None:
    more = [(f"The fire in Lahaina killed {number} people.", f"{number} people", 1.0) for number in (114, 115, 116)]
    assert [side.answer for side in list_sides(FIRST, *more)] == ["97 people", "114 people", "115 people"]
