"""The lines between an article's title and its text: bylines, dates, and what is no part of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.cleaning.byline import is_role, read_agency, read_bare_names, read_byline
from corpus.cleaning.dates import Dates, find_dates, is_date_line, names_publication
from corpus.cleaning.furniture import Kind
from corpus.cleaning.lines import Line

MIN_STANDFIRST_WORDS = 8
LINES_ABOVE_TITLE = 3
LINES_BELOW_TEXT, DATE_LINES_BELOW_TEXT = 5, 10
SENTENCES_BEFORE_DATE = 2
SENTENCES_BEFORE_BYLINE = 4
MAX_LINES_BETWEEN = 3
MAX_BOX_WORDS = 25
MAX_TOPIC_WORDS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """The details above the text, as indexes; `title` is -1 where there is none."""

    title: int
    dates: tuple[int, ...]
    bylines: tuple[int, ...]
    names: tuple[int, ...]
    """Lines of nothing but names, near the title, a date or a role."""
    end: int
    """Where the text begins; a standfirst may stand before it."""


def find_head(lines: Sequence[Line], title: int, outlet: str) -> Head:
    """Find dates and bylines between the title, or the few lines above it, and the first few sentences."""
    first = max(0, title - LINES_ABOVE_TITLE)
    dates = [
        i
        for i in _first_others(lines, first, title, SENTENCES_BEFORE_DATE)
        if i != title and is_date_line(lines[i].text)
    ]
    early = [i for i in _first_others(lines, first, title, SENTENCES_BEFORE_BYLINE) if i != title]
    bylines = [i for i in early if read_byline(lines[i].text) or read_agency(lines[i].text)]
    anchors = {i for i in early if is_role(lines[i].text)} | {*dates, *({title} if title >= 0 else ())}
    names = [
        i
        for i in early
        if i > title
        and i not in dates
        and lines[i].text.strip() != outlet
        and any(0 < abs(i - anchor) <= (1 if anchor == title else 2) for anchor in anchors)
        and read_bare_names(lines[i].text)
    ]
    end = max((title, *dates, *bylines, *names)) + 1
    while end < len(lines) and _belongs_to_head(lines[end], outlet):
        end += 1
    if dates and _is_topic(lines[end : end + 2]):
        end += 1
    return Head(title, tuple(dates), tuple(bylines), tuple(names), end)


def list_removable(lines: Sequence[Line], head: Head, start: int) -> Iterator[int]:
    """Yield what stands before the text, but for sentences and a standfirst below the title.

    Args:
        lines: Title, head and text of the article.
        head: What was found above the text.
        start: Where the dense text begins; more than a few lines between it and the head are a box.
    """
    details = {*head.dates, *head.bylines, *head.names}
    others = (i for i in range(head.end, start) if lines[i].kind is not Kind.SENTENCE)
    between = [i for i in others if lines[i].words <= MAX_BOX_WORDS]
    yield from between if len(between) > MAX_LINES_BETWEEN else ()
    for index, line in enumerate(lines[: head.end]):
        is_below = index > head.title >= 0 and index not in details
        is_standfirst = line.kind is Kind.OTHER and line.words >= MIN_STANDFIRST_WORDS
        if index == head.title or not (line.kind is Kind.SENTENCE or (is_below and is_standfirst)):
            yield index


def find_published(lines: Sequence[Line], head: Head, end: int) -> date | None:
    """Return the day of publication, else that of the last change, from the head or from just below the text."""
    below = range(end, min(end + DATE_LINES_BELOW_TEXT, len(lines)))
    for indexes in (head.dates, [i for i in below if _is_marked(lines[i])]):
        found = [find_dates(lines[index].text) for index in indexes]
        days = Dates(*(next(filter(None, column), None) for column in zip(*found, strict=True))) if found else None
        if days and (days.published or days.updated):
            return days.published or days.updated
    return None


def find_author(lines: Sequence[Line], head: Head, end: int) -> str:
    """Return the names behind a "By", else those that stand alone in the head, else an agency's."""
    below = range(end, min(end + LINES_BELOW_TEXT, len(lines)))
    readers = (
        (read_byline, head.bylines),
        (read_bare_names, head.names),
        (read_byline, below),
        (read_agency, (*head.bylines, *head.names)),
    )
    return next((name for read, indexes in readers for i in indexes if (name := read(lines[i].text))), "")


def _is_marked(line: Line) -> bool:
    """Whether `line` says that its date is the article's: `First published on 3 May 2024`."""
    return line.kind is not Kind.SENTENCE and is_date_line(line.text) and names_publication(line.text)


def _first_others(lines: Sequence[Line], first: int, title: int, sentences: int) -> list[int]:
    """Return the lines that are no sentences, from `first` on, before the sentence of this number below the title."""
    found, seen = [], 0
    for index in range(first, len(lines)):
        seen += index > title and lines[index].kind is Kind.SENTENCE
        if seen == sentences:
            break
        if lines[index].kind is not Kind.SENTENCE:
            found.append(index)
    return found


def _is_topic(lines: Sequence[Line]) -> bool:
    """Whether the first of two lines is a word or two above the first sentence, as the name of the section is."""
    return [line.kind for line in lines] == [Kind.OTHER, Kind.SENTENCE] and lines[0].words <= MAX_TOPIC_WORDS


def _belongs_to_head(line: Line, outlet: str) -> bool:
    has_no_letter = not any(map(str.isalpha, line.text))
    is_detail = has_no_letter or is_role(line.text) or bool(outlet and line.text.strip().startswith(outlet))
    return line.is_furniture or (line.kind is Kind.OTHER and is_detail)
