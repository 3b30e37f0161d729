"""Values of form fields as the browser sends them."""

import re
from contextlib import suppress
from datetime import date, timedelta

from corpus.article import format_date
from corpus.calendar import read_day
from rag.english.dates import REPORTED_WITHIN, list_dates

PERIODS = "2022, May 2022 or 4 May 2022"
"""How days are written in the fields that `read_field_day` reads."""


def read_field_day(value: object, *, is_last: bool = False) -> date | None:
    """Return the day in a field, of a month or a year the first or the last; None where it is empty or unreadable.

    Example:
        >>> read_field_day("May 2022", is_last=True)
        datetime.date(2022, 5, 31)
    """
    text = " ".join(str(value or "").split())
    found = next(iter(list_dates(text)), None)
    if found is None or found.text != text or found.period is None:
        return None
    first, last_report = found.period
    last = last_report - timedelta(days=REPORTED_WITHIN)
    if first != last and len(re.findall(r"\d+", text)) > 2:  # 5/4/2022: of April or of May?
        return None
    return last if is_last else first


def read_single_day(text: str) -> date | None:
    """Return the day in a field that takes no month and no year; None where the field is empty.

    Raises:
        ValueError: There is no such day, or it may be several; the message may be shown.
    """
    with suppress(ValueError):
        return read_day(text.strip())
    day = read_field_day(text)
    if day is None or day != read_field_day(text, is_last=True):
        raise ValueError(f"{text.strip()[:60]!r} is not a day; write it like 26 January 2022")
    return day


def write_day(day: date | None) -> str:
    """Return a day as a field shows it and `read_single_day` reads it: "26 January 2022"; empty for none."""
    written = format_date(day)
    return written if day is None or read_field_day(written) == day else day.isoformat()
