"""Word files: one article each."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading.details import clean_name, clean_title, parse_day, split_title, squeeze
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.unpacking import check_unpacked_size

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How files of Word before 2007 begin, and new ones that are locked with a password."""

_TITLE_STYLES = ("Title", "Heading 1")
_PARAGRAPH, _ROW = qn("w:p"), qn("w:tr")
_MARKS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_LEFT_OUT = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:pPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
"""What was deleted or moved away, tab stops, and second copies of text boxes."""

_COVER_DATE = "{http://schemas.microsoft.com/office/2006/coverPageProps}PublishDate"


class DocxLoader(ArticleLoader):
    """Reads a `.docx` file. The title comes from its properties or its first heading; else from the file name.

    Its date is the one that Word calls the publish date: that of creation is when someone began to type.
    """

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        if content.startswith(_OLD_FORMAT):
            remedy = "open it in Word and save it as .docx without a password"
            raise LoadError(self.source, f"is an old Word file, or locked with a password; {remedy}")
        check_unpacked_size(content, self.limits, self.source, "Word file")
        try:
            article = _read_article(docx.Document(BytesIO(content)), self.path.stem, content)
        except ArticleError:
            raise
        except Exception as error:  # python-docx lets through whatever the damage makes its code raise
            raise LoadError(self.source, f"is no Word file, or is damaged ({squeeze(str(error))})") from error
        yield Loaded(self.source, article)


def _read_article(document: Document, name: str, content: bytes) -> Article:
    properties = document.core_properties
    title = clean_title(properties.title) or _find_heading(document)
    title, text = split_title(title, list(_read_blocks(document.element.body)), name)
    return Article(
        title=title,
        text=text,
        author=clean_name(properties.author),
        published=_find_publish_date(document),
        original=content,
    )


def _find_heading(document: Document) -> str:
    headings = (squeeze(each.text) for each in document.paragraphs if each.style and each.style.name in _TITLE_STYLES)
    return next(filter(None, headings), "")


def _read_blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs in order, and each row of a table as one; those within content controls too."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield from filter(None, [squeeze("".join(_read_pieces(child)))])
        elif child.tag == _ROW:
            yield from filter(None, [" | ".join(filter(None, (" ".join(_read_blocks(cell)) for cell in child)))])
        elif child.tag not in _LEFT_OUT:
            yield from _read_blocks(child)


def _read_pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _read_pieces(child)


def _find_publish_date(document: Document) -> date | None:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not relation.is_external:
            for found in etree.fromstring(relation.target_part.blob).iter(_COVER_DATE):
                return parse_day(found.text or "")
    return None
