"""PDF files: one article each."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from typing import cast

import pypdfium2
from pypdfium2 import raw

from corpus.errors import LoadError
from corpus.loading.columns import WIDE_GAP, order_lines
from corpus.loading.details import clean_name, clean_title, make_article
from corpus.loading.layout import Line, drop_running_lines, find_heading, join_lines
from corpus.loading.loader import ArticleLoader, Loaded

_PDFIUM = Lock()
"""PDFium must not be entered by two threads at once."""

_PIECES = re.compile("[^\r\n\ufffe]+\ufffe?")
_WORD = re.compile(r"[^\s\xa0]+")
_LETTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LETTERS |= {code: None for code in (*range(32), 0x7F, 0x200B, 0xFEFF, 0xFFFF) if chr(code) not in "\t\n\r"}
"""Ligatures such as \ufb01, spelled out; what is no letter at all, left out."""


class PdfLoader(ArticleLoader):
    """Reads a `.pdf` file with text in it. Lines are joined to paragraphs, and what repeats on its pages is left out.

    The title comes from its properties, its largest type, its first line or its name. It has no date of publication:
    the dates in its properties say when the file was made.
    """

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        try:
            with _PDFIUM, closing(pypdfium2.PdfDocument(content)) as document:
                details = document.get_metadata_dict()
                pages = self._read_pages(document)
        except pypdfium2.PdfiumError as error:
            raise LoadError(self.source, _explain(error)) from error
        if not any(pages):
            remedy = "run it through text recognition (OCR) first"
            raise LoadError(self.source, f"holds no text but only pictures, as a scanned paper does; {remedy}")
        clean = drop_running_lines(pages)
        title = _choose_title(clean_title(details["Title"]), find_heading(next(filter(None, clean), [])))
        author = clean_name(details["Author"])
        yield Loaded(self.source, make_article(title, join_lines(clean), self.path.stem, content, author))

    def _read_pages(self, document: pypdfium2.PdfDocument) -> list[list[Line]]:
        if len(document) > self.limits.pages:
            raise LoadError(
                self.source,
                f"has {len(document):,} pages, and at most {self.limits.pages:,} are read; split it into smaller files",
            )
        return [order_lines(list(_read_rows(page))) for page in self._each_watched(document)]

    def _each_watched(self, document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
        for number, page in enumerate(document, start=1):
            yield page
            self.watch.read(number, len(document), "page")


def _choose_title(title: str, heading: str) -> str:
    """Return the title in the properties, or the heading: also where the title is that and a paper's name."""
    is_longer = " " in heading and heading.casefold() in title.casefold() and len(heading) < len(title)
    return heading if is_longer or not title else title


def _explain(error: pypdfium2.PdfiumError) -> str:
    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return "is locked with a password; save a copy without one"
    return f"is no PDF, or is damaged ({error})"


def _read_rows(page: pypdfium2.PdfPage) -> Iterator[list[Line]]:
    """Yield the lines as they are drawn, each cut where a gap is wide; closes the page."""
    with closing(page), closing(page.get_textpage()) as textpage:
        for piece in _PIECES.finditer(textpage.get_text_range()):
            words = [(piece.start() + word.start(), word[0]) for word in _WORD.finditer(piece[0])]
            lines = [line for start, word in words if (line := _read_word(textpage, start, word))]
            if lines:
                yield list(_join_words(lines))


def _read_word(textpage: pypdfium2.PdfTextPage, start: int, word: str) -> Line | None:
    text = word.translate(_LETTERS).strip()
    if not text:
        return None
    left, bottom, _, top = _find_box(textpage, start)
    _, low, right, high = _find_box(textpage, start + max(0, len(word.rstrip("\ufffe")) - 1))
    size = min(top - bottom, high - low)  # the smaller: an initial may be two lines high
    return Line(text, left, right, low, low + (size or 1.0))


def _join_words(words: list[Line]) -> Iterator[Line]:
    """Yield the parts of a line between wide gaps."""
    part = words[:1]
    for word in words[1:]:
        if word.left - part[-1].right > WIDE_GAP * word.height:
            yield _join(part)
            part = []
        part.append(word)
    yield _join(part)


def _join(words: list[Line]) -> Line:
    first, last = words[0], words[-1]
    text = " ".join(word.text for word in words)
    return Line(text, first.left, last.right, last.bottom, last.bottom + min(first.height, last.height))


def _find_box(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Return the edges (left, bottom, right, top) of one character of the text."""
    character = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)  # some that are drawn are not in the text
    return cast(tuple[float, float, float, float], textpage.get_charbox(max(0, character), loose=True))
