"""Word files: one article each."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from corpus.errors import LoadError
from corpus.loading.dates import parse_day
from corpus.loading.details import clean_name, clean_title, make_article, squeeze
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.markup import get_name, parse_markup
from corpus.loading.unpacking import Allowance, open_zip

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How files of Word before 2007 begin, and new ones that are locked with a password."""

_TITLE_STYLES = ("title", "heading 1")
_MARKS = {"tab": " ", "br": " ", "cr": " ", "nobreakhyphen": "-"}
_LEFT_OUT = {"del", "movefrom", "ppr", "fallback"}
"""What was deleted or moved away, tab stops, and second copies of text boxes."""
_TEXT_BOX = "txbxcontent"
_TRUE = (None, "1", "true", "on")


class DocxLoader(ArticleLoader):
    """Reads a `.docx` file. The title comes from its properties or its first heading; else from the file name.

    Text boxes stand behind the paragraph that they are fixed to, and footnotes at the end; hidden text is left out. Its
    date is the one that Word calls the publish date: that of creation is when someone began to type.
    """

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_bytes()
        if content.startswith(_OLD_FORMAT):
            remedy = "open it in Word and save it as .docx without a password"
            raise LoadError(self.source, f"is an old Word file, or locked with a password; {remedy}")
        with open_zip(BytesIO(content), self.source, "Word file") as archive:
            package = _Package(archive, Allowance(self.limits), self.source)
            title = clean_title(package.read_property("title")) or package.find_heading()
            article = make_article(
                title,
                package.list_paragraphs(),
                self.path.stem,
                content,
                clean_name(package.read_property("creator")),
                package.find_publish_date(),
            )
        yield Loaded(self.source, article)


class _Package:
    """The parts of a Word file. Names are compared without namespaces, which differ between its two standards."""

    def __init__(self, archive: ZipFile, allowance: Allowance, source: str) -> None:
        self._archive = archive
        self._allowance = allowance
        self._source = source
        self._names = {name.casefold(): name for name in archive.namelist()}
        body = self._parse(self._find_main())
        if body is None or get_name(body) != "document":
            raise LoadError(source, "is no Word file, or is damaged (it holds no document)")
        self._body = body

    def _find_main(self) -> str:
        """Return the name of the part with the text; empty where there is none."""
        for relation in _iterate(self._parse("_rels/.rels"), "relationship"):
            if _get(relation, "type").endswith("/officeDocument"):
                return _get(relation, "target").lstrip("/").casefold()
        return next((name for name in self._names if name.startswith("word/document") and name.endswith(".xml")), "")

    def read_property(self, name: str) -> str:
        """Return one of the file's properties; empty where it has none."""
        return next((each.text or "" for each in _iterate(self._parse("docprops/core.xml"), name)), "")

    def find_heading(self) -> str:
        """Return the first paragraph in the style of a title; empty where there is none."""
        styles = {
            _get(style, "styleid"): _get(name, "val").casefold()
            for style in _iterate(self._parse("word/styles.xml"), "style")
            for name in _iterate(style, "name")
        }
        for paragraph in _iterate(self._body, "p"):
            used = [_get(each, "val") for each in _iterate(paragraph, "pstyle")]
            if any(styles.get(id, "") in _TITLE_STYLES for id in used[:1]) and (text := _read_paragraph(paragraph)):
                return text
        return ""

    def list_paragraphs(self) -> list[str]:
        """Return the paragraphs in order, then the footnotes and endnotes."""
        notes = (self._parse(f"word/{kind}.xml") for kind in ("footnotes", "endnotes"))
        return [text for root in (self._body, *notes) if root is not None for text in _read_blocks(root)]

    def find_publish_date(self) -> date | None:
        """Return the day on the file's cover page, if it has one."""
        parts = (name for name in self._names if name.startswith("customxml/") and name.endswith(".xml"))
        days = (each.text for part in parts for each in _iterate(self._parse(part), "publishdate"))
        return next(filter(None, (parse_day(day or "") for day in days)), None)

    def _parse(self, name: str) -> Any:
        if name not in self._names:
            return None
        entry = self._archive.getinfo(self._names[name])
        return parse_markup(self._allowance.read(self._archive, entry, self._source))


def _iterate(element: Any, name: str) -> Iterator[Any]:
    return (each for each in element.iter() if get_name(each) == name) if element is not None else iter(())


def _get(element: Any, name: str) -> str:
    """Return an attribute, whatever its namespace; empty where there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2].lower() == name), "")


def _read_blocks(element: Any) -> Iterator[str]:
    """Yield the paragraphs in order, and each row of a table as one; those within content controls and boxes too."""
    for child in element:
        name = get_name(child)
        if name == "p":
            yield from filter(None, [_read_paragraph(child)])
            for box in _iterate(child, _TEXT_BOX):
                if not any(get_name(each) == "fallback" for each in box.iterancestors()):
                    yield from _read_blocks(box)
        elif name == "tr":
            yield from filter(None, [" | ".join(filter(None, (" ".join(_read_blocks(cell)) for cell in child)))])
        elif name not in _LEFT_OUT and name != _TEXT_BOX:
            yield from _read_blocks(child)


def _read_paragraph(paragraph: Any) -> str:
    return squeeze("".join(_read_pieces(paragraph)))


def _read_pieces(element: Iterable[Any]) -> Iterator[str]:
    for child in element:
        name = get_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name not in _LEFT_OUT and name != _TEXT_BOX and not _is_hidden(child):
            yield from _read_pieces(child)


def _is_hidden(run: Any) -> bool:
    marks = (each for part in run if get_name(part) == "rpr" for each in part if get_name(each) == "vanish")
    return any((_get(each, "val") or None) in _TRUE for each in marks)
