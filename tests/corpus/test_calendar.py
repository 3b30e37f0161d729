"""A day is read in one form only, wherever it comes from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendar import read_day


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert read_day(day.isoformat()) == day


@pytest.mark.parametrize("text", [None, ""])
def test_no_text_is_no_day(text: str | None) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize("text", ["20220126", "2022-W04-3", "2022-1-26", " 2022-01-26", "26.1.2022", "2022-02-30", "-"])
def test_another_form_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day; write it like 2022-01-26"):
        read_day(text)
