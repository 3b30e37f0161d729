"""Feeds and folders that are followed, over a real site, real files and a real library."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.loading import Limits
from rag.errors import FollowError
from rag.following.checking import Checker
from rag.following.sources import Followed, Following
from rag.library.library import Library
from tests.corpus.site import HTML, SENTENCES, Site, run_site, write_page
from tests.corpus.test_feed import RSS, write_entry, write_feed

ALLOWED = Limits(private_addresses=True, download_seconds=5)
Look = Callable[..., Followed]


@pytest.fixture
def site() -> Iterator[Site]:
    with run_site() as site:
        put(site, "/one", "Fire in one street")
        put(site, "/two", "Fire in two streets")
        put_feed(site, "/one", "/two")
        yield site


def put(site: Site, path: str, title: str, more: str = "") -> None:
    page = write_page(title).replace(b"</p>", f" {more}</p>".encode())
    site.answers[path] = (200, HTML | {"ETag": f'"{hash(page)}"'}, page)


def put_feed(site: Site, *links: str, note: str = "") -> None:
    feed = write_feed(*[write_entry(link, f"Fire {link}{note}") for link in links])
    site.answers["/feed"] = (200, RSS | {"ETag": f'"{hash(feed)}"'}, feed)


class Clock:
    """A clock that goes on by an hour with each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 26, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def checker(library: Library, tmp_path: Path, clock: Clock) -> Checker:
    return Checker(library, Following(tmp_path / "following"), ALLOWED, clock)


def look(checker: Checker, source: str, *, is_asked: bool = True) -> tuple[list[tuple[str, str]], list[str]]:
    """Look at a source; returns what arrived, by title, and the problems."""
    checked = checker.check(checker.following.find(source), is_asked=is_asked)
    catalog = checker._library.catalog
    titles = ((catalog.find(news.article), news.outcome) for news in checked.latest)
    return sorted((article.title if article else "", str(outcome)) for article, outcome in titles), [
        problem for _, problem in checked.problems
    ]


def list_titles(library: Library, *, superseded: bool = False) -> list[str]:
    return sorted(entry.source.title for entry in library.catalog.list_entries(superseded=superseded))


def test_a_feed_brings_what_is_new_and_keeps_what_it_drops(site: Site, checker: Checker, library: Library) -> None:
    feed = f"{site.url}/feed"
    begun = checker.begin(feed)
    assert (begun.title, begun.describe_latest(), begun.problems) == ("Maui Daily", "2 new articles", [])
    assert look(checker, feed) == ([], [])
    put(site, "/three", "Fire in three streets")
    put_feed(site, "/two", "/three")
    assert look(checker, "Maui Daily") == ([("Fire in three streets", "added")], [])
    assert list_titles(library) == ["Fire in one street", "Fire in three streets", "Fire in two streets"]


def test_a_page_that_changes_replaces_its_earlier_version(site: Site, checker: Checker, library: Library) -> None:
    feed = f"{site.url}/feed"
    checker.begin(feed)
    (old,) = [entry for entry in library.catalog.list_entries() if entry.source.url.endswith("/one")]
    put(site, "/one", "Fire in one street, contained", "It is out.")
    assert look(checker, feed) == ([("Fire in one street, contained", "replaced")], [])
    now = library.catalog.find_version(old.source.id)
    before = library.catalog.find_version(old.source.id, 1)
    assert now and before
    assert (now[1].version, now[0].text, before[0].text) == (2, f"{SENTENCES} It is out.", SENTENCES)


def test_a_look_that_nobody_asked_for_asks_for_no_page_of_an_unchanged_feed(site: Site, checker: Checker) -> None:
    feed = f"{site.url}/feed"
    checker.begin(feed)
    asked = len(site.seen)
    put(site, "/one", "Fire in one street", "It is out.")  # the feed does not say so
    assert look(checker, feed, is_asked=False) == ([], [])
    assert [path for path, _ in site.seen[asked:]] == ["/feed"]
    put_feed(site, "/one", "/two", note="!")
    assert look(checker, feed, is_asked=False) == ([("Fire in one street", "replaced")], [])
    assert [path for path, _ in site.seen[asked + 1 :]] == ["/feed", "/robots.txt", "/one", "/two"]


def test_a_day_later_every_page_of_the_feed_is_asked_for(site: Site, checker: Checker, clock: Clock) -> None:
    feed = f"{site.url}/feed"
    checker.begin(feed)
    put(site, "/one", "Fire in one street", "It is out.")
    clock.now += timedelta(days=1)
    assert look(checker, feed, is_asked=False) == ([("Fire in one street", "replaced")], [])


def test_an_article_removed_by_hand_does_not_come_back(site: Site, checker: Checker, library: Library) -> None:
    feed = f"{site.url}/feed"
    checker.begin(feed)
    (one,) = [entry for entry in library.catalog.list_entries() if entry.source.url.endswith("/one")]
    library.remove([one.source.id])
    put(site, "/one", "Fire in one street", "It is out.")
    assert look(checker, feed) == ([], [])
    assert look(checker, feed) == ([], [])
    assert list_titles(library) == ["Fire in two streets"]
    words = [path for path in checker.following._folder.iterdir() if b"/one" in path.read_bytes()]
    assert words == []


