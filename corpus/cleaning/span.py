"""Find where on a page the article stands: the densest run of lines that are prose.

Each line counts for or against its neighbourhood being an article, and the article is the run of lines with the highest
sum (maximum subsequence segmentation, Pasternack and Roth 2009). It needs no word of the page's language.
"""

import re
from collections.abc import Sequence, Set
from itertools import accumulate
from typing import NamedTuple

from corpus.cleaning.furniture import Kind
from corpus.cleaning.lines import Line
from corpus.cleaning.title import choose_first, choose_title, find_details

MAX_PROSE_WORDS = 50
"""More words in one line count no more."""

LONELY_SHARE = 0.5
"""What a line of prose counts for that has no other near: a teaser, a notice."""

NEAR = 2
"""How many lines away prose is near."""

AGAINST = {Kind.OTHER: -4.0, Kind.WEAK: -8.0, Kind.FURNITURE: -10.0, Kind.SECTION: -25.0, Kind.END: -60.0}
AGAINST_SMALL = -2.0
"""For a caption, a credit or a sign-off, which stand within articles."""

AGAINST_ENTRY = -0.5
"""For the entry of a list of dates or results, which menus do not have."""

MIN_ENTRY_WORDS = 4

START_GAIN, START_LINES = 20.0, 4
"""For an article that begins this few lines below a byline or date."""

MIN_FURNITURE_LINES = 3
MIN_MENU_LINES = 9
MAX_TAIL_LINES = 20
MAX_GAP_LINES = 6
MAX_BOX_LINES, MIN_PROSE_WORDS = 3, 25


_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?", re.IGNORECASE)


class Span(NamedTuple):
    """Where the article stands, as indexes of the page's lines."""

    title: int
    """-1 where no line is likely to be it."""
    start: int
    """Of the text; what stands between it and the title is byline, date, standfirst, or a box."""
    end: int


def find_article(lines: Sequence[Line]) -> Span:
    """Return where title and text of the article stand; a text with little furniture is one from end to end."""
    details = find_details(lines)
    if not is_page(lines):
        first = _skip_others(lines)
        title = choose_title(lines, first, len(lines), details)
        return Span(title if title >= 0 else choose_first(lines[:first], details), 0, len(lines))
    start, end = find_densest(lines, details)
    return Span(choose_title(lines, start, end, details), start, _extend(lines, end))


def is_page(lines: Sequence[Line]) -> bool:
    """Whether the lines are a whole page and not an article alone: they hold some furniture, or begin with a menu."""
    furniture = sum(line.is_furniture or line.kind is Kind.WEAK for line in lines)
    return furniture >= MIN_FURNITURE_LINES or _skip_others(lines) >= MIN_MENU_LINES


def find_densest(lines: Sequence[Line], details: Set[int]) -> tuple[int, int]:
    """Return where the densest prose begins and ends; all of the lines where there is no prose.

    Args:
        lines: The lines of the page.
        details: The indexes of bylines and dates.
    """
    sums = [0.0, *accumulate(_weigh(lines))]
    gains = [START_GAIN * any(i - step in details for step in range(1, START_LINES + 1)) for i in range(len(sums))]
    first, best, span = 0, 0.0, (0, len(lines))
    for end in range(1, len(sums)):
        if sums[end] - sums[first] + gains[first] > best:
            best, span = sums[end] - sums[first] + gains[first], (first, end)
        if sums[end] - gains[end] <= sums[first] - gains[first]:
            first = end
    return span


def _skip_others(lines: Sequence[Line]) -> int:
    return next((index for index, line in enumerate(lines) if line.kind is Kind.SENTENCE), 0)


def _weigh(lines: Sequence[Line]) -> list[float]:
    prose = [line.kind is Kind.SENTENCE for line in lines]
    return [_weigh_line(line, sum(prose[max(0, i - NEAR) : i + NEAR + 1]) > 1) for i, line in enumerate(lines)]


def _weigh_line(line: Line, is_near_prose: bool) -> float:
    if "\t" in line.text or _TIME.fullmatch(line.text.strip()):  # the row of a table, the hour in a running report
        return 0
    if line.kind is Kind.SENTENCE:
        return min(line.words, MAX_PROSE_WORDS) * (1 if is_near_prose else LONELY_SHARE)
    return AGAINST_ENTRY if _is_entry(line) else AGAINST.get(line.kind, AGAINST_SMALL)


def _is_entry(line: Line) -> bool:
    return line.kind is Kind.OTHER and line.words >= MIN_ENTRY_WORDS and any(map(str.isdigit, line.text))


def _join_prose(lines: Sequence[Line], end: int) -> int:
    """Return the end behind prose that follows with only a few lines between, or with a box that it goes round."""
    for index in range(end, len(lines)):
        if lines[index].kind is Kind.SENTENCE:
            end = index + 1
        elif index - end >= MAX_GAP_LINES or _stops(lines, index):
            break
    return end


def _stops(lines: Sequence[Line], index: int) -> bool:
    """Whether a line ends the article: it begins a box of links, and no long prose follows within a few lines."""
    below = lines[index + 1 : index + 1 + MAX_BOX_LINES]
    is_within = any(line.kind is Kind.SENTENCE and line.words >= MIN_PROSE_WORDS for line in below)
    return lines[index].kind is Kind.END or (lines[index].kind is Kind.SECTION and not is_within)


def _extend(lines: Sequence[Line], end: int) -> int:
    """Return the end with what follows the prose: more prose close by, a list, a last line, up to furniture."""
    end = _join_prose(lines, end)
    others = 0
    for index in range(end, len(lines)):
        others += not _is_entry(lines[index])
        if lines[index].is_furniture or others > MAX_TAIL_LINES:
            return index if lines[index].is_furniture else end
    return end
