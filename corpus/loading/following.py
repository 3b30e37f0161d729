"""What is new in a feed or a folder since the last look: only what may have changed is fetched or read again."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement, document_fromstring

from corpus.errors import LoadError
from corpus.loading.feed import Feed, is_feed, load_entry, parse_feed
from corpus.loading.fetching import FEED_TYPES, UNKNOWN, Fetcher, Page, Stamp, UnchangedError
from corpus.loading.limits import STANDARD_LIMITS, Limits
from corpus.loading.loader import Loaded
from corpus.loading.robots import Robots
from corpus.loading.sources import find_files, load_source
from corpus.loading.url import is_address
from corpus.progress import NOBODY, Watch

DAILY = timedelta(days=1)
"""How long a page is taken to be as it was, unless its feed says that it has changed."""
AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class Look:
    """What is remembered of a file, a page or a feed, `moment` being when it was read last.

    `state` is what the folder or the feed says of it; it is empty after a failure, so that it is tried again.
    """

    moment: datetime
    state: str = ""
    stamp: Stamp = UNKNOWN


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came from one place, a file or a page: its articles and failures; none where it has not changed.

    `place` is a digest of the path or the address, so that what remembers it does not repeat that. Of the feed or the
    folder itself there is one, too, once it is known what is in it now: `is_listing`. A feed has a `title`.
    """

    place: str
    look: Look
    items: tuple[Loaded | LoadError, ...] = ()
    is_listing: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Follower:
    """Looks at sources that were looked at before.

    `now` is the moment of this look; what was read less than `patience` ago is taken to be as it was, unless the feed
    says that it has changed.

    Example:
        for arrival in Follower(datetime.now(UTC)).look("https://example.org/feed", known={}):
            print(arrival.items)
    """

    now: datetime
    patience: timedelta = AT_ONCE
    limits: Limits = STANDARD_LIMITS
    watch: Watch = NOBODY

    def look(self, source: str, known: Mapping[str, Look]) -> Iterator[Arrival]:
        """Yield what there is in a feed at an address, a folder or a file, and what of it cannot be read.

        Nothing is yielded of a feed that has not changed.

        Args:
            source: The address or the path.
            known: What is remembered of each place from earlier looks.
        """
        path = Path(source).expanduser()
        if is_address(source):
            yield from self._look_at_feed(source, known)
        elif path.exists():
            yield from self._look_at_files(path, known)
        else:
            yield self._fail(source, LoadError(source, "there is no such file or folder (any more)"))

    def _look_at_files(self, path: Path, known: Mapping[str, Look]) -> Iterator[Arrival]:
        unreadable: list[OSError] = []
        files = sorted(find_files(path, unreadable)) if path.is_dir() else [path]
        if path.is_dir():
            yield Arrival(digest(str(path)), Look(self.now), is_listing=True)
        for error in unreadable:
            yield self._fail(str(error.filename), LoadError(str(error.filename), f"cannot be read ({error.strerror})"))
        for file in files:
            self.watch.check()
            place, state = digest(str(file)), _describe_state(file)
            before = known.get(place)
            if state and before and before.state == state:
                yield Arrival(place, before)
            else:
                yield Arrival(place, Look(self.now, state), tuple(load_source(str(file), self.limits, self.watch)))

    def _look_at_feed(self, source: str, known: Mapping[str, Look]) -> Iterator[Arrival]:
        fetcher = Fetcher(self.limits)
        try:
            page = fetcher.fetch(source, since=self._choose_stamp(source, known))
            feed = _parse(source, page, self.limits)
        except UnchangedError:
            return
        except LoadError as error:
            yield self._fail(source, error)
            return
        items = (feed.left_out,) if feed.left_out else ()
        yield Arrival(digest(source), Look(self.now, stamp=page.stamp), items, is_listing=True, title=feed.title)
        web, entries = (fetcher, Robots(fetcher)), {_name_entry(entry): entry for entry in reversed(feed.entries)}
        for place, entry in reversed(entries.items()):  # one that is listed twice, once
            self.watch.check()
            yield self._look_at_entry(place, feed, entry, known, web)

    def _choose_stamp(self, source: str, known: Mapping[str, Look]) -> Stamp:
        """Return the stamp of the feed; none where its entries are to be looked at even if it has not changed."""
        place = digest(source)
        before = known.get(place)
        has_failed = any(not look.state for name, look in known.items() if name != place)
        is_recent = before is not None and self.now - before.moment < self.patience
        return before.stamp if before and is_recent and not has_failed else UNKNOWN

    def _look_at_entry(
        self, place: str, feed: Feed, entry: Any, known: Mapping[str, Look], web: tuple[Fetcher, Robots]
    ) -> Arrival:
        state, before = _digest_entry(entry), known.get(place)
        if before and before.state == state and self.now - before.moment < self.patience:
            return Arrival(place, before)
        try:
            loaded, stamp = load_entry(feed, entry, *web, since=before.stamp if before else UNKNOWN)
        except UnchangedError:
            assert before
            return Arrival(place, replace(before, moment=self.now, state=state))
        except LoadError as error:
            return Arrival(place, Look(self.now), (error,))
        return Arrival(place, Look(self.now, state, stamp), (loaded,))

    def _fail(self, source: str, error: LoadError) -> Arrival:
        return Arrival(digest(source), Look(self.now), (error,))


def digest(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _describe_state(file: Path) -> str:
    """Return what changes with the file; empty if that cannot be known."""
    try:
        details = file.stat()
    except OSError:
        return ""
    return f"{details.st_size}:{details.st_mtime_ns}"


def _name_entry(entry: Any) -> str:
    return digest(entry.get("link") or entry.get("id") or entry.get("title", ""))


def _digest_entry(entry: Any) -> str:
    told = [entry[name] for name in ("title", "updated", "published", "summary") if name in entry]
    return digest("\0".join([*told, *(each.value for each in entry.get("content", []))]))


def _parse(source: str, page: Page, limits: Limits) -> Feed:
    """Return the feed on a page.

    Raises:
        LoadError: it is none; the message names the feeds that the page names.
    """
    if is_feed(page.content):
        return parse_feed(source, page.content, limits, page.url)
    feeds = [*_list_feeds(page)]
    remedy = f"it names {' and '.join(feeds)}: follow that" if feeds else "give the address of an RSS or Atom feed"
    raise LoadError(source, f"is no feed; {remedy}")


def _list_feeds(page: Page) -> Iterator[str]:
    if not page.content.strip() or "html" not in page.media_type:
        return
    root: HtmlElement = document_fromstring(page.content)
    for link in root.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower() in FEED_TYPES:
            yield urljoin(page.url, link.get("href", ""))
