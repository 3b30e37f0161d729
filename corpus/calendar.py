"""The names of months and days in English, whatever language the machine is set to, and days as programs write them."""

from datetime import date

MONTHS = tuple("January February March April May June July August September October November December".split())
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def read_day(text: str | None) -> date | None:
    """Return the day that a person or a program gives as 2022-01-26; None for no text.

    Raises:
        ValueError: it is written otherwise, or there is no such day; the message may be shown.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # 20220126 and 2022-W04-3 are ISO dates, too
        raise ValueError(f"{text[:60]!r} is not a day; write it like 2022-01-26")
    return day
