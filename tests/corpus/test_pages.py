"""Web pages and pasted text, from their bytes to the article."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cleaning import read_pages
from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded, load_source
from corpus.loading.html import read_page
from corpus.loading.text import read_pasted

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry to Holm sails again – The Sund Gazette – 03/15/2024</title>
<link rel="canonical" href="https://sund.example/holm">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Ferry to Holm sails again", "datePublished": "2024-03-14T23:30:00Z",
"dateModified": "2024-03-16T07:00:00Z", "author": [{"@type": "Person", "name": "Ana Ruiz"},
{"@type": "Person", "name": "Bo Lund"}], "publisher": {"@type": "Organization", "name": "The Sund Gazette"}}</script>
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ferry to Holm sails again</h1>
<p class="teaser">The first boat left at six. It was full, as the harbour master had foretold on Sunday.</p>
<figure><img src="a.jpg"><figcaption>Cars wait at the quay. Image: Petra Nowak/AFP</figcaption></figure>
<div>Advertisement</div>
<p>The ferry had been locked in by the ice for eleven days, the longest time since 1987.</p><h2>Why it stopped</h2>
<p>“The ice was thicker than the hull,” Captain Dahl said. He had tried it twice, and turned back both times.</p>
<p>ko/rt (AFP, Reuters)</p></article><footer>© 2024 The Sund Gazette. All rights reserved.</footer></body></html>"""

TEXT = """The first boat left at six. It was full, as the harbour master had foretold on Sunday.

The ferry had been locked in by the ice for eleven days, the longest time since 1987.

Why it stopped

“The ice was thicker than the hull,” Captain Dahl said. He had tried it twice, and turned back both times."""

ARTICLE = Article(
    title="Ferry to Holm sails again", text=TEXT, outlet="The Sund Gazette", author="Ana Ruiz, Bo Lund",
    published=date(2024, 3, 14), url="https://sund.example/holm", language="en", credits="ko/rt (AFP, Reuters)",
)  # fmt: skip


def test_a_page() -> None:
    loaded = read_page("holm", PAGE.encode())
    assert loaded == Loaded("holm", ARTICLE)
    assert loaded.article.original == PAGE.encode()


@pytest.mark.parametrize("name", ["holm.html", "holm.HTM"])
def test_a_saved_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PAGE.encode())
    assert list(load_source(str(path))) == [Loaded(str(path), ARTICLE)]


def test_pasted_html_is_read_as_a_page() -> None:
    assert read_pasted(PAGE) == Loaded("pasted text", ARTICLE)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://sund.example/holm?from=mail", "https://sund.example/holm"),
        ("https://copy.example/holm", "https://copy.example/holm"),
        ("", "https://sund.example/holm"),
    ],
)
def test_a_page_names_its_own_address_but_not_another_site_s(url: str, kept: str) -> None:
    assert read_page("holm", PAGE.encode(), url).article.url == kept


def test_the_day_of_reading_is_no_publication_date() -> None:
    bare = "<html><body><h1>The well</h1>" + "<p>The well has never been dry. It is 84 metres deep.</p>" * 5
    article = read_page("well", f"{bare}<footer>© 2011-{date.today().year}</footer>".encode()).article
    assert (article.title, article.published, article.author, article.url) == ("The well", None, "", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"The ferry sails.", "is not a web page (HTML)"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not a web page (HTML)"),
        (b"%PDF-1.7 <p", "is not a web page (HTML)"),
        (
            b"<html><body><div id='root'></div><script>go()</script></body></html>",
            "no article was found in the page; copy its text in a browser and paste it",
        ),
    ],
)
def test_what_is_no_page(content: bytes, reason: str) -> None:
    with pytest.raises(LoadError) as caught:
        read_page("x", content)
    assert (caught.value.source, caught.value.reason) == ("x", reason)


@given(st.one_of(st.binary(), st.text().map(lambda text: f"<html><body><p>{text}</p></body></html>".encode())))
def test_bytes_are_read_as_a_page_or_refused(content: bytes) -> None:
    try:
        assert read_page("x", content).article.original == content
    except LoadError as error:
        assert error.source == "x"


def test_pasted_text() -> None:
    text = "Ferry to Holm sails again\r\n\r\nBy Ana Ruiz\r\n\r\nIt left.\r\n\r\nAdvertisement\r\n\r\nIt was full."
    loaded = read_pasted(text)
    assert loaded.article == Article(
        title="Ferry to Holm sails again", text="It left.\n\nIt was full.", author="Ana Ruiz"
    )
    assert loaded.article.original == text.replace("\r\n", "\n").encode()


def test_no_original_is_kept_where_nothing_was_taken_away() -> None:
    assert read_pasted("Talks end\n\nThe talks ended.").article.original == b""


@pytest.mark.parametrize(("text", "reason"), [(" ", "is empty"), ("...", "article 'without title' has no text")])
def test_pasted_text_without_an_article(text: str, reason: str) -> None:
    with pytest.raises(LoadError, match=f"^pasted text: {reason}$"):
        read_pasted(text)


@pytest.mark.parametrize("name", ["02-tabloid", "06-local-paper", "08-science-list", "21-broadcaster"])
def test_pages_of_the_benchmark(name: str) -> None:
    (page,) = (page for folder in ("tuned", "held-out") for page in read_pages(folder) if page.name == name)
    article = read_pasted(page.content).article
    assert article.text.split("\n") == [line for line in article.text.split("\n") if line in page.content]
    assert article.text.split() == page.article.split()
    assert {field: getattr(article, field) or "" for field in ("title", "author", "published")} == {
        field: page.details[field] for field in ("title", "author", "published")
    }


@pytest.mark.parametrize(
    "notice",
    [
        "You need to enable JavaScript to run this app.",
        "Please turn on JavaScript and reload.",
        "This site requires JavaScript.",
    ],
)
def test_a_page_that_its_scripts_make_is_no_article(notice: str) -> None:
    page = (
        f"<html><head><title>Fire</title></head><body><div id='root'></div><noscript>{notice}</noscript></body></html>"
    )
    with pytest.raises(LoadError, match="no article was found"):
        read_page("a.html", page.encode())
