"""The day of what a sentence reports: from its words, and from the day of publication."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.calendar import MONTHS, WEEKDAYS
from rag.english.dates import PartialDate, list_dates
from rag.english.days import end_of, find_day, resolve_day

PUBLISHED = date(2024, 3, 14)  # a Thursday


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Dockers in Leith walked out on Thursday, 14 March 2024.", (2024, 3, 14)),
        ("Dockers in Leith walked out on Thursday.", (2024, 3, 14)),
        ("The owners met them on Friday evening.", (2024, 3, 8)),
        ("The ferry sank yesterday.", (2024, 3, 13)),
        ("A man was charged yesterday with the fire that broke out on Monday.", (2024, 3, 13)),
        ("On Monday, a man was charged with the fire that broke out last night.", (2024, 3, 11)),
        ("The union had voted on 2 March, its chair said on Wednesday.", (2024, 3, 2)),
        ("It was the longest strike since May 1989.", None),
        ("Wages had risen in February, the port said.", (2024, 2, None)),
        ("The terms of May 1989 still hold.", None),
        ("By the evening of 12 March nine ships were waiting.", (2024, 3, 12)),
        ("Talks are due to begin on Monday, 18 March.", None),
        ("Talks will begin on Monday.", None),
        ("On Monday, the owners announced that they will sell the port.", (2024, 3, 11)),
        ("The owners said on Monday that talks would begin soon.", (2024, 3, 11)),
        ("The owners told the union late Monday they plan to sell.", (2024, 3, 11)),
        ("The owners said that talks will begin on Monday.", None),
        ("The port, which will be closed in May, said on Monday that ships may leave.", (2024, 3, 11)),
        ("On Monday, the owners will meet the union.", None),
        ("On Monday, the court that will hear the case rejected a plea.", (2024, 3, 11)),
        ("“We agreed today that the port stays open,” the owners wrote.", None),
        ("Nobody was hurt.", None),
    ],
)
def test_the_day_of_a_sentence(sentence: str, parts: tuple[int, int, int] | None) -> None:
    found = find_day(sentence, PUBLISHED)
    assert (found and found.parts) == parts


@given(st.dates(date(1990, 1, 10), date(2090, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_of_its_name(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    found = find_day(f"The council met on {WEEKDAYS[day.weekday()]} and voted.", published)
    assert found and found.parts == (day.year, day.month, day.day)


@given(st.dates(date(1990, 1, 10), date(2090, 12, 31)), st.integers(1, 300))
def test_what_is_still_to_come_has_no_day(published: date, ahead: int) -> None:
    day = published + timedelta(days=ahead)
    assert find_day(f"The council meets on {day.day} {MONTHS[day.month - 1]} {day.year}.", published) is None


def test_without_a_day_of_publication_only_whole_dates_count() -> None:
    assert find_day("The council met on Monday.") is None
    assert find_day("The council met on 3 May.") is None
    assert find_day("The council met on 3 May 1987.") == PartialDate(1987, 5, 3)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("by mid-June 2023", date(2023, 6, 20)),
        ("by early June 2023", date(2023, 6, 10)),
        ("by the end of June 2023", date(2023, 6, 30)),
        ("as of 3 June 2023", date(2023, 6, 3)),
        ("by the end of 2023", date(2023, 12, 31)),
    ],
)
def test_the_last_day_of_a_time(text: str, last: date) -> None:
    assert end_of(list_dates(text)[0], text) == last


@pytest.mark.parametrize(
    ("sentence", "part", "day"),
    [
        ("The owners met them on Monday evening.", "Monday", date(2024, 3, 11)),
        ("The owners met them on Thursday.", "on Thursday", date(2024, 3, 14)),
        ("Talks broke down last Thursday.", "last Thursday", date(2024, 3, 7)),
        ("Talks will begin on Monday.", "Monday", date(2024, 3, 18)),
        ("Talks will begin on Thursday.", "Thursday", date(2024, 3, 14)),
        ("Talks begin next Thursday.", "next Thursday", date(2024, 3, 21)),
        ("The ferry sank yesterday.", "yesterday", date(2024, 3, 13)),
        ("“The ferry sank yesterday,” he said.", "yesterday", None),
        ("They met on Monday, 4 March.", "Monday, 4 March", None),
        ("They meet every Monday.", "every Monday", None),
        ("They met from Monday to Wednesday.", "from Monday to Wednesday", None),
        ("They met in spring.", "in spring", None),
    ],
)
def test_the_date_of_a_weekday(sentence: str, part: str, day: date | None) -> None:
    begin = sentence.index(part)
    assert resolve_day(sentence, (begin, begin + len(part)), PUBLISHED) == day
    assert resolve_day(sentence, (begin, begin + len(part)), None) is None


def test_a_day_that_is_known_to_be_ahead() -> None:
    assert resolve_day("Talks open on Monday.", (14, 20), PUBLISHED, is_ahead=True) == date(2024, 3, 18)
