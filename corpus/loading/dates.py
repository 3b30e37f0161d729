"""The day in the value of a date field, in the forms that files, tables and feeds have it in."""

import math
import re
from datetime import UTC, date, datetime
from functools import lru_cache

from dateutil import parser

from corpus.cleaning.dates import find_dates

EARLIEST_YEAR = 1400
"""Before print; EPUBs say the year 101 for a date that is not known."""
EPOCH_SECONDS = range(100_000_000, 10_000_000_000)
"""A number in it counts the seconds since 1970: from 1973 to 2286; one a thousand times larger, milliseconds."""

_NUMBER = re.compile(r"\d{9,13}(?:\.\d+)?")
_COMPACT = re.compile(r"\d{8}(?:T?\d{6}\w*)?")
_YEAR_FIRST = re.compile(r"\d{4}(?:\D|\d{4}\b|\d{4}T)")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}")
"""Written so, the day comes first."""
_WITH_MONTH = re.compile(r"(?=.*[^\W\d_]{3})(?=.*(?<!\d)\d{1,2}(?!\d)).*\b\d{4}\b")
"""A word, a number of one or two digits, and a year."""
_DEFAULTS = datetime(2000, 1, 1), datetime(2004, 2, 2)
"""A part of the date that is not given comes from the default, and so differs between the two."""


def parse_day(value: object) -> date | None:
    """Return the day that a value names, in its own time zone; None where it names no full, likely, or certain day.

    Read are ISO 8601, RFC 822 (e-mail and RSS), SQL, English words ("January 26, 2022"), seconds or milliseconds since
    1970, and 26/01/2022 or 01/26/2022. 05/06/2022 may be of May or June, and is not read.

    >>> parse_day("Wed, 26 Jan 2022 10:00:00 GMT")
    datetime.date(2022, 1, 26)
    """
    if isinstance(value, date):
        day: date | None = value.date() if isinstance(value, datetime) else value
    elif isinstance(value, bool):
        return None
    elif isinstance(value, int | float):
        day = _count_from_epoch(value)
    else:
        day = _parse_text(str(value).strip())
    return day if day and day.year >= EARLIEST_YEAR else None


def _count_from_epoch(value: float) -> date | None:
    seconds = value / 1000 if math.isfinite(value) and int(value) // 1000 in EPOCH_SECONDS else value
    if not math.isfinite(seconds) or int(seconds) not in EPOCH_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def _parse_text(text: str) -> date | None:
    if _NUMBER.fullmatch(text):
        return _count_from_epoch(float(text))
    if text.isdigit() and not _COMPACT.fullmatch(text):  # such as a year alone
        return None
    orders = (False,) if _YEAR_FIRST.match(text) else (True,) if _DOTTED.match(text) else (True, False)
    readings = {_read(text, day_first, default) for day_first in orders for default in _DEFAULTS}
    return readings.pop() if len(readings) == 1 and None not in readings else _read_foreign(text)


def _read(text: str, day_first: bool, default: datetime) -> date | None:
    try:
        return parser.parse(text, default=default, dayfirst=day_first, tzinfos=lambda name, offset: None).date()
    except (ValueError, OverflowError, TypeError):
        return None


@lru_cache(1_000)
def _read_foreign(text: str) -> date | None:
    """Return the day of a line such as `Posted on 26 January 2022`, or of a date in any language."""
    published, updated = find_dates(text)
    if published or updated or not _WITH_MONTH.match(text):
        return published or updated
    import dateparser  # takes seconds to load, and a quarter of one for each date that it cannot read

    wanted = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(text, settings=wanted)
    return found.date() if found else None
