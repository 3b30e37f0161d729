"""When a yes or no is told, and how it stands over the sentences that say so."""

from collections.abc import Sequence

import pytest

from embeddings.reader import ReadingText
from embeddings.verdicts import NEITHER, OnnxVerdicts, Ruling
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
        ("Did Ana Ilieva sing in Varna?", "Singer stays away", "Ana Ilieva was to sing in Varna.", False),
        ("Did Ana Ilieva sing in Varna?", "Singer ill", "Ana Ilieva cancelled a day in Varna on which to sing.", False),
        ("Was the show of Ana Ilieva cancelled?", "Singer ill", "A show of Ana Ilieva was cancelled.", True),
    ],
)
def test_a_sentence_decides_only_with_all_words_and_numbers_of_the_question(
    question: str, title: str, sentence: str, is_trusted: bool
) -> None:
    (ruling,) = judge(question, [ReadingText(title, sentence)], SureVerdicts())
    assert ruling.supports == (YES if is_trusted else NEITHER).supports


HEADLINE = "Council ignored all warnings, mayor says"
SPEECH = "{} was speaking in Leeds after the flood, at a school that had lost its roof."


@pytest.mark.parametrize("name", ["Mayor Anna Berg", "She"])
def test_a_headline_alone_denies_nothing(name: str) -> None:
    title = HEADLINE if name != "She" else f"{HEADLINE}: Anna Berg in Leeds"
    (ruling,) = judge("Did Anna Berg speak in Leeds?", [ReadingText(title, SPEECH.format(name))], OnnxVerdicts())
    assert ruling.refutes < 0.5
