"""Days in fields, as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.web.fields import PERIODS, read_field_day, read_single_day, write_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        (" february  2024 ", date(2024, 2, 1), date(2024, 2, 29)),
        ("4 May 2022", date(2022, 5, 4), date(2022, 5, 4)),
        ("May 4, 2022", date(2022, 5, 4), date(2022, 5, 4)),
        ("2022-05-04", date(2022, 5, 4), date(2022, 5, 4)),
        ("5/31/2022", date(2022, 5, 31), date(2022, 5, 31)),
    ],
)
def test_a_day_a_month_and_a_year(text: str, first: date, last: date) -> None:
    assert (read_field_day(text), read_field_day(text, is_last=True)) == (first, last)


@pytest.mark.parametrize("text", ["", None, "soon", "31 February 2022", "4 May", "2022 and 2023", "5/4/2022", "9" * 99])
def test_what_is_no_day(text: str | None) -> None:
    assert read_field_day(text) is None


def test_the_fields_say_what_they_read() -> None:
    assert None not in map(read_field_day, PERIODS.replace(" or ", ", ").split(", "))


@given(st.dates())
def test_a_day_is_read_as_it_is_shown(day: date) -> None:
    assert read_single_day(write_day(day)) == day


def test_a_field_for_one_day_takes_no_month_and_no_year() -> None:
    assert write_day(date(2022, 5, 4)) == "4 May 2022"
    assert read_single_day(" 4 May 2022 ") == read_single_day("2022-05-04") == date(2022, 5, 4)
    assert read_single_day(" ") is None
    for text in ("May 2022", "2022", "5/4/2022", "31 June 2022", "soon"):
        with pytest.raises(ValueError, match="is not a day; write it like 26 January 2022"):
            read_single_day(text)
