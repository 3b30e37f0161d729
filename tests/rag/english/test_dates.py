"""Dates in questions are understood as far as they go, and compared with those of what was found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.english.dates import PartialDate, list_dates, list_missing, list_reported, list_weekdays, measure_fit

PUBLISHED = date(2022, 1, 12)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("in June 2022", [(2022, 6, None)]),
        ("on the 4th of july 2021", [(2021, 7, 4)]),
        ("on March 4, 2021", [(2021, 3, 4)]),
        ("2022-01-05 at 12:20", [(2022, 1, 5)]),
        ("on 10 January, and on 28 December", [(2022, 1, 10), (2021, 12, 28)]),
        ("in March", [(2022, 3, None)]),
        ("since 2014, over 13,000 people", [(2014, None, None)]),
        ("between 3 and 5 May 2021", [(2021, 5, 3), (2021, 5, 5)]),
        ("at 10:30 on July 4 at 12:20", [(2021, 7, 4)]),
        ("it may rain in may 2022", [(2022, 5, None)]),
        ("May they march?", []),
        ("in the 1980s, the 1980's, the 1900s", []),
        ("in June 9000 people", [(2022, 6, None)]),
        ("5,000 of 20,221 on 2022-13-05", []),
    ],
)
def test_dates_in_a_text(text: str, parts: list[tuple[int | None, int | None, int | None]]) -> None:
    assert [one.parts for one in list_dates(text, PUBLISHED)] == parts


def test_without_a_date_of_publication_the_year_stays_open() -> None:
    assert list_dates("on 10 January") == [PartialDate(None, 1, 10)]
    assert list_dates("on 10 January")[0].text == "10 January"


@pytest.mark.parametrize(
    ("asked", "here", "published", "told", "fit"),
    [
        ("in June 2022", "on 15 June 2022", None, "", 1),
        ("in June 2022", "on Wednesday", date(2022, 6, 15), "", 1),
        ("in June 2022", "on 4 May 2022", date(2022, 5, 4), "the next meeting in June", -1),
        ("in June 2022", "the largest rise", date(2022, 5, 4), "the next meeting in June", 0),
        ("in June 2022", "the largest rise", date(2022, 5, 4), "", -1),
        ("in June 2022", "the largest rise", None, "", 0),
        ("in June 2022", "in 2022", None, "", -1),
        ("on 11 January", "on Tuesday", PUBLISHED, "", 1),
        ("on 2 January", "on Tuesday", PUBLISHED, "", -1),
        ("in 2022 and in 2014", "in 2014", PUBLISHED, "", 1),
        ("in 2022 and in 2015", "in 2014", PUBLISHED, "", -1),
        ("at last", "in 2014", PUBLISHED, "", 0),
    ],
)
def test_whether_an_answer_is_of_the_time(asked: str, here: str, published: date | None, told: str, fit: int) -> None:
    sentence, article = (list_dates(text, published) for text in (here, f"{here} {told}"))
    assert measure_fit(list_dates(asked), sentence, list_reported(published), article) == fit


def test_dates_that_nothing_tells() -> None:
    told = list_dates("on 15 June 2022 and in 2008")
    asked = list_dates("June 2022, May 2022, 2009, 3 June, May 2008")
    assert list_missing(asked, told) == ["May 2022", "2009", "3 June", "May 2008"]
    assert list_missing(list_dates("April 1999, 1998, May 1999"), list_dates("on 3 April")) == ["May 1999"]
    assert list_missing(list_dates("June 2022"), []) == []


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_in_every_form(day: date) -> None:
    numeric = [f"{day.month}/{day.day}/{day.year}", f"{day:%d/%m/%Y}"] if day.day > 12 else []
    forms = [
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        *numeric,
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ]
    assert {one.parts for form in forms for one in list_dates(f"on {form}.")} == {(day.year, day.month, day.day)}


@given(st.lists(st.sampled_from([*"0123456789 -,.:", "of ", "May", "december", "2022", "1500", "st"])), st.dates())
def test_any_text_is_read(parts: list[str], published: date) -> None:
    for one in list_dates("".join(parts), published):
        assert one.year is None or 1000 <= one.year <= 2199 or abs(one.year - published.year) <= 1
        assert one.period is None or one.period[0] <= one.period[1]
    assert len(list_reported(published)) in (0, 3)


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_short_forms_of_a_day_are_the_same_day(day: date) -> None:
    short = f"{day:%B}"[:3]
    dot = "" if short == "May" else "."
    forms = [
        f"{day.day} {short} {day.year}",
        f"{short}{dot} {day.day}, {day.year}",
        f"{day.day} of {day:%B} {day.year}",
    ]
    assert [[one.parts for one in list_dates(f"It was {form}.")] for form in forms] == [
        [(day.year, day.month, day.day)]
    ] * 3


@pytest.mark.parametrize("name", ["Theresa May", "Prime Minister May", "April Jones", "June Carter", "Michael Faraday"])
@pytest.mark.parametrize("text", ["{} resigned", "What did {} say?", "It was {}'s idea"])
def test_the_name_of_somebody_is_no_month(name: str, text: str) -> None:
    assert list_dates(text.format(name)) == []
    assert [one.parts for one in list_dates(f"{text.format(name)} in May 2019")] == [(2019, 5, None)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday Okoro said on Friday", ["Friday"]),
        ("Did Monday Okoro go?", []),
        ("Johnny Halliday, sunday", ["sunday"]),
    ],
)
def test_days_of_the_week(text: str, days: list[str]) -> None:
    assert [found[0] for found in list_weekdays(text)] == days


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on 3/4/2017", [(2017, None, None)]),
        ("on 5/5/2017", [(2017, 5, 5)]),
        ("on 3.4.2017.", [(2017, 4, 3)]),
        ("on 13/13/2017", []),
        ("at 1.2.2017.4", []),
    ],
)
def test_a_date_in_numbers_is_read_as_far_as_the_order_is_known(
    text: str, parts: list[tuple[int | None, int | None, int | None]]
) -> None:
    assert [one.parts for one in list_dates(text)] == parts
