"""Rich text (RTF) and OpenDocument texts: one article each."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from corpus.errors import LoadError
from corpus.loading.details import clean_name, clean_title, make_article, squeeze
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.markup import get_name, parse_markup
from corpus.loading.unpacking import Allowance, open_zip

_DETAIL = r"\{\\%s (?P<value>(?:[^{}\\]|\\'[0-9a-f]{2}|\\[^'{}])*)\}"
_SPACES = ("s", "tab", "line-break")
_APART = ("note", "annotation", "tracked-changes", "frame")
"""What stands within a paragraph, or before all, and is no part of it; notes and frames are read behind it."""


class RtfLoader(ArticleLoader):
    """Reads a `.rtf` file. The title comes from its properties or its first line; else from the file's name."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        if not content.lstrip().startswith(b"{\\rtf"):
            raise LoadError(self.source, "is not rich text (RTF)")
        markup = content.decode("latin-1")
        details = {name: re.search(_DETAIL % name, markup) for name in ("title", "author")}
        title, author = (squeeze(_strip(f"{{\\rtf1 {each['value']}}}")) if each else "" for each in details.values())
        lines = filter(None, map(squeeze, _strip(markup).splitlines()))
        article = make_article(clean_title(title), list(lines), self.path.stem, content, clean_name(author))
        yield Loaded(self.source, article)


def _strip(markup: str) -> str:
    from striprtf.striprtf import rtf_to_text  # few libraries of articles hold such files

    return str(rtf_to_text(markup, errors="replace"))  # type: ignore[no-untyped-call]


class OdtLoader(ArticleLoader):
    """Reads a `.odt` file. The title comes from its properties or its first heading; else from the file's name."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        with open_zip(BytesIO(content), self.source, "OpenDocument text") as archive:
            allowance = Allowance(self.limits)
            parts = {
                name: parse_markup(allowance.read(archive, archive.getinfo(name), self.source))
                for name in ("content.xml", "meta.xml")
                if name in archive.namelist()
            }
        if parts.get("content.xml") is None:
            raise LoadError(self.source, "is no OpenDocument text, or is damaged (it holds no text)")
        title, author = (_find_first(parts.get("meta.xml"), name) for name in ("title", "creator"))
        paragraphs = list(_read_blocks(parts["content.xml"]))
        title = clean_title(title) or _find_first(parts["content.xml"], "h")
        yield Loaded(self.source, make_article(title, paragraphs, self.path.stem, content, clean_name(author)))


def _find_first(element: Any, name: str) -> str:
    elements = element.iter() if element is not None else ()
    return next((_read_paragraph(each) for each in elements if get_name(each) == name), "")


def _read_blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs in order, each row of a table as one, and notes behind the paragraph that they are in."""
    for child in element:
        name = get_name(child)
        if name in ("p", "h"):
            yield from filter(None, [_read_paragraph(child)])
            for inner in child.iter():
                if get_name(inner) in ("note-body", "text-box"):
                    yield from _read_blocks(inner)
        elif name == "table-row":
            yield from filter(None, [" | ".join(filter(None, (" ".join(_read_blocks(cell)) for cell in child)))])
        elif name not in ("tracked-changes", "annotation"):
            yield from _read_blocks(child)


def _read_paragraph(paragraph: Any) -> str:
    return squeeze("".join(_read_pieces(paragraph)))


def _read_pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = get_name(child)
        if name in _SPACES:
            yield " "
        elif name not in _APART:
            yield from _read_pieces(child)
        yield child.tail or ""
