"""Clean the text of a page, as copied from a browser: the article's sentences stay word for word, the rest goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.cleaning.furniture import Kind
from corpus.cleaning.head import find_author, find_head, find_published, list_removable
from corpus.cleaning.headline import split_headline
from corpus.cleaning.imprint import merge_imprints
from corpus.cleaning.lines import Line, join_lines, split_lines
from corpus.cleaning.outlet import find_outlet
from corpus.cleaning.span import Span, find_article
from corpus.cleaning.within import find_furniture


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
    r"""Return the article in the text of a page; the title, where it is known, is taken as given.

    Every line of the result stands in `text`. A text without a sentence is returned as it is.

    Example:
        clean_text("Menu\n\nTalks end\n\nThe talks ended.").title

    Args:
        text: All that the page shows, or an article with little around it.
        title: The article's title; empty where it is not known.
    """
    lines = split_lines(text)
    return _clean(lines, find_article(lines) if lines else Span(-1, 0, 0), text, title)


def clean_extracted(text: str, title: str) -> Cleaned:
    """Return the article in a text that was cut out of its page already: only furniture within it goes.

    Args:
        text: The text.
        title: The article's title; empty where it is not known.
    """
    lines = split_lines(text)
    return _clean(lines, Span(-1, 0, len(lines)), text, title)


def _clean(lines: Sequence[Line], span: Span, text: str, title: str) -> Cleaned:
    if not any(line.kind is Kind.SENTENCE for line in lines):
        headline, body = ("", text.strip()) if title else split_headline(text)
        return Cleaned(body, title or headline)
    at = _find_line(lines, title) if title else span.title
    title = title or (lines[at].text.strip().lstrip("#").strip() if at >= 0 else "")
    top = at if 0 <= at < span.start else span.start
    around = [*lines[: at if at >= 0 else span.start], *lines[span.end :]]
    outlet = find_outlet([line.text for line in around], text)
    head = find_head(lines, at, outlet)
    imprint = merge_imprints(lines[i].text for i in sorted({*head.dates, *head.bylines}))
    outlet = imprint.outlet or outlet
    author = imprint.author or find_author(lines, head, span.end)
    return Cleaned(
        text=_remove_furniture(lines[top : span.end], title, outlet, author, span.start - top) or text.strip(),
        title=title,
        author=author,
        outlet=outlet,
        published=find_published(lines, head, span.end),
        credits="; ".join(line.text.strip() for line in lines if line.kind is Kind.SIGN_OFF),
    )


def _find_line(lines: Sequence[Line], title: str) -> int:
    bare = Line.of(title).bare
    return next((index for index, line in enumerate(lines) if line.bare == bare), -1)


def _remove_furniture(lines: Sequence[Line], title: str, outlet: str, author: str, start: int = 0) -> str:
    """Repeat until nothing more goes, so that cleaning a clean text changes nothing.

    Args:
        lines: Title, head and text of the article.
        title: The title; empty where there is none.
        outlet: Who published it.
        author: Who wrote it.
        start: Where the dense text begins.
    """
    head = find_head(lines, _find_line(lines, title) if title else -1, outlet)
    dropped = {*list_removable(lines, head, start)}
    dropped |= {
        index for index in find_furniture(lines, title, author) if index >= head.end or lines[index].is_furniture
    }
    text = join_lines(lines, dropped)
    return _remove_furniture(split_lines(text), title, outlet, author) if dropped else text
