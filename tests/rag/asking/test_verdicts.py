"""When a yes or no is told, and how it stands over the sentences that say so."""

from collections.abc import Sequence

import pytest

from embeddings.reader import ReadingText
from embeddings.verdicts import NEITHER, Ruling
from rag.asking.forms.sentences.yes_no import find_verdict, judge

YES, NO, LIKELY = Ruling(0.97, 0.01, 0.02), Ruling(0.01, 0.97, 0.02), Ruling(0.6, 0.1, 0.3)


@pytest.mark.parametrize(
    ("rulings", "verdict"),
    [
        ([], ("", ())),
        ([NEITHER, LIKELY], ("", ())),
        ([NEITHER, YES, LIKELY, YES], ("yes", (1, 3))),
        ([NO, NEITHER], ("no", (0,))),
        ([YES, NO], ("", ())),
    ],
)
def test_a_verdict_is_told_where_a_sentence_is_sure_and_none_says_otherwise(
    rulings: list[Ruling], verdict: tuple[str, tuple[int, ...]]
) -> None:
    assert find_verdict(rulings) == verdict


class SureVerdicts:
    """Says yes to everything."""

    identity = "sure"

    def judge(self, claim: str, evidence: Sequence[ReadingText]) -> list[Ruling]:
        return [YES] * len(evidence)


@pytest.mark.parametrize(
    ("question", "title", "sentence", "is_trusted"),
    [
        ("Is Ana Ilieva alive?", "Singer Ana Ilieva", "Ana Ilieva died at her home.", False),
        ("Did Ana Ilieva die?", "Singer Ana Ilieva", "Ana Ilieva died at her home.", True),
        ("Did the Varna fire kill more than 90 people?", "Varna fire", "It killed 96 people.", True),
        ("Did the Varna fire kill more than 90 people?", "Varna fire", "Another killed 85 people.", False),
        ("Did the Varna fire kill 96 people?", "Varna fire", "It killed people.", False),
    ],
)
def test_a_sentence_decides_only_with_all_words_and_numbers_of_the_question(
    question: str, title: str, sentence: str, is_trusted: bool
) -> None:
    expected = YES if is_trusted else NEITHER
    assert judge(question, [ReadingText(title, sentence)], SureVerdicts()) == [expected]
