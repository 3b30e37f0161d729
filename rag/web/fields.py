"""Values of form fields as the browser sends them."""

import re
from datetime import date, timedelta

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
