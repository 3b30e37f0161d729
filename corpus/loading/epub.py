"""EPUBs, books and magazines: an article a chapter."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading.dates import parse_day
from corpus.loading.details import clean_name, split_title, squeeze
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.markup import get_name, parse_markup, read_paragraphs, read_text
from corpus.loading.unpacking import Allowance, open_zip

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_EVENT = "{http://www.idpf.org/2007/opf}event"
_FRONT_MATTER = {"cover", "titlepage", "halftitlepage", "copyright-page", "toc", "landmarks", "index"}
_PAGE_TYPES = ("application/xhtml+xml", "text/html")
_HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One or more pages of the EPUB that are one article."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    original: bytes

    def __add__(self, other: "_Chapter") -> "_Chapter":
        return _Chapter(self.path, self.title, self.paragraphs + other.paragraphs, self.original + other.original)


class EpubLoader(ArticleLoader):
    """Reads an `.epub` file: each chapter is an article, its outlet the title of the whole.

    So a magazine's articles are cited by their own titles. Covers, title pages and lists of contents are left out; an
    EPUB without chapters is one article. `original` holds the chapter's own pages.
    """

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield an article a chapter."""
        with open_zip(BytesIO(self.read_bytes()), self.source, "EPUB") as archive:
            book = _Book(archive, Allowance(self.limits), self.source)
            chapters = _join_pages(list(book.read_pages()))
        for chapter in chapters:
            yield Loaded(f"{self.source}/{chapter.path}", book.make_article(chapter, self.path.stem))
        yield from (LoadError(f"{self.source}/{path}", "is missing from the EPUB") for path in book.missing)
        if not chapters and not book.missing:
            raise LoadError(self.source, "has no text")


