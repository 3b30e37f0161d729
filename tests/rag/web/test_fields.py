"""Days in fields, as people write them."""

from datetime import date

import pytest

from rag.web.fields import PERIODS, read_field_day


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
