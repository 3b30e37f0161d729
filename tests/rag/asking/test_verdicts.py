"""When a yes or no is told, and how it stands over the sentences that say so."""

import pytest

from embeddings.verdicts import NEITHER, Ruling
from rag.asking.forms.sentences.yes_no import find_verdict

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
