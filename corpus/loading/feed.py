"""RSS and Atom feeds: the full articles that their entries lead to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from lxml.html import HtmlElement, fromstring

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading.dates import parse_day
from corpus.loading.decoding import decode
from corpus.loading.details import squeeze
from corpus.loading.fetching import HTML_TYPES, UNKNOWN, Fetcher, Stamp, UnchangedError
from corpus.loading.html import read_page
from corpus.loading.limits import Limits
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.robots import Robots

MIN_SUMMARY_CHARACTERS, MIN_CONTENT_CHARACTERS = 400, 100
"""An entry's own summary, or content, that is shorter is a teaser, and not taken for the article."""

LEAD = 10_000
"""Bytes, an even number: in them a feed's root element begins."""
_MARKUP = re.compile(r"</?(?:p|br|div|h\d|li)\b", re.IGNORECASE)
_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE(?:[^>\[]|\[.*?\]\s*)*>\s*)*<(?:\w+:)?(?:rss|feed|RDF)\b", re.DOTALL
)


class FeedLoader(ArticleLoader):
    """Reads a feed saved as `.rss`, `.atom` or `.xml`, and fetches its articles."""

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield the article of each entry."""
        content = self.read_bytes()
        if not is_feed(content):
            raise LoadError(self.source, "is XML, but neither an RSS nor an Atom feed")
        yield from read_feed(self.source, content, Fetcher(self.limits), self.limits)


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as RSS or Atom do."""
    decoded = decode(content[:LEAD])
    return decoded is not None and _ROOT.match(decoded.text) is not None


def read_feed(
    source: str, content: bytes, fetcher: Fetcher, limits: Limits, url: str = ""
) -> Iterator[Loaded | LoadError]:
    """Yield the article of each entry, up to the limit, and an error in the place of each that cannot be had.

    The page of an entry is its article; outlet, title, author and date come from the feed where the page has none.
    `url` is where the feed was fetched, for links relative to it.
    """
    try:
        feed = parse_feed(source, content, limits, url)
    except LoadError as error:
        yield error
        return
    robots = Robots(fetcher)
    for entry in feed.entries:
        try:
            yield load_entry(feed, entry, fetcher, robots)[0]
        except LoadError as error:
            yield error
    if feed.left_out:
        yield feed.left_out


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was parsed: the address that was asked for, its title, its entries, and what tells of too many."""

    source: str
    title: str
    entries: Sequence[Any]
    left_out: LoadError | None = None


def parse_feed(source: str, content: bytes, limits: Limits, url: str = "") -> Feed:
    """Return the feed; `url` is where it was fetched, for links relative to it.

    Raises:
        LoadError: it is damaged, or has no entries.
    """
    import feedparser  # takes a quarter of a second: only when a feed is read

    try:
        feed = feedparser.parse(BytesIO(content), response_headers={"content-location": url})
    except UnicodeError as error:  # half a surrogate pair, spelled as an entity
        raise LoadError(source, f"is damaged ({error})") from error
    if not feed.entries:
        raise LoadError(source, "is a feed without entries")
    most, left = limits.feed_articles, len(feed.entries) - limits.feed_articles
    told = f"{left} entries were left out: at most {most} are read from a feed"
    left_out = LoadError(source, told) if left > 0 else None
    return Feed(source, _strip_markup(feed.feed.get("title", "")), feed.entries[:most], left_out)


def load_entry(
    feed: Feed, entry: Any, fetcher: Fetcher, robots: Robots, since: Stamp = UNKNOWN
) -> tuple[Loaded, Stamp]:
    """Return the article of an entry's page, and the page's stamp; outlet and details come from the feed if need be.

    Where the page cannot be had, it is the article of the entry's own text, and its `source` says so.

    Raises:
        UnchangedError: the page has not changed since it had the stamp `since`.
        LoadError: there is no article.
    """
    link = entry.get("link", "")
    try:
        if not link:
            raise LoadError(feed.source, f"the entry {entry.get('title', '')[:60]!r} has no link")
        robots.check(link)
        page = fetcher.fetch(link, HTML_TYPES, since)
        loaded, stamp = read_page(link, page.content, page.url, page.content_type), page.stamp
    except UnchangedError:
        raise
    except LoadError as error:
        own = _read_own_text(entry, link)
        if own is None:
            raise LoadError(link or feed.source, error.reason) from error
        loaded, stamp = Loaded(f"{link or feed.source} (the text in the feed; {error.reason})", own), UNKNOWN
    return _complete(loaded, entry, feed.title), stamp


def _read_own_text(entry: Any, link: str) -> Article | None:
    """Return the article in an entry's content, description or summary, if it holds more than a teaser."""
    details = entry.get("summary_detail")
    own = [(each, MIN_CONTENT_CHARACTERS) for each in entry.get("content", [])]
    for content, least in (*own, *([(details, MIN_SUMMARY_CHARACTERS)] if details else [])):
        is_markup = "html" in content.type or _MARKUP.search(content.value)
        markup = content.value if is_markup else f"<p>{escape(content.value)}</p>"
        page = f"<html><head><meta charset='utf-8'></head><body><article>{markup}</article></body></html>"
        try:
            article = read_page(link, page.encode(), link if link.startswith(("http://", "https://")) else "").article
        except LoadError:
            continue
        if len(article.text) >= least:
            return article
    return None


def _complete(loaded: Loaded, entry: Any, outlet: str) -> Loaded:
    """Return the article with what it lacks taken from the feed; its id is made anew, as that depends on the title."""
    article = loaded.article
    return Loaded(loaded.source, replace(
        article,
        id="",
        title=article.title or _strip_markup(entry.get("title", "")),
        outlet=article.outlet or outlet,
        author=article.author or squeeze(entry.get("author", "")),
        published=article.published or _find_day(entry),
    ))  # fmt: skip


def _strip_markup(text: str) -> str:
    """Return a title without the tags and entities that some feeds have in it."""
    is_markup = re.search(r"<[a-z/!][^>]*>|&#?\w+;", text, re.IGNORECASE)
    root: HtmlElement = fromstring(f"<div>{text}</div>")
    return squeeze(str(root.text_content()) if is_markup else text)


def _find_day(entry: Any) -> date | None:
    """Return the day an entry was published, in its own time zone; RSS 1.0 has only one date, which says the same."""
    written = (entry[name] for name in ("published", "updated", "created") if name in entry)
    return next(filter(None, map(parse_day, written)), None)
