"""Where the paragraphs of a text begin and end."""

import re
from collections.abc import Iterator
from typing import TypeAlias

Offsets: TypeAlias = tuple[int, int]
"""A half-open range of characters: `text[start:end]`."""

WRAPPED_LINE_CHARACTERS = 100

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINE_END = re.compile(r"\n")


def split_paragraphs(text: str) -> Iterator[Offsets]:
    """Yield the offsets of every paragraph; white space around one may be a part of it.

    A blank line always ends a paragraph. A single line break does too, unless the text is wrapped by hand (no line
    over 100 characters).
    """
    wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED_LINE_CHARACTERS
    start = 0
    for gap in (_BLANK_LINE if wrapped else _LINE_END).finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)