class _Book:
    """The package of an EPUB: what it says of itself, and its pages in reading order."""

    def __init__(self, archive: ZipFile, allowance: Allowance, source: str) -> None:
        self._archive = archive
        self._allowance = allowance
        self._source = source
        self._names = set(archive.namelist())
        self.missing: list[str] = []
        """The pages that are named in the package and not there."""
        self._package_path = self._find_package()
        self._package = self._parse(self._package_path)
        self._items = {item.get("id"): item for item in self._package.iterfind(".//{*}manifest/{*}item")}

    def make_article(self, chapter: _Chapter, name: str) -> Article:
        """Return the chapter as an article; where it has no title, the whole has."""
        whole = self._describe("title")
        title, text = split_title(chapter.title or whole, list(chapter.paragraphs), name)
        return Article(
            title=title,
            text=text,
            outlet=whole if chapter.title else self._describe("publisher"),
            author=clean_name(", ".join(read_text(each) for each in self._find_details("creator"))),
            published=self._find_date(),
            language=self._describe("language")[:2].lower(),
            original=chapter.original,
        )

    def read_pages(self) -> Iterator[_Chapter]:
        """Yield each page of the EPUB that holds more than links; its title is empty where it begins no chapter."""
        titles = dict(reversed(list(self._list_contents())))
        for path in self._list_spine():
            original = self._read(path)
            root = parse_markup(original)
            if root is not None and not _is_front_matter(root):
                title = titles.get(path) or _find_heading(root)
                yield _Chapter(path, title, tuple(read_paragraphs(root)), original)

    def _list_spine(self) -> Iterator[str]:
        locked = self._list_locked()
        spine = [each for each in self._package.iterfind(".//{*}spine/{*}itemref") if each.get("linear") != "no"]
        listed = [self._items.get(each.get("idref")) for each in spine]
        pages = [item for item in self._items.values() if item.get("media-type") in _PAGE_TYPES]
        for item in (
            listed if any(item is not None for item in listed) else pages
        ):  # without a spine, as they are listed
            if item is None or "nav" in item.get("properties", "").split():
                continue
            path = _resolve(self._package_path, item.get("href", ""))
            if path in locked:
                raise LoadError(self._source, "is protected against copying (DRM), and cannot be read")
            if path in self._names:
                yield path
            else:
                self.missing.append(path)

    def _list_locked(self) -> set[str]:
        if ENCRYPTION not in self._names:
            return set()
        return {unquote(each.get("URI", "")) for each in self._parse(ENCRYPTION).iter("{*}CipherReference")}

    def _list_contents(self) -> Iterator[tuple[str, str]]:
        """Yield (page, title) of each entry in the lists of contents: of EPUB 3, then of EPUB 2."""
        for item in self._items.values():
            path = _resolve(self._package_path, item.get("href", ""))
            if "nav" in item.get("properties", "").split() and path in self._names:
                for nav in self._parse(path).iter("{*}nav"):
                    links = nav.iter("{*}a") if nav.get(_TYPE, "toc") == "toc" else ()
                    yield from ((_resolve(path, link.get("href", "")), read_text(link)) for link in links)
        for item in self._items.values():
            path = _resolve(self._package_path, item.get("href", ""))
            if item.get("media-type") == "application/x-dtbncx+xml" and path in self._names:
                for point in self._parse(path).iter("{*}navPoint"):
                    target = point.find("{*}content")
                    if target is not None:
                        yield _resolve(path, target.get("src", "")), squeeze(point.findtext("{*}navLabel/{*}text", ""))

    def _find_package(self) -> str:
        if CONTAINER not in self._names:
            raise LoadError(self._source, f"is no EPUB: it holds no {CONTAINER}")
        root = self._parse(CONTAINER).find(".//{*}rootfile")
        path = root.get("full-path", "") if root is not None else ""
        if path not in self._names:
            raise LoadError(self._source, f"is a damaged EPUB: it holds no {path or 'package'}")
        return str(path)

    def _parse(self, path: str) -> Any:
        root = parse_markup(self._read(path))
        if root is None:
            raise LoadError(self._source, f"is a damaged EPUB: {path} is not XML")
        return root

    def _read(self, path: str) -> bytes:
        return self._allowance.read(self._archive, self._archive.getinfo(path), self._source)

    def _find_details(self, name: str) -> list[Any]:
        return list(self._package.iterfind(f".//{{*}}metadata//{{http://purl.org/dc/elements/1.1/}}{name}"))

    def _describe(self, name: str) -> str:
        return next(filter(None, map(read_text, self._find_details(name))), "")

    def _find_date(self) -> date | None:
        """Return the day of publication, which EPUB 2 tells from those of creation and change by their events."""
        days = (each for each in self._find_details("date") if each.get(_EVENT, "publication") == "publication")
        return next(filter(None, (parse_day(read_text(each)) for each in days)), None)


def _join_pages(pages: list[_Chapter]) -> list[_Chapter]:
    """Add each page without title to the chapter before it; those before the first chapter are a title page.

    A chapter that is no more than its title, such as the name of a section, is left out.
    """
    chapters: list[_Chapter] = []
    has_titles = any(page.title for page in pages)
    for page in pages:
        if page.title or not (chapters or has_titles):
            chapters.append(page)
        elif chapters:
            chapters[-1] += page
    return [chapter for chapter in chapters if any(map(str.isalnum, "".join({*chapter.paragraphs} - {chapter.title})))]


def _is_front_matter(root: Any) -> bool:
    """Whether the page says so, or is mostly links, as a list of contents is."""
    body = next((each for each in root.iter() if get_name(each) == "body"), root)
    kinds = {kind for each in (body, *body[:1]) for kind in each.get(_TYPE, "").split()}
    linked = sum(len(read_text(each)) for each in body.iter() if get_name(each) == "a")
    return bool(kinds & _FRONT_MATTER) or 2 * linked > len(read_text(body))


def _find_heading(root: Any) -> str:
    headings = (read_text(each) for each in root.iter() if get_name(each) in _HEADINGS)
    return next(filter(None, headings), "")


def _resolve(base: str, link: str) -> str:
    """Return the name within the zip of what `link` in the file `base` points to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(link.partition("#")[0])))
