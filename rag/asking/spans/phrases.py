"""A span made whole: no half words, no half names or measures, no quotation mark without its partner."""

import re

from corpus.article import Offsets
from embeddings.spans import CLOSERS
from rag.english.countries import find_countries

_LINE_BREAK = re.compile(r"\s*\n\s*")
_HALF = re.compile(r"\b(?:percentage|basis|(?:half|quarters?)\s(?:of\s)?an?|square|cubic)$", re.IGNORECASE)
_REST = re.compile(r"\s(?:percentage\s)?[a-z]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|quarters?))$", re.IGNORECASE)
_SCALED = re.compile(
    r"(?:[\s-](?:hundred|thousand|million|billion|trillion)\b)?(?:\s?%|[\s-]per\s?cent(?:age[\s-]points?)?\b)?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:[Ff]oreign|[Pp]rime|[Dd]efen[cs]e|[Ff]inance|[Ii]nterior|[Dd]eputy|[Pp]resident|[Aa]mbassador)\b"
)
_ARTICLE = re.compile(r"(?:an?|the)$", re.IGNORECASE)
_NOUN = re.compile(r"\s(?:(?:[A-Z][\w'\u2019-]*\s?)+(?<!\s)|[\w'\u2019-]+)")
_LOOSE_END = re.compile(r"(?:,?\s(?:an?|the|and|or|of|as|by))+$")
"""Words that need another behind them."""


def complete(text: str, start: int, end: int) -> Offsets:
    """Return the offsets of the whole phrase that the span `text[start:end]` is a part of.

    A span over a line break keeps what stands behind the last one. `complete("half a percentage point", 0, 17)` is
    `(0, 23)`.
    """
    *_, last = [0, *(found.end() for found in _LINE_BREAK.finditer(text, start, end))]
    start = max(start, last)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    end = _close(text, start, _complete_measure(text, start, end))
    return _balance(text, _take_nationality(text, start, end), end)


def _complete_measure(text: str, start: int, end: int) -> int:
    """Return the end with the rest of a measure: million, per cent, percentage points."""
    if _NUMBER.search(text, start, end) and (scaled := _SCALED.match(text, end)):
        end = scaled.end()
    if _HALF.search(text, start, end) and (rest := _REST.match(text, end)):
        end = rest.end()
    return end


def _close(text: str, start: int, end: int) -> int:
    """Return the end with the noun of a bare article, or without words that need another behind them."""
    if _ARTICLE.match(text[start:end]):
        noun = _NOUN.match(text, end)
        return noun.end() if noun else end
    loose = _LOOSE_END.search(text[start:end])
    return start + loose.start() if loose else end


def _take_nationality(text: str, start: int, end: int) -> int:
    """Return the start with the country that an office belongs to: Russian foreign minister."""
    before = text[max(0, start - 20) : start]
    mentions = find_countries(before) if _TITLE.match(text, start) and before.endswith(" ") else []
    return start - len(before) + mentions[-1].start if mentions and mentions[-1].end == len(before) - 1 else start


def _balance(text: str, start: int, end: int) -> Offsets:
    """Return the span with the partner of a quotation mark or bracket that is in it, or without what lacks one."""
    for opener, closer in CLOSERS.items():
        inside = text[start:end]
        opened, closed = inside.count(opener), inside.count(closer)
        if opener == closer:
            if opened % 2 and opener == inside[:1]:
                start += 1
            elif opened % 2:
                end = start + inside.rindex(opener)
        elif opened > closed:
            found = text.find(closer, end, end + 60)
            end, start = (found + 1, start) if found >= 0 else (end, start + inside.rindex(opener) + 1)
        elif closed > opened:
            end = start + inside.index(closer) if inside.index(closer) > len(inside) // 2 else end
            start = start if end < start + len(inside) else start + inside.index(closer) + 1
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip(" ,;:")), end - len(inside) + len(inside.rstrip(" ,;:"))
