"""The reading order of printed lines: columns that a file draws row by row, and pages that it draws upwards."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from corpus.loading.layout import Line

Row: TypeAlias = Sequence[Line]
"""What a file draws as one line, cut where a wide gap is."""

WIDE_GAP = 1.2
"""In heights of the type: a gap between two words that may lie between columns."""
MIN_ROWS = 4
"""Rows that must be cut at one place; fewer are a table, or chance."""
MIN_WORDS = 3
"""Words of the middle part of a column: cells of tables have fewer."""
MOSTLY = 0.8
SIDES = (False, True)


def order_lines(rows: Sequence[Row]) -> list[Line]:
    """Return the lines of a page in the order in which people read them: downwards, and column by column."""
    steps = [last[0].bottom < row[0].bottom for last, row in pairwise(rows)]
    if steps and sum(steps) > MOSTLY * len(steps):
        rows = rows[::-1]
    return list(_read_blocks(rows))


def _read_blocks(rows: Sequence[Row]) -> Iterator[Line]:
    block: list[Row] = []
    for row in rows:
        if not _fits(row, block):
            yield from _read_block(block)
            block = []
        block.append(row)
    yield from _read_block(block)


def _fits(row: Row, block: Sequence[Row]) -> bool:
    """Whether the rows, this one with them, leave a gutter free from top to bottom."""
    cut = [each for each in (*block, row) if len(each) > 1]
    if not cut:
        return not block
    return _find_gutter((*block, row)) is not None


def _find_gutter(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Return the edges of the leftmost strip that no line of the rows crosses; None where there is none."""
    first = next((row for row in rows if len(row) > 1), None)
    if first is None:
        return None
    for last, line in pairwise(first):
        left, right = last.right, line.left
        for each in (line for row in rows for line in row):
            if each.left < right and each.right > left:
                left, right = (each.right, right) if each.left < left else (left, each.left)
        if left < right:
            return left, right
    return None


def _read_block(rows: Sequence[Row]) -> Iterator[Line]:
    gutter = _find_gutter(rows)
    if gutter is None or not _is_prose(rows, gutter):
        yield from (_join_row(row) for row in rows)
        return
    middle = sum(gutter) / 2
    for is_right in SIDES:
        parts = ([line for line in row if (line.left > middle) is is_right] for row in rows)
        yield from _read_blocks([part for part in parts if part])


def _is_prose(rows: Sequence[Row], gutter: tuple[float, float]) -> bool:
    """Whether text stands on both sides, rather than the cells of a table."""
    middle = sum(gutter) / 2
    if sum(len({line.left > middle for line in row}) > 1 for row in rows) < MIN_ROWS:
        return False
    sides = [[len(line.text.split()) for row in rows for line in row if (line.left > middle) is side] for side in SIDES]
    return all(median(words) >= MIN_WORDS for words in sides)


def _join_row(row: Row) -> Line:
    return replace(row[0], text=" ".join(line.text for line in row), right=row[-1].right)
