"""Which lines within an article are no part of it.

Losing a sentence is worse than keeping a line of furniture. So besides the lines that the tables of `furniture` know,
only lines that are no sentences go: in a box of links, beside a picture's credit, or behind the last sentence once
furniture has begun. A sentence goes only if it is a quote pulled out of the text or a teaser in a box, or if it stands
below readers' comments or a paywall.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.cleaning.furniture import Kind
from corpus.cleaning.lines import Line

MAX_SQUEEZED_WORDS = 3
MAX_LINES_COMPARED = 2_000
MIN_SENTENCES_BEFORE_END = 3
MAX_TEASER_WORDS = 30
MIN_REPEATED_WORDS = 10
"""A shorter quote that stands alone may be a heading."""

MAX_WORDS_BESIDE_AUTHOR = 2
"""As in `About Ana Ruiz`."""

_QUOTES = "\"“”„«»‘'"


def find_furniture(lines: Sequence[Line], title: str, author: str) -> set[int]:
    """Return the indexes of the lines that are no part of the article that `lines` are.

    Args:
        lines: Title, head and text of the article.
        title: Its title; empty where it has none.
        author: Its author; empty where it is not known.
    """
    rules = (_in_boxes, _beside_credits, _squeezed)
    gone = {index for rule in rules for index in rule(lines)} | {*range(_find_end(lines, author), len(lines))}
    gone |= {*_by_kind(lines, gone)}
    gone |= {*_repeated(lines, title, gone)}
    return gone | {*_behind_text(lines, gone)}


def _by_kind(lines: Sequence[Line], gone: set[int]) -> Iterator[int]:
    """Yield the furniture, and the lines that may be some beside furniture, another such line, or what is gone."""
    may_be = [line.is_furniture or line.kind is Kind.WEAK or index in gone for index, line in enumerate(lines)]
    for index, line in enumerate(lines):
        is_beside = any(may_be[i] for i in (index - 1, index + 1) if 0 <= i < len(lines))
        if line.is_furniture or (line.kind is Kind.WEAK and is_beside):
            yield index


def _in_boxes(lines: Sequence[Line]) -> Iterator[int]:
    """Yield what follows the head of a box, up to the next sentence; one short sentence among headings is a teaser."""
    is_box = False
    for index, line in enumerate(lines):
        if line.kind is Kind.SECTION:
            is_box = True
        elif is_box and line.kind is Kind.SENTENCE:
            is_box = line.words <= MAX_TEASER_WORDS and _is_among_headings(lines, index)
        if is_box:
            yield index


def _is_among_headings(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and all(lines[i].kind is not Kind.SENTENCE for i in (index - 1, index + 1))


def _beside_credits(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the caption above a credit or, where there is none, below it."""
    for index, line in enumerate(lines):
        if line.kind is Kind.CREDIT:
            near = [i for i in (index - 1, index + 1) if 0 <= i < len(lines) and lines[i].kind is Kind.OTHER]
            yield from near[:1]


def _squeezed(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the very short lines between two lines of furniture."""
    for index in range(1, len(lines) - 1):
        line = lines[index]
        is_short = line.kind is Kind.OTHER and line.words <= MAX_SQUEEZED_WORDS
        if is_short and lines[index - 1].is_furniture and lines[index + 1].is_furniture:
            yield index


def _find_end(lines: Sequence[Line], author: str) -> int:
    """Return where readers' comments, a paywall or the author's life begin, if some sentences stand before."""
    sentences = 0
    for index, line in enumerate(lines):
        sentences += line.kind is Kind.SENTENCE
        is_life = author and author in line.text and line.words <= len(author.split()) + MAX_WORDS_BESIDE_AUTHOR
        if (line.kind is Kind.END or is_life) and sentences >= MIN_SENTENCES_BEFORE_END:
            return index
    return len(lines)


def _repeated(lines: Sequence[Line], title: str, gone: set[int]) -> Iterator[int]:
    """Yield the title where it stands in the text again, and quotes pulled out of a longer line."""
    heading = Line.of(title).bare if title else ""
    kept = [(index, line.bare) for index, line in enumerate(lines) if index not in gone]
    yield from (index for index, bare in kept if bare == heading and lines[index].kind is not Kind.SENTENCE)
    if len(lines) > MAX_LINES_COMPARED:
        return
    for index, bare in kept:
        is_quote = lines[index].text.strip()[:1] in _QUOTES and lines[index].words >= MIN_REPEATED_WORDS
        if is_quote and any(len(bare) < len(other) and bare in other for _, other in kept):
            yield index


def _behind_text(lines: Sequence[Line], gone: set[int]) -> Iterator[int]:
    """Yield everything behind the last sentence from the first furniture on."""
    behind = takewhile(
        lambda index: lines[index].kind is not Kind.SENTENCE or index in gone, reversed(range(len(lines)))
    )
    first = next((index for index in reversed(list(behind)) if lines[index].is_furniture), len(lines))
    return iter(range(first, len(lines)))