def test_what_fails_is_told_until_it_is_mended(site: Site, checker: Checker) -> None:
    feed = f"{site.url}/feed"
    put_feed(site, "/one", "/three")
    begun = checker.begin(feed)
    told = f"{site.url}/three: there is no such page (404 Not Found); check the address"
    assert [problem for _, problem in begun.problems] == [told]
    put(site, "/three", "Fire in three streets")
    assert look(checker, feed, is_asked=False) == ([("Fire in three streets", "added")], [])
    site.answers["/feed"] = (500, HTML, b"oops")
    told = f"{feed}: the site has a problem (500 Internal Server Error); try again later"
    assert look(checker, feed) == ([], [told])
    put_feed(site, "/one")
    assert look(checker, feed) == ([], [])
    put_feed(site, "/one", "/four")
    assert len(look(checker, feed)[1]) == 1
    put_feed(site, "/one")  # what the feed drops is no problem any more
    assert look(checker, feed) == ([], [])


def test_an_address_without_a_feed_is_not_followed(site: Site, checker: Checker) -> None:
    page = b'<head><link rel="alternate" type="application/rss+xml" href="/feed"></head><p>Hello</p>'
    site.answers["/"] = (200, HTML, page)
    with pytest.raises(FollowError, match=rf"{site.url}/: is no feed; it names {site.url}/feed: follow that"):
        checker.begin(f"{site.url}/")
    with pytest.raises(FollowError, match="is no feed; give the address of an RSS or Atom feed"):
        checker.begin(f"{site.url}/one")
    with pytest.raises(FollowError, match="is neither a web address nor a folder"):
        checker.begin("nowhere")
    with pytest.raises(FollowError, match="3 minutes are too few"):
        checker.begin(f"{site.url}/feed", 3)
    assert checker.following.list_followed() == []


def test_a_folder(checker: Checker, library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "storm.txt").write_text("Storm hits Lisbon\n\nIt tore off 40 roofs.")
    (folder / "many.jsonl").write_text('{"title": "A", "text": "Ann won."}\n{"title": "B", "text": "Ben won."}\n')
    begun = checker.begin(str(folder))
    assert (begun.describe_latest(), begun.problems) == ("3 new articles", [])
    (folder / "storm.txt").write_text("Storm hits Lisbon and Porto\n\nIt tore off 50 roofs.")
    (folder / "many.jsonl").write_text('{"title": "B", "text": "Ben won twice."}\n{"title": "C", "text": "Cy won."}\n')
    (folder / "odd.xyz").write_text("?")
    arrived, problems = look(checker, str(folder))
    assert arrived == [("B", "replaced"), ("C", "added"), ("Storm hits Lisbon and Porto", "replaced")]
    assert [problem.partition(":")[0] for problem in problems] == [str(folder / "odd.xyz")]
    (folder / "storm.txt").unlink()
    assert look(checker, str(folder)) == ([], problems)
    (folder / "odd.xyz").unlink()
    assert look(checker, str(folder)) == ([], [])
    assert list_titles(library) == ["A", "B", "C", "Storm hits Lisbon and Porto"]
    assert len(list_titles(library, superseded=True)) == 6


def test_a_folder_that_is_gone_is_told_and_its_articles_stay(
    checker: Checker, library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "storm.txt").write_text("Storm hits Lisbon\n\nIt tore off 40 roofs.")
    checker.begin(str(folder))
    folder.rename(tmp_path / "elsewhere")
    assert look(checker, str(folder)) == ([], [f"{folder}: there is no such file or folder (any more)"])
    (tmp_path / "elsewhere").rename(folder)
    assert look(checker, str(folder)) == ([], [])
    assert list_titles(library) == ["Storm hits Lisbon"]


def test_only_what_is_due_is_looked_at_unasked(site: Site, checker: Checker, clock: Clock) -> None:
    feed = f"{site.url}/feed"
    checker.begin(feed)
    assert checker.check_due() == []
    checker.following.follow(feed, clock(), minutes=200)
    assert checker.check_due() == []
    assert [each.source for each in checker.check_due()] == [feed]
    assert checker.following.find(feed).minutes == 200


def test_what_was_unfollowed_during_a_look_stays_so(site: Site, checker: Checker) -> None:
    followed = checker.begin(f"{site.url}/feed")
    checker.following.unfollow(followed.source)
    assert not checker.following.finish(replace(followed, title="Other"))
    with pytest.raises(FollowError, match="is not followed"):
        checker.following.find(followed.source)


def test_a_broken_file_is_named(checker: Checker, tmp_path: Path) -> None:
    (tmp_path / "following").mkdir()
    (tmp_path / "following" / "source-1.json").write_text("{")
    with pytest.raises(FollowError, match=r"following/source-1.json in the home folder cannot be read \(Invalid JSON"):
        checker.following.list_followed()
