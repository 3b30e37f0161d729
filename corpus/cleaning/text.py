"""Clean the text of a page, as copied from a browser: the article's sentences stay word for word, the rest goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from corpus.cleaning.details import Dates, find_dates, find_outlet, is_date_line, read_bare_names, read_byline
from corpus.cleaning.furniture import Kind
from corpus.cleaning.headline import MAX_HEADLINE_CHARACTERS, split_headline
from corpus.cleaning.layout import Opening, find_furniture, find_opening
from corpus.cleaning.lines import Line, join_lines, split_lines

MIN_HEADLINE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article found in a page's text; what was not found is empty."""

    text: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    published: date | None = None
    credits: str = ""


def clean_text(text: str, title: str = "") -> Cleaned:
    """Return the article in `text`; the title, where it is known, is taken as given.

    Every line of the result stands in `text`. A text without a sentence is returned as it is.
    """
    lines = split_lines(text)
    if not any(line.kind is Kind.SENTENCE for line in lines):
        headline, body = ("", text.strip()) if title else split_headline(text)
        return Cleaned(body, title or headline)
    head = _head(lines)
    likely_title = title or _find_title(head, "")
    names = [line.text.strip() for line in head]
    above = names[: names.index(likely_title)] if likely_title in names else []
    outlet = find_outlet(above, [line.text for line in lines if line.is_furniture], text)
    title = title or _find_title(head, outlet)
    opening = find_opening(lines, title, outlet)
    dates = _find_published(lines, opening)
    return Cleaned(
        text=_remove_furniture(lines, title, outlet),
        title=title,
        author=_find_author(lines, opening),
        outlet=outlet,
        published=dates.published or dates.updated,
        credits="; ".join(line.text.strip() for line in lines if line.kind is Kind.SIGN_OFF),
    )


def _remove_furniture(lines: Sequence[Line], title: str, outlet: str) -> str:
    """Repeat until nothing more goes, so that cleaning a clean text changes nothing."""
    dropped = find_furniture(lines, find_opening(lines, title, outlet), title)
    text = join_lines(lines, dropped)
    return _remove_furniture(split_lines(text), title, outlet) if dropped else text


def _head(lines: Sequence[Line]) -> list[Line]:
    """Return the lines before the first sentence that may be a title or an outlet."""
    head = takewhile(lambda line: line.kind is not Kind.SENTENCE, lines)
    return [line for line in head if line.kind is Kind.OTHER]


def _find_title(head: Sequence[Line], outlet: str) -> str:
    """Return the first line with enough words; where all are short, the last of the longest."""
    titles = [line for line in head if _may_be_title(line.text.strip(), outlet)]
    enough = min(MIN_HEADLINE_WORDS, max((line.words for line in titles), default=0))
    found = [line.text.strip().lstrip("#").strip() for line in titles if line.words >= enough]
    return found[0 if enough == MIN_HEADLINE_WORDS else -1] if found else ""


def _may_be_title(text: str, outlet: str) -> bool:
    is_name = bool(outlet) and (text == outlet or text.startswith((f"{outlet} — ", f"{outlet} - ", f"{outlet} <")))
    is_detail = is_name or is_date_line(text) or bool(read_byline(text))
    is_listing = "@" in text or "  " in text or "\t" in text or text.count(" | ") > 1
    return (
        any(map(str.isalpha, text))
        and not (is_detail or is_listing)
        and len(text) <= MAX_HEADLINE_CHARACTERS
        and text[-1] not in ",;:"
    )


def _find_published(lines: Sequence[Line], opening: Opening) -> Dates:
    found = [find_dates(lines[index].text) for index in opening.dates]
    return Dates(*(next(filter(None, days), None) for days in zip(*found, strict=True))) if found else Dates(None, None)


def _find_author(lines: Sequence[Line], opening: Opening) -> str:
    """Return the names behind a "By", else those that stand alone below the title or beside the date."""
    named = (read_byline(lines[index].text) for index in opening.bylines)
    alone = (read_bare_names(lines[index].text) for index in opening.names)
    return next(filter(None, named), "") or next(filter(None, alone), "")
