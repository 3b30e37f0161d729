"""The text of pictures of pages, read by a machine (OCR): rapidocr, an optional extra whose wheel brings its models."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import median
from threading import Lock
from time import monotonic
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.errors import LoadError
from corpus.loading.columns import WIDE_GAP, Row, order_lines
from corpus.loading.layout import Line
from corpus.loading.limits import Limits
from corpus.progress import Watch

Picture: TypeAlias = NDArray[np.uint8]
"""Of one page: rows, columns, and blue, green, red."""

EXTRA = "rapidocr>=3.10,<4"
REMEDY = f'to have its text read (OCR), install the extra with: pip install "{EXTRA}"'
DOTS_PER_POINT = 200 / 72
"""How finely a page is drawn before it is read: 200 dots an inch."""
LEAST_SCORE = 0.6
"""How sure the machine is of a line that is kept, in [0, 1]."""
SAME_SIZE = (0.75, 1.35)
"""In usual heights of the page: so far the boxes around lines of one type differ."""
_PARAMETERS = {
    "Global.log_level": "critical",
    "Det.limit_type": "max",  # lines are found in a picture so much smaller, and read in the whole one
    "Det.limit_side_len": 1600,
    "Global.use_cls": False,  # it turned upright lines upside down, and so lost them
    "Rec.rec_batch_num": 1,  # lines of one length need no padding
}
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was read of some pages, in order; `note` says which were left out, if any."""

    pages: tuple[list[Line], ...]
    note: str = ""


def recognize(pictures: Iterator[Picture], count: int, source: str, limits: Limits, watch: Watch) -> Recognized:
    """Return the lines of each picture, within the limits in pages and seconds.

    Args:
        pictures: The pages, made one by one.
        count: How many there are.
        source: Where they are from, for messages.
        limits: How much is read.
        watch: Is told of each page.

    Raises:
        LoadError: the extra is not installed, or there are too many pages.
        StoppedError: `watch` stopped the reading.
    """
    engine = _open_engine(source)
    if count > limits.scan_pages:
        most = f"and of pictures at most {limits.scan_pages:,} are read"
        raise LoadError(source, f"has {count:,} pages that are pictures, {most}; split it into smaller files")
    pages: list[list[Line]] = []
    start = monotonic()
    watch.read(0, count, "scanned page")
    for picture in pictures:
        if pages and monotonic() - start > limits.scan_seconds:
            note = f"after {limits.scan_seconds:.0f} seconds {len(pages):,} of {count:,} pictures of pages were read"
            return Recognized(tuple(pages), f"{note}: the rest is left out")
        with _ONE_AT_A_TIME:
            found = engine(picture)
        pages.append(_arrange(found, len(picture)))
        watch.read(len(pages), count, "scanned page")
    return Recognized(tuple(pages))


@lru_cache(maxsize=1)
def _make_engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=_PARAMETERS)


def _open_engine(source: str) -> Any:
    try:
        return _make_engine()
    except ImportError as error:
        raise LoadError(source, f"is a picture or a scan; {REMEDY}") from error


def _arrange(found: Any, height: int) -> list[Line]:
    """Return what the machine read as the lines of a page, in points from its lower left corner, in reading order."""
    if found.boxes is None:
        return []
    lines = [
        _make_line(text.strip(), box, height)
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if score >= LEAST_SCORE and text.strip()
    ]
    return order_lines([_join_near(row) for row in _group_rows(_level(lines))]) if lines else []


def _make_line(text: str, box: NDArray[np.float32], height: int) -> Line:
    left, top = (float(value) / DOTS_PER_POINT for value in box.min(axis=0))
    right, bottom = (float(value) / DOTS_PER_POINT for value in box.max(axis=0))
    foot = height / DOTS_PER_POINT
    return Line(text, left, right, foot - bottom, foot - top)


def _level(lines: Sequence[Line]) -> list[Line]:
    """Give the lines of the usual type one height: boxes differ with the letters in them."""
    usual = median(line.height for line in lines for _ in line.text)
    least, most = (factor * usual for factor in SAME_SIZE)
    return [
        Line(line.text, line.left, line.right, middle - usual / 2, middle + usual / 2)
        if least <= line.height <= most
        else line
        for line in lines
        for middle in [(line.bottom + line.top) / 2]
    ]


def _group_rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that stand beside each other, from left to right; the uppermost first."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if row and (line.bottom + line.top) / 2 < row[0].bottom:
            yield sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    yield sorted(row, key=lambda line: line.left)


def _join_near(row: Row) -> list[Line]:
    """Join the parts of a row that no wide gap is between."""
    parts = [row[0]]
    for last, line in pairwise(row):
        if line.left - last.right > WIDE_GAP * line.height:
            parts.append(line)
        else:
            before = parts[-1]
            parts[-1] = Line(f"{before.text} {line.text}", before.left, line.right, before.bottom, before.top)
    return parts
