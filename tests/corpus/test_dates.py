"""The days in date fields: one day in every form, and what names no certain day."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.loading.dates import parse_day

FORMS = [
    "{:%Y-%m-%d}", "{:%Y-%m-%dT10:00:00Z}", "{:%Y-%m-%d 10:00:00.0}", "{:%Y-%m-%d 10:00:00 UTC}", "{:%Y%m%d}",
    "{:%a, %d %b %Y 10:00:00 GMT}", "{:%a, %d %b %Y 23:30:00 -0500}", "{:%B %d, %Y}", "{:%b. %d, %Y}", "{:%d %B %Y}",
    "{:%d-%b-%Y}", "{:%d.%m.%Y}", "{:%Y/%m/%d}", "{:%A %d %B %Y 10:03 GMT}", "{:%b %d %Y 5:03 PM EST}",
]  # fmt: skip


@given(st.dates(date(1973, 4, 1), date(2068, 1, 1)), st.sampled_from(FORMS))
def test_a_day_is_read_in_every_form(day: date, form: str) -> None:
    assert parse_day(form.format(day)) == day


@given(st.dates(date(1973, 4, 1), date(2250, 1, 1)), st.sampled_from([1, 1_000]), st.sampled_from([int, float, str]))
def test_a_count_since_1970_is_a_day(day: date, factor: int, kind: type) -> None:
    seconds = int(datetime.combine(day, time(10), UTC).timestamp())
    assert parse_day(kind(seconds * factor)) == day


@given(st.dates(date(1973, 4, 1), date(2068, 1, 1)))
def test_slashes_are_read_where_only_one_reading_is_possible(day: date) -> None:
    is_certain = day.day > 12 or day.day == day.month
    for form in ("{:%d/%m/%Y}", "{:%m/%d/%Y}"):
        assert parse_day(form.format(day)) == (day if is_certain else None)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("26. Januar 2022", date(2022, 1, 26)),
        ("26 de enero de 2022", date(2022, 1, 26)),
        ("mercredi 26 janvier 2022", date(2022, 1, 26)),
        ("Published: 26 January 2022", date(2022, 1, 26)),
        ("2022年1月26日", date(2022, 1, 26)),
        (datetime(2022, 1, 26, 23, 30), date(2022, 1, 26)),
        (date(2022, 1, 26), date(2022, 1, 26)),
    ],
)
def test_other_forms(value: object, day: date) -> None:
    assert parse_day(value) == day


@pytest.mark.parametrize(
    "value",
    ["2022", "2022-01", "January 2022", "March 5", "Wednesday", "10:15", "2022-02-30", "30 February 2022", "soon", "",
     "3 days ago", "0101-01-01", "44587", "9" * 20, True, None, float("nan"), float("inf"), 12, "the 2022 report"],
)  # fmt: skip
def test_what_names_no_certain_day(value: object) -> None:
    assert parse_day(value) is None
