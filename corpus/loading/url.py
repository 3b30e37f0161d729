"""A web address as a source: a page, a file or a feed, told apart by what comes back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.errors import LoadError
from corpus.loading.feed import is_feed, read_feed
from corpus.loading.fetching import FEED_TYPES, FILE_SUFFIXES, Fetcher, Page
from corpus.loading.html import read_page
from corpus.loading.limits import Limits
from corpus.loading.loader import ArticleLoader, Loaded

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://|(?:data|file|http|https):", re.I)


def is_address(source: str) -> bool:
    """Whether the source is meant as a web address, of whatever kind."""
    return _ADDRESS.match(source.strip()) is not None


def load_url(source: str, limits: Limits, loaders: Mapping[str, type[ArticleLoader]]) -> Iterator[Loaded | LoadError]:
    """Yield the article at an address, or those of the feed there; `loaders` read what is a file."""
    fetcher = Fetcher(limits)
    try:
        page = fetcher.fetch(source.strip())
        if is_feed(page.content):
            yield from read_feed(source, page.content, fetcher, limits, page.url)
        elif page.media_type in FILE_SUFFIXES:
            yield from _load_file(source, page, limits, loaders)
        elif page.media_type in FEED_TYPES:
            yield LoadError(source, "is XML, but neither an RSS nor an Atom feed")
        else:
            yield read_page(source, page.content, page.url, page.content_type)
    except LoadError as error:
        yield error


def _load_file(
    source: str, page: Page, limits: Limits, loaders: Mapping[str, type[ArticleLoader]]
) -> Iterator[Loaded | LoadError]:
    suffix = FILE_SUFFIXES[page.media_type]
    if suffix not in loaders:
        yield LoadError(source, f"is {page.media_type!r}, which cannot be read")
        return
    name = PurePosixPath(unquote(urlsplit(page.url).path)).stem or "page"
    for item in loaders[suffix](Path(name + suffix), limits, page.content).load_articles():
        if isinstance(item, LoadError):
            yield LoadError(source, item.reason)
        else:
            yield replace(item, source=source, article=replace(item.article, url=item.article.url or page.url))
