"""Short answers that contradict each other, agree, or cannot be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.signals.sameness import Sort, agree, contradict, find_sort


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("January 1, 2022", "January 2, 2022", "contradict"),
        ("3 March", "3 May", "contradict"),
        ("85 people", "97", "contradict"),
        ("Egan Bernal", "Chris Froome", "contradict"),
        ("2 million", "2 billion", "contradict"),
        ("94,000", "about 100,000", "contradict"),
        ("Orbit's Night Train", "Orbit's Glass Harbour 2", "contradict"),  # one studio, two films
        ("Glass Harbour 2", "Glass Harbour 3", "contradict"),
        ("Glass Harbour 2", "Glass Harbour", "agree"),
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
        ("Britain", "the United Kingdom", "agree"),
        ("11.4 %", "11.4 percent", "agree"),
        ("about 100,000", "99,000 people", "agree"),
        ("the Fed", "the Federal Reserve", "agree"),
        ("the IMF", "the International Monetary Fund", "agree"),
        ("President Biden", "Joe Biden", "agree"),
        ("Volodymyr Zelenskiy", "Zelensky", "agree"),
        ("the Fed", "the European Central Bank", "contradict"),
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


def test_what_the_question_names_makes_no_two_names_the_same() -> None:
    assert contradict("Acme Lens", "Acme Glass", "What did Acme call its headset?")
    assert agree("Acme Lens", "Acme Glass")


@pytest.mark.parametrize(
    ("answer", "sort"),
    [
        ("97 people", Sort.FIGURE),
        ("about $1.5 million", Sort.FIGURE),
        ("on Tuesday", Sort.DATE),
        ("3 March 2022", Sort.DATE),
        ("Olaf Scholz", Sort.NAME),
        ("Ohio, Iowa and Utah", None),
        ("refused to close the door", None),
        ("the move", None),
        ("American citizens abroad", None),
    ],
)
def test_the_sort_of_an_answer(answer: str, sort: Sort | None) -> None:
    assert find_sort(answer) is sort
