"""The date of a short answer that only says "Monday" or "yesterday"."""

import re

from corpus.article import format_date
from rag.asking.reading import Candidate
from rag.asking.spans.expected import Sort, expect
from rag.english.days import resolve_day

_AHEAD = re.compile(r"\bwhen(?:\s+(?:will|does|do|is|are|can|must)\b|'s\b|\u2019s\b)", re.IGNORECASE)
"""Asks for a day to come."""


def tell_date(question: str, answer: Candidate) -> str:
    """Return in a sentence which date the short answer means; '' where it says that itself, or it is not known.

    '“Monday” is 14 January 2019, counted from the day of publication.'
    """
    if answer.span is None or expect(question).sort is not Sort.DATE:
        return ""
    is_ahead = bool(_AHEAD.search(question))
    day = resolve_day(answer.text, answer.span, answer.read.found.source.published, is_ahead=is_ahead)
    said = answer.text[slice(*answer.span)]
    return f"“{said}” is {format_date(day)}, counted from the day of publication." if day else ""
