"""What a question compares, and of which sides."""

import pytest

from rag.asking.grammar.comparing import find_sides

PAIRS = (("Toyota", "Renault"), ("Peru", "the Netherlands"), ("Bank of Japan", "Bank of Canada"), ("IMF", "WTO"))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize(
    ("pattern", "before", "after"),
    [
        ("Compare {} and {}", "", ""),
        ("{} versus {}", "", ""),
        ("What is the difference between {} and {}?", "", ""),
        ("How did {} and {} differ on wages?", "", "on wages"),
        ("how does {} compare to {}", "", ""),
        ("please compare the forecasts of {} and {}", "the forecasts of", ""),
        ("How did the {} and the {} forecasts differ?", "", "forecasts"),
    ],
)
def test_sides(pattern: str, before: str, after: str, one: str, other: str) -> None:
    found = find_sides(pattern.format(one, other).replace("the the", "the"))
    assert found is not None
    assert [name.removeprefix("the ") for name in found.names] == [one, other.removeprefix("the ")]
    assert (found.before, found.after) == (before, after)


def test_what_the_sides_share_is_said_of_both() -> None:
    found = find_sides("What's the difference between the vote in May and that in June?")
    assert found is not None
    assert list(map(found.describe, found.names)) == ["the vote in May", "the vote in June"]


@pytest.mark.parametrize(
    "question",
    [
        "How many ships sailed in May compared with April?",
        "Who won, Peru or Chile?",
        "What did the IMF and the WTO say?",
        "Did Toyota sell more than Renault?",
    ],
)
def test_a_question_for_one_fact_compares_nothing(question: str) -> None:
    assert find_sides(question) is None
