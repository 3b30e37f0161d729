"""From the lines of printed pages to paragraphs: pure functions of where the lines stand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from corpus.cleaning import read_imprint

EDGE_LINES = 3
"""How many lines at the head and at the foot of a page may be furniture."""

MIN_REPEATS = 3
"""On how many pages a line stands that is furniture; of two pages, on both."""

IMPRINT_LINES = 6
"""How far down the first page a line may name outlet, author and day; it stands alone."""

HYPHENS = "-\u00ad\u2010\ufffe"
"""What a divided word's first half may end with; PDFium writes the last for a hyphen at a line's end."""

_CONJUNCTIONS = {"and", "or", "to", "und", "oder"}
"""Before these a hyphen stands for the end of a later word, as in short- and long-term."""

_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'\u2019”»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and its edges, in points from the lower left corner of its page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """The size of its type."""
        return self.top - self.bottom


Page: TypeAlias = Sequence[Line]


def drop_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Leave out the lines at the heads and feet of pages that repeat, but for their numbers, and page numbers."""
    edges = [_find_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in {_mask_numbers(line) for line in page})
    repeated = {key for key, count in counts.items() if count >= max(2, min(MIN_REPEATS, len(pages)))}
    return [
        [line for line in page if line not in edge or not (_mask_numbers(line) in repeated or _counts(line, number))]
        for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1)
    ]


def _find_edges(page: Page) -> set[Line]:
    lines = sorted(page, key=lambda line: line.bottom)
    return {*lines[:EDGE_LINES], *lines[-EDGE_LINES:]}


def _mask_numbers(line: Line) -> str:
    """Return the line without its numbers; with them where it is a row of numbers, as of a table."""
    numbers = re.findall(r"\d+", line.text)
    is_row = len(numbers) > 2 and not any(map(str.isalpha, line.text))
    return line.text if is_row else re.sub(r"\d+", "#", line.text).casefold()


def _counts(line: Line, number: int) -> bool:
    """Whether the line is this page's number, as in `3`, `- 3 -` or `Page 3 of 8`."""
    return bool(re.fullmatch(rf"\W*(page|seite|p\.)?\W*{number}(\s*(of|von|/)\s*\d+)?\W*", line.text, re.I))


def find_heading(page: Page) -> str:
    """Return the text in the largest type of the page; empty where no type is clearly larger than most."""
    if not page:
        return ""
    largest = max(line.height for line in page)
    if largest < 1.15 * median(line.height for line in page for _ in line.text):
        return ""
    first = next(index for index, line in enumerate(page) if line.height == largest)
    last = first
    while last + 1 < len(page) and _has_same_size(page[last], page[last + 1]):
        last += 1
    return _join([line.text for line in page[first : last + 1]], set())


def join_lines(pages: Sequence[Page]) -> list[str]:
    """Return the paragraphs that the lines make up, across columns and pages; divided words are whole again."""
    hyphenated = {word.lower() for page in pages for line in page for word in _HYPHENATED.findall(line.text)}
    return [_join(paragraph, hyphenated) for paragraph in _group_lines(pages)]


def _group_lines(pages: Sequence[Page]) -> Iterator[list[str]]:
    pitch = _measure_pitch(pages)
    imprints = {line for page in pages[:1] for line in page[:IMPRINT_LINES] if read_imprint(line.text)}
    paragraph: list[str] = []
    last: Line | None = None
    for page in pages:
        for line in page:
            if last and (imprints & {last, line} or _starts_paragraph(last, line, page, pitch)):
                yield paragraph
                paragraph = []
            paragraph.append(line.text)
            last = line
    if paragraph:
        yield paragraph


def _measure_pitch(pages: Sequence[Page]) -> float:
    """Return how far lines usually stand below each other, in heights of their type."""
    steps = (
        (last.bottom - line.bottom) / line.height
        for page in pages
        for last, line in pairwise(page)
        if last.bottom > line.bottom
    )
    return median([*steps] or [1.0])


def _starts_paragraph(last: Line, line: Line, page: Page, pitch: float) -> bool:
    if last.text[-1] in HYPHENS and line.text[0].islower():
        return False
    if not _has_same_size(last, line):
        return True
    ended = bool(_ENDS_SENTENCE.search(last.text))
    step = (last.bottom - line.bottom) / line.height
    if not 0 < step < 4 * pitch:  # the next column or page
        return ended
    is_indented = line.left - last.left > 0.7 * line.height
    return step > 1.35 * pitch or (ended and (is_indented or _was_cut(last, line, page)))


def _was_cut(last: Line, line: Line, page: Page) -> bool:
    """Whether the line's first word had room on the line before."""
    column = (each for each in page if abs(each.left - line.left) < 2 * line.height and _has_same_size(each, line))
    edge = max(each.right for each in column)
    word = len(line.text.split()[0]) + 2
    return last.right + word * (line.right - line.left) / len(line.text) < edge


def _has_same_size(last: Line, line: Line) -> bool:
    return abs(line.height - last.height) <= 0.15 * last.height


def _join(lines: list[str], hyphenated: set[str]) -> str:
    beginnings = [_end_line(line, following, hyphenated) for line, following in pairwise(lines)]
    return "".join([*beginnings, lines[-1].rstrip(HYPHENS[1:])])


def _end_line(line: str, following: str, hyphenated: set[str]) -> str:
    """Return the line as it is written before the following one: with a space, or without its hyphen."""
    stem = line.rstrip(HYPHENS)
    if stem == line or not stem or not stem[-1].isalnum() or not following[0].isalnum():
        return f"{line} "
    if following.split()[0] in _CONJUNCTIONS:
        return f"{stem}- "
    halves = re.search(r"[^\W\d_]*$", stem), re.match(r"[^\W\d_]*", following)
    word = "-".join(half[0] for half in halves if half).lower()
    is_divided = following[0].islower() and word not in hyphenated and stem[-1].isalpha()
    return stem if is_divided else f"{stem}-"
