"""Plain text, from files or pasted: one article each, without the furniture of the page it was copied from."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.article import Article
from corpus.cleaning import Cleaned, clean_text, list_doubts
from corpus.errors import ArticleError, LoadError
from corpus.language import find_language
from corpus.loading.html import read_page
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.passages import is_book

FIRST_PAGES = 20_000
"""Characters of a book that its title, author and date are looked for in."""
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|p|h1|section)\b[^>]*>", re.I | re.S
)


class TextLoader(ArticleLoader):
    """Reads a `.txt` file. Where its text has no title, it is called after the file."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        yield _read_article(self.source, self.read_text(), self.path.stem)


def read_pasted(text: str, source: str = "pasted text") -> Loaded:
    """Return the article in what a user has pasted: a page's text, or its HTML.

    Raises:
        LoadError: there is no article in it.
    """
    if not text.strip():
        raise LoadError(source, "is empty")
    if _HTML.match(text):
        return read_page(source, text.encode("utf-8", "replace"))
    return _read_article(source, text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_article(source: str, text: str, title: str = "") -> Loaded:
    """Clean `text`; where that took something away, the text as given is the original, and doubts are noted."""
    cleaned = _clean_book(text) if is_book(text) else clean_text(text)
    is_whole = text.split() == f"{cleaned.title} {cleaned.text}".split()
    try:
        return Loaded(source, Article(
            text=cleaned.text,
            title=cleaned.title or title,
            outlet=cleaned.outlet,
            author=cleaned.author,
            published=cleaned.published,
            language=find_language(cleaned.text),
            credits=cleaned.credits,
            original=b"" if is_whole else text.encode(),
        ), () if is_whole else list_doubts(cleaned))  # fmt: skip
    except (ArticleError, UnicodeEncodeError) as error:
        raise LoadError(source, str(error)) from error


def _clean_book(text: str) -> Cleaned:
    """Take title, author and date from the first pages of a book, and leave its text whole: no web page is so long."""
    start = text[: text.rfind("\n", 0, FIRST_PAGES) + 1]
    return replace(clean_text(start) if start.strip() else Cleaned(""), text=text.strip(), credits="")
