"""Feeds and addresses as sources: the full articles, with what the feed knows of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from tests.corpus.site import SENTENCES, Site, run_site

ALLOWED = Limits(private_addresses=True, download_seconds=5, feed_articles=4)
RSS = {"Content-Type": "application/rss+xml"}


@pytest.fixture
def site() -> Iterator[Site]:
    with run_site() as site:
        yield site


def write_entry(link: str, title: str = "Fire in one street", content: str = "") -> str:
    encoded = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return (
        f"<item><title>{title}</title><link>{link}</link><author>Ada Reyes</author>"
        f"<pubDate>Mon, 14 Aug 2023 23:30:00 -0500</pubDate>{encoded}</item>"
    )


def write_feed(*entries: str) -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Maui Daily</title>{''.join(entries)}</channel></rss>"
    ).encode()


def test_the_articles_of_a_feed_have_what_the_feed_knows_and_broken_entries_are_named(site: Site) -> None:
    entries = (
        write_entry("/one"),
        write_entry("/missing"),
        write_entry("/private/one"),
        write_entry("file://etc/passwd"),
    )
    site.answers["/feed"] = (200, RSS, write_feed(*entries))
    first, *errors = load_source(f"{site.url}/feed", ALLOWED)
    assert isinstance(first, Loaded)
    assert first.source == first.article.url == f"{site.url}/one"
    assert (first.article.title, first.article.outlet) == ("Fire in one street", "Maui Daily")
    assert (first.article.author, first.article.published) == ("Ada Reyes", date(2023, 8, 14))
    assert SENTENCES in first.article.text
    assert [str(error) for error in errors] == [
        f"{site.url}/missing: there is no such page (404 Not Found); check the address",
        f"{site.url}/private/one: the site's robots.txt asks programs not to read it; save it in your browser",
        "file://etc/passwd: only http and https addresses are fetched, and this is 'file:'",
    ]
    assert [path for path, _ in site.seen] == ["/feed", "/robots.txt", "/one", "/missing"]


def test_an_entry_without_its_page_is_read_from_the_feed_and_says_so(site: Site) -> None:
    entries = (
        write_entry("/missing", content=f"<p>{SENTENCES}</p>"),
        write_entry("/missing", content="<p>A teaser.</p>"),
    )
    site.answers["/feed"] = (200, RSS, write_feed(*entries))
    first, second = load_source(f"{site.url}/feed", ALLOWED)
    assert isinstance(first, Loaded)
    reason = "there is no such page (404 Not Found); check the address"
    assert first.source == f"{site.url}/missing (the text in the feed; {reason})"
    assert (first.article.text, first.article.title) == (SENTENCES, "Fire in one street")
    assert isinstance(second, LoadError)
    assert str(second) == f"{site.url}/missing: {reason}"


def test_a_feed_file_never_leads_to_this_machine(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_bytes(write_feed(write_entry(f"{site.url}/one"), write_entry("http://[::1]/")))
    reasons = [item.reason for item in load_source(str(path)) if isinstance(item, LoadError)]
    assert reasons == [
        f"{host} is at {host}, on this machine or a private network; only public addresses are fetched"
        for host in ("127.0.0.1", "::1")
    ]
    assert site.seen == []


def test_an_atom_file(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    path.write_text(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Maui Daily</title><entry><title>F</title>'
        f'<link href="{site.url}/one"/><published>2023-08-14T23:30:00-05:00</published></entry></feed>'
    )
    (item,) = load_source(str(path), ALLOWED)
    assert isinstance(item, Loaded)
    assert (item.article.outlet, item.article.published) == ("Maui Daily", date(2023, 8, 14))


def test_no_more_entries_than_the_limit_are_read(site: Site) -> None:
    site.answers["/feed"] = (200, RSS, write_feed(*[write_entry("/one")] * 6))
    *loaded, error = load_source(f"{site.url}/feed", ALLOWED)
    assert [type(item) for item in loaded] == [Loaded] * 4
    assert str(error) == f"{site.url}/feed: 2 entries were left out: at most 4 are read from a feed"


def test_xml_that_is_no_feed(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<html/>")
    site.answers["/xml"] = (200, {"Content-Type": "text/xml"}, b"<note/>")
    for source in (str(path), f"{site.url}/xml"):
        (error,) = load_source(source, ALLOWED)
        assert str(error) == f"{source}: is XML, but neither an RSS nor an Atom feed"


def test_a_text_file_by_its_address(site: Site) -> None:
    (item,) = load_source(f"{site.url}/notes.txt", ALLOWED)
    assert isinstance(item, Loaded)
    assert (item.source, item.article.url) == (f"{site.url}/notes.txt",) * 2
    assert (item.article.title, item.article.text) == ("Talks end", "The talks ended.")


def test_a_page_by_its_address(site: Site) -> None:
    (item,) = load_source(f"{site.url}/hop", ALLOWED)
    assert isinstance(item, Loaded)
    assert (item.source, item.article.url) == (f"{site.url}/hop", f"{site.url}/one")
    assert item.article.title == "Fire in one street"


@pytest.mark.parametrize("tag", ["description", "summary"])
@pytest.mark.parametrize("markup", [True, False])
def test_an_entry_s_description_is_read_where_its_page_cannot_be_had(site: Site, tag: str, markup: bool) -> None:
    text = f"&lt;p&gt;{SENTENCES}&lt;/p&gt;" if markup else SENTENCES
    entry = write_entry("/missing").replace("<link>", f"<{tag}>{text}</{tag}><link>")
    site.answers["/feed"] = (200, RSS, write_feed(entry))
    (item,) = load_source(f"{site.url}/feed", ALLOWED)
    assert isinstance(item, Loaded)
    assert item.article.text == SENTENCES


@pytest.mark.parametrize(
    ("written", "day"),
    [("2022-01-26 10:00:00", date(2022, 1, 26)), ("26/01/2022 10:00", date(2022, 1, 26)), ("Thu, 32 Jan 2022", None)],
)
def test_dates_of_entries(site: Site, written: str, day: date | None) -> None:
    entry = write_entry("/missing", content=f"<p>{SENTENCES}</p>")
    site.answers["/feed"] = (200, RSS, write_feed(entry.replace("Mon, 14 Aug 2023 23:30:00 -0500", written)))
    (item,) = load_source(f"{site.url}/feed", ALLOWED)
    assert isinstance(item, Loaded)
    assert item.article.published == day


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_a_doctype_and_markup_in_its_titles(site: Site, encoding: str) -> None:
    entry = write_entry("/missing", title="Fire &amp;amp; &lt;i&gt;smoke&lt;/i&gt;", content=f"<p>{SENTENCES}</p>")
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY a "b">]>'
    text = write_feed(entry).decode().replace('<?xml version="1.0"?>', head)
    site.answers["/feed"] = (200, RSS, text.encode(encoding))
    (item,) = load_source(f"{site.url}/feed", ALLOWED)
    assert isinstance(item, Loaded)
    assert (item.article.title, item.article.outlet) == ("Fire & smoke", "Maui Daily")
