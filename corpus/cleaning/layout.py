"""Where on the page a line stands, and which lines go for it.

Losing a sentence is worse than keeping a line of furniture. So besides the lines that the tables of `furniture` know,
only lines that are no sentences go: before the title, between title and text, in a box of links, beside a picture's
credit, or behind the last sentence once furniture has begun. A sentence goes only if it stands twice, or below the
readers' comments or a paywall.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.cleaning.details import is_date_line, is_role, read_bare_names, read_byline
from corpus.cleaning.furniture import Kind
from corpus.cleaning.lines import Line

MIN_STANDFIRST_WORDS = 8
MIN_REPEATED_WORDS = 5
MAX_SQUEEZED_WORDS = 3
MAX_LINES_COMPARED = 2_000
MIN_SENTENCES_BEFORE_END = 3
SENTENCES_BEFORE_DATE = 2
SENTENCES_BEFORE_BYLINE = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines above the text, as indexes; `title` is -1 where there is none."""

    title: int
    dates: tuple[int, ...]
    bylines: tuple[int, ...]
    names: tuple[int, ...]
    """Lines of nothing but names, below the title or beside a date."""
    end: int
    """Where the text begins; a standfirst may stand before it."""


def find_opening(lines: Sequence[Line], title: str, outlet: str) -> Opening:
    """Find title, dates and bylines among the lines before the first few sentences."""
    early = _first_others(lines, SENTENCES_BEFORE_BYLINE)
    at = next((index for index in early if title and lines[index].bare == Line.of(title).bare), -1)
    dates = [i for i in _first_others(lines, SENTENCES_BEFORE_DATE) if i != at and is_date_line(lines[i].text)]
    below = [index for index in early if index > at and index not in dates]
    bylines = [index for index in below if read_byline(lines[index].text)]
    beside = {near for index in (at, *dates) for near in (index - 1, index + 1)} if at >= 0 or dates else set()
    names = [i for i in below if i in beside and lines[i].text.strip() != outlet and read_bare_names(lines[i].text)]
    end = max((at, *dates, *bylines, *names)) + 1
    while end < len(lines) and _belongs_to_opening(lines[end], outlet):
        end += 1
    return Opening(at, tuple(dates), tuple(bylines), tuple(names), end)


def _first_others(lines: Sequence[Line], sentences: int) -> list[int]:
    """Return the lines, neither sentences nor furniture, before the sentence of this number."""
    found, seen = [], 0
    for index, line in enumerate(lines):
        seen += line.kind is Kind.SENTENCE
        if seen == sentences:
            break
        if line.kind is Kind.OTHER:
            found.append(index)
    return found


def _belongs_to_opening(line: Line, outlet: str) -> bool:
    has_no_letter = not any(map(str.isalpha, line.text))
    is_detail = has_no_letter or is_role(line.text) or bool(outlet and line.text.strip().startswith(outlet))
    return line.is_furniture or (line.kind is Kind.OTHER and is_detail)


def find_furniture(lines: Sequence[Line], opening: Opening, title: str) -> set[int]:
    """Return the indexes of the lines that are no part of the article."""
    end = _find_end(lines)
    rules = (_by_kind, _in_boxes, _beside_credits, _squeezed)
    gone = {index for rule in rules for index in rule(lines) if index >= opening.end or lines[index].is_furniture}
    gone |= {*_in_opening(lines, opening), *range(end, len(lines))}
    gone |= {*_repeated(lines, title, gone)}
    return gone | {*_behind_text(lines, gone)}


def _by_kind(lines: Sequence[Line]) -> Iterator[int]:
    return (index for index, line in enumerate(lines) if line.is_furniture)


def _in_boxes(lines: Sequence[Line]) -> Iterator[int]:
    """Yield what follows the head of a box, up to the next sentence."""
    is_box = False
    for index, line in enumerate(lines):
        is_box = line.kind is Kind.SECTION or (is_box and line.kind is not Kind.SENTENCE)
        if is_box:
            yield index


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


def _in_opening(lines: Sequence[Line], opening: Opening) -> Iterator[int]:
    """Yield what stands before the text, but for sentences and a standfirst."""
    details = {*opening.dates, *opening.bylines, *opening.names}
    for index, line in enumerate(lines[: opening.end]):
        is_standfirst = index > opening.title >= 0 and line.words >= MIN_STANDFIRST_WORDS and index not in details
        if line.kind is not Kind.SENTENCE and not (line.kind is Kind.OTHER and is_standfirst):
            yield index


def _find_end(lines: Sequence[Line]) -> int:
    """Return where readers' comments or a paywall begin, if some sentences stand before."""
    sentences = 0
    for index, line in enumerate(lines):
        sentences += line.kind is Kind.SENTENCE
        if line.kind is Kind.END and sentences >= MIN_SENTENCES_BEFORE_END:
            return index
    return len(lines)


def _repeated(lines: Sequence[Line], title: str, gone: set[int]) -> Iterator[int]:
    """Yield the lines that stand in the text a second time: the title, and quotes pulled out of a longer line."""
    heading = Line.of(title).bare if title else ""
    kept = [(index, line.bare) for index, line in enumerate(lines) if index not in gone]
    yield from (index for index, bare in kept if bare == heading and lines[index].kind is not Kind.SENTENCE)
    if len(lines) > MAX_LINES_COMPARED:
        return
    seen = {heading}
    for index, bare in kept:
        if lines[index].words < MIN_REPEATED_WORDS:
            continue
        if bare in seen or any(len(bare) < len(other) and bare in other for _, other in kept):
            yield index
        seen.add(bare)


def _behind_text(lines: Sequence[Line], gone: set[int]) -> Iterator[int]:
    """Yield everything behind the last sentence from the first furniture on."""
    behind = takewhile(
        lambda index: lines[index].kind is not Kind.SENTENCE or index in gone, reversed(range(len(lines)))
    )
    first = next((index for index in reversed(list(behind)) if lines[index].is_furniture), len(lines))
    return iter(range(first, len(lines)))
