"""Web pages: the article in a page's HTML, with what the page says of itself."""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml.etree import strip_elements

from corpus.article import Article
from corpus.cleaning import Cleaned, clean_extracted, clean_text, list_doubts
from corpus.errors import ArticleError, LoadError
from corpus.language import find_language
from corpus.loading.body import join_parts
from corpus.loading.dates import parse_day
from corpus.loading.decoding import decode_page
from corpus.loading.headline import choose_title, read_first
from corpus.loading.links import unlink_text
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.other_stories import drop_other_stories
from corpus.loading.statement import clean_names, read_statement

if TYPE_CHECKING:
    from lxml.html import HtmlElement

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is told by a LoadError
_TAG = re.compile(r"<\s*(?:!doctype|html|head|body|article|main|div|p|table|span|h1|section)\b", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*>")
"""Of the encoding, which is known by now."""
_NO_SCRIPT = re.compile(
    r"(?=.{,300}\Z)(?=.*\bjavascript\b).*\b(?:enable|turn on|activate|requires?|disabled)\b.*", re.I | re.S
)
"""What pages say that are made by the browser, and hold no article themselves."""
_PARAGRAPH_END = re.compile(r"\n(?!- |\|)")
"""The line ends of trafilatura's text but for those within lists and tables."""

_DASHES = " |–—·-"
_DASH = re.compile(r"\s[|–—·-]\s")
_BLOCKS = (
    "address article aside blockquote br button dd div dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p section small table td th time tr ul"
).split()
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.\w+|")
MIN_JOINED = 0.9
"""What the joined parts of an article have at least of the text that was found; an advertisement may go."""
MAX_CELL_WORDS = 60
"""A table with more in one cell is a frame for the page, not a table."""

_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


class HtmlLoader(ArticleLoader):
    """Reads a saved web page, `.html` or `.htm`."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        yield read_page(self.source, self.read_bytes())


def read_page(source: str, content: bytes, url: str = "", content_type: str = "") -> Loaded:
    """Return the article of a page, with the page as its original.

    The page's own address for itself is preferred to `url` where it names the same host. The publication date is what
    the page's metadata, its time elements or a line above its text say; never the day of reading.

    Args:
        source: What the page is called in messages.
        content: Its bytes.
        url: Where it was fetched.
        content_type: The header that it came with.

    Raises:
        LoadError: it is empty, no HTML, or holds no article.
    """
    if not content.strip():
        raise LoadError(source, "is empty")
    tree = _parse((decoded := decode_page(content, content_type)).text)
    if tree is None:
        raise LoadError(source, "is not a web page (HTML)")
    body = _simplify(tree)
    page = _extract(body)
    if page is None or not page.text or _NO_SCRIPT.fullmatch(page.text.strip()):
        raise LoadError(source, "no article was found in the page; copy its text in a browser and paste it")
    found = _find_details(tree, page, _PARAGRAPH_END.sub("\n\n", _complete(body, page.text)))
    try:
        return Loaded(source, Article(
            text=found.text,
            title=found.title,
            outlet=found.outlet,
            author=found.author,
            published=found.published,
            url=_choose_url(page.url or "", url),
            language=find_language(found.text) or _read_language(tree),
            credits=found.credits,
            original=content,
        ), (*filter(None, [decoded.doubt]), *list_doubts(found)))  # fmt: skip
    except ArticleError as error:
        raise LoadError(source, str(error)) from error


def _find_details(tree: "HtmlElement", page: Any, text: str) -> Cleaned:
    """Return the article: its details are those that the page states, else those that its elements or lines show."""
    said = read_statement(tree)
    title = choose_title(tree, said.title, said.outlet) or page.title or ""
    cleaned, seen = clean_extracted(text, title), clean_text(_read_visible(tree), title)
    return replace(
        cleaned,
        outlet=_choose_outlet(said.outlet or page.sitename or "", _find_outlet(tree, title) or seen.outlet),
        author=said.author or cleaned.author or seen.author or clean_names((page.author or "").split("; ")),
        published=said.published or parse_day(page.date or "") or cleaned.published or seen.published,
        credits=cleaned.credits or seen.credits,
    )


def _parse(text: str) -> "HtmlElement | None":
    from trafilatura import load_html  # takes a third of a second: only when a page is read

    return load_html(_DECLARATION.sub("", text)) if _TAG.search(text) else None


def _extract(tree: "HtmlElement") -> Any:
    """Return trafilatura's document, or None; recall comes first, as the cleaning still follows."""
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": False}
    return bare_extraction(
        deepcopy(tree),
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dates,
    )


def _complete(body: "HtmlElement", text: str) -> str:
    """Return the text with those parts of the article that stand in other containers."""
    joined = join_parts(body, text)
    page = _extract(joined) if joined is not None else None
    return page.text if page and page.text and len(page.text) >= MIN_JOINED * len(text) else text


def _simplify(tree: "HtmlElement") -> "HtmlElement":
    """Return the page without other stories; articles side by side, and tables that hold the page, are divisions."""
    page = deepcopy(tree)
    drop_other_stories(page)
    unlink_text(page)
    articles = page.findall(".//article")
    frames = articles if len({article.getparent() for article in articles}) < len(articles) else []
    for table in page.findall(".//table"):
        cells = list(table.iter("td", "th"))
        if any(len(cell.text_content().split()) > MAX_CELL_WORDS for cell in cells):
            frames += [table, *table.iter("tbody", "tr"), *cells]
    for element in frames:
        element.tag = "div"
        element.attrib.clear()
    return page


def _read_visible(tree: "HtmlElement") -> str:
    """Return all text of the page, a line for each block, as a browser would copy it."""
    page = deepcopy(tree)
    strip_elements(page, "script", "style", "noscript", "template", "title", with_tail=False)
    for element in page.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return "\n".join(" ".join(line.split()) for line in page.text_content().split("\n") if line.strip())


def _find_outlet(tree: "HtmlElement", title: str) -> str:
    """Return what stands beside the article's title in the page's: `Title | Section | Outlet` or `Outlet - Title`."""
    before, found, after = read_first(tree, "title").partition(title or "\n")
    names = [name.strip(_DASHES) for name in _DASH.split(f"{before} | {after}") if found]
    return next((name for name in reversed(names) if name and not any(map(str.isdigit, name))), "")


def _choose_outlet(site: str, found: str) -> str:
    """Return the name that the site gives itself, if it is one and not its address."""
    return found or site if _HOST.fullmatch(site) else site or found


def _choose_url(canonical: str, url: str) -> str:
    return canonical if not url or urlsplit(canonical).hostname == urlsplit(url).hostname else url


def _read_language(tree: "HtmlElement") -> str:
    match = _LANGUAGE.fullmatch(tree.get("lang") or "")
    return match[1].lower() if match else ""
