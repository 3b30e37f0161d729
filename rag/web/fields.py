"""Values of form fields as the browser sends them."""

from datetime import date

from corpus.calendar import read_day


def read_field_day(value: object) -> date | None:
    """Return the day in a field; None where it is empty or cannot be read."""
    try:
        return read_day(str(value or ""))
    except ValueError:
        return None
