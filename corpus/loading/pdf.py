"""PDF files: one article each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from math import pi
from threading import Lock
from typing import TypeAlias, cast

import numpy as np
import pypdfium2
from pypdfium2 import raw

from corpus.errors import LoadError
from corpus.loading.columns import WIDE_GAP, order_lines
from corpus.loading.details import clean_name, clean_title, make_article
from corpus.loading.layout import Line, drop_running_lines, find_heading, join_lines
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.recognition import DOTS_PER_POINT, Picture, Recognized, recognize

_PDFIUM = Lock()
"""PDFium must not be entered by two threads at once."""

ANGLES = 100
"""Characters of a page whose angles are looked at."""
_Box: TypeAlias = tuple[float, float, float, float]

_PIECES = re.compile("[^\r\n\ufffe]+\ufffe?")
_WORD = re.compile(r"[^\s\xa0]+")
_LETTERS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_LETTERS |= {code: None for code in (*range(32), 0x7F, 0x200B, 0xFEFF, 0xFFFF) if chr(code) not in "\t\n\r"}
"""Ligatures such as \ufb01, spelled out; what is no letter at all, left out."""


class PdfLoader(ArticleLoader):
    """Reads a `.pdf` file. Lines are joined to paragraphs, and what repeats on its pages is left out.

    Pages that are only pictures are read by OCR, where its extra is installed. The title comes from its properties, its
    largest type, its first line or its name. It has no date of publication: the dates in its properties say when the
    file was made.
    """

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        try:
            with _open(content) as document:
                details, pages, pictures = self._read_pages(document)
                found = self._recognize(document, pictures, is_all=not any(pages))
        except pypdfium2.PdfiumError as error:
            raise LoadError(self.source, _explain(error)) from error
        for number, lines in zip(pictures, found.pages, strict=False):
            pages[number] = lines
        if not any(pages):
            raise LoadError(self.source, "holds no text, and no picture with text in it")
        clean = drop_running_lines(pages)
        title = _choose_title(clean_title(details["Title"]), find_heading(next(filter(None, clean), [])))
        author = clean_name(details["Author"])
        article = make_article(title, join_lines(clean), self.path.stem, content, author)
        article = replace(article, is_scanned=any(found.pages))
        yield Loaded(self.source, article, tuple(filter(None, [found.note])))

    def _read_pages(self, document: pypdfium2.PdfDocument) -> tuple[dict[str, str], list[list[Line]], list[int]]:
        """Return the properties, the lines of each page, and the numbers, from 0, of pages that only hold pictures."""
        with _PDFIUM:
            self._check_length(document)
            pages = [order_lines(list(_read_rows(page))) for page in self._each_watched(document)]
            pictures = [number for number, lines in enumerate(pages) if not lines and _is_drawn_on(document[number])]
            return document.get_metadata_dict(), pages, pictures

    def _recognize(self, document: pypdfium2.PdfDocument, numbers: list[int], *, is_all: bool) -> Recognized:
        """Read pages that only hold pictures. In a file with other pages too, a note says so where that cannot be."""
        if not numbers:
            return Recognized(())
        drawn = (_draw(document, number, self.limits.picture_pixels) for number in numbers)
        try:
            return recognize(drawn, len(numbers), self.source, self.limits, self.watch)
        except LoadError as error:
            if is_all:
                raise
            remedy = error.reason.rpartition("; ")[2]
            return Recognized((), f"{len(numbers):,} of {len(document):,} pages hold only pictures; {remedy}")

    def _check_length(self, document: pypdfium2.PdfDocument) -> None:
        if len(document) > self.limits.pages:
            raise LoadError(
                self.source,
                f"has {len(document):,} pages, and at most {self.limits.pages:,} are read; split it into smaller files",
            )

    def _each_watched(self, document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfPage]:
        for number, page in enumerate(document, start=1):
            yield page
            self.watch.read(number, len(document), "page")


@contextmanager
def _open(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        with _PDFIUM:
            document.close()


def _is_drawn_on(page: pypdfium2.PdfPage) -> bool:
    with closing(page):
        return next(iter(page.get_objects(max_depth=1)), None) is not None


def _draw(document: pypdfium2.PdfDocument, number: int, most_pixels: int) -> Picture:
    with _PDFIUM, closing(document[number]) as page:
        width, height = page.get_size()
        scale = min(DOTS_PER_POINT, (most_pixels / (width * height)) ** 0.5)
        with closing(page.render(scale=scale)) as bitmap:
            return np.array(bitmap.to_numpy()[:, :, :3])


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
        turns = _count_turns(textpage)
        for piece in _PIECES.finditer(textpage.get_text_range()):
            words = [(piece.start() + word.start(), word[0]) for word in _WORD.finditer(piece[0])]
            lines = [line for start, word in words if (line := _read_word(textpage, start, word, turns))]
            if lines:
                yield list(_join_words(lines))


def _count_turns(textpage: pypdfium2.PdfTextPage) -> int:
    """Return by how many quarter turns to the right most of the text is drawn, from 0 to 3."""
    count = textpage.count_chars()
    angles = (raw.FPDFText_GetCharAngle(textpage, index) for index in range(0, count, 1 + count // ANGLES))
    turns = Counter(round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    return max(turns, key=lambda turn: (turns[turn], -turn), default=0)


def _read_word(textpage: pypdfium2.PdfTextPage, start: int, word: str, turns: int) -> Line | None:
    text = word.translate(_LETTERS).strip()
    if not text:
        return None
    left, bottom, _, top = _find_box(textpage, start, turns)
    _, low, right, high = _find_box(textpage, start + max(0, len(word.rstrip("\ufffe")) - 1), turns)
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


def _find_box(textpage: pypdfium2.PdfTextPage, index: int, turns: int) -> _Box:
    """Return the edges (left, bottom, right, top) of one character of the text, turned upright."""
    character = raw.FPDFText_GetCharIndexFromTextIndex(textpage, index)  # some that are drawn are not in the text
    left, bottom, right, top = cast(_Box, textpage.get_charbox(max(0, character), loose=True))
    for _ in range(turns):
        left, bottom, right, top = -top, left, -bottom, right
    return left, bottom, right, top
