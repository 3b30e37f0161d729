"""Numbers, days and quoted words are found however they are written."""

import pytest

from rag.english.numbers import list_calendar_words, list_days, list_numbers, list_quoted


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("up to 175,000 troops and 2.5 million dollars", ["175000 troop", "2500000 dollar"]),
        ("twenty-five people, a dozen fires, three dozen homes", ["25 peopl", "12 fire", "36 home"]),
        ("half a point, three quarters of a point, a three-quarter-point rise", ["0.5", "0.75", "0.75 point"]),
        ("7.9% or 7.9 percent", ["7.9", "7.9 percent"]),
        ("at 12:20 GMT, 07:05", ["12:20", "7:05"]),
        ("F-16 jets, N95 masks, the 82nd division", ["82 divis"]),
        ("from 1961 to 1968", ["1961", "1968"]),
        ("in three decades", ["30"]),
        ("one of them, a second one", []),
        ("on 7 December 2021, on 2022-01-26 and on June 3, 2020", ["2021", "2022", "2020"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [f"{number.value} {number.unit}".strip() for number in list_numbers(text)] == numbers


def test_days() -> None:
    text = "On 7 December 2021 and the 3rd of June, on June 4, on 2022-01-26, not in May 1997."
    assert list_days(text) == {(7, "December"), (3, "June"), (4, "June"), (26, "January")}


def test_calendar_words() -> None:
    assert list_calendar_words("May they rest. On Friday in May, and Mayor Adams in June") == {"Friday", "May", "June"}


def test_quoted_words() -> None:
    assert list_quoted('He said "no" and “not one inch”, didn\'t he?') == ["no", "not one inch"]
