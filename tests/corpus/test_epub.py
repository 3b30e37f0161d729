"""EPUBs: a magazine's chapters become articles."""

import random
from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from tests.corpus.files import WriteFile, load_reason, pack

CONTAINER = (
    '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
MAGAZINE = (
    "<dc:title>The Weekly</dc:title><dc:creator>calibre</dc:creator><dc:language>en-GB</dc:language>"
    "<dc:publisher>Weekly Press</dc:publisher>"
)


def make_page(body: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>{head}</head>{body}</html>'
    )


def make_epub(
    pages: dict[str, str], details: str = MAGAZINE, contents: dict[str, str] | None = None, items: str = "", **more: str
) -> bytes:
    """Return an EPUB of the bodies of its pages, with an EPUB 3 list of `contents`: link -> title."""
    manifest = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{details}</metadata><manifest>{manifest}{items}'
        '<item id="nav" href="text/nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    links = "".join(f'<li><a href="../{link}">{title}</a></li>' for link, title in (contents or {}).items())
    nav = make_page(f'<body><nav epub:type="toc"><ol>{links}</ol></nav></body>')
    return pack(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": package,
         "OEBPS/text/nav.xhtml": nav}
        | {f"OEBPS/{name}": make_page(body) for name, body in pages.items()} | more
    )  # fmt: skip


def load_articles(source: str) -> dict[str, Article]:
    items = list(load_source(source))
    assert all(isinstance(item, Loaded) for item in items), items
    return {item.source.removeprefix(f"{source}/OEBPS/"): item.article for item in items if isinstance(item, Loaded)}


def test_a_magazine(write: WriteFile) -> None:
    pages = {
        "cover.xhtml": '<body epub:type="cover"><p>The Weekly, No. 4</p></body>',
        "imprint.xhtml": "<body><p>Printed by the press.</p></body>",
        "list.xhtml": "<body><h1>This week</h1><ul><li><a href='a.xhtml'>Fire in the north</a> 4</li></ul></body>",
        "section.xhtml": "<body><h1>World</h1></body>",
        "a b.xhtml": (
            "<body><h1>Fire in<br/>the north</h1><p>By A. Writer</p><p>It burned&nbsp;all "
            "<b>day</b>, he said: &ldquo;it&#8217;s bur\u00adning&rdquo;.</p><!-- note --><script>x()</script>"
            "<figure><img src='x.jpg'/><figcaption>A fire. Photo: X</figcaption></figure>"
            "<div>It <a id='p4'/>rained.<ul><li>One.</li><li>Two.</li></ul>It ended.</div></body>"
        ),
        "a2.xhtml": "<body>It began <br/>again.<br />\n<br/>On Monday.</body>",
        "b.xhtml": "<body><p>The talks ended.</p><h2>Later</h2><p>Nothing came.</p></body>",
        "c.xhtml": "<body><h3>Without entry</h3><p>It is there.</p></body>",
    }
    contents = {"a%20b.xhtml#top": "Fire in the north", "b.xhtml": "Talks end", "b.xhtml#later": "Later"}
    details = f'{MAGAZINE}<dc:date>2022-01-29T00:00:00+00:00</dc:date><meta property="dcterms:modified">2023</meta>'
    source = write("weekly.epub", make_epub(pages, details, contents))
    shared = {"outlet": "The Weekly", "published": date(2022, 1, 29), "language": "en"}
    articles = load_articles(source)
    assert articles == {
        "a b.xhtml": Article(
            title="Fire in the north",
            text="By A. Writer\n\nIt burned all day, he said: “it’s burning”.\n\nIt rained.\n\nOne.\n\nTwo.\n\n"
            "It ended.\n\nIt began again.\n\nOn Monday.",
            **shared,
        ),
        "b.xhtml": Article(title="Talks end", text="The talks ended.\n\nLater\n\nNothing came.", **shared),
        "c.xhtml": Article(title="Without entry", text="It is there.", **shared),
    }
    assert articles["c.xhtml"].original == make_page(pages["c.xhtml"]).encode()
    assert (
        articles["a b.xhtml"].original == "".join(make_page(pages[name]) for name in ("a b.xhtml", "a2.xhtml")).encode()
    )


def test_contents_as_epub_2_lists_them(write: WriteFile) -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>World</text></navLabel>'
        '<content src="a.html#x"/><navPoint><navLabel><text>Fire\n in it</text></navLabel><content src="b.html"/>'
        "</navPoint></navPoint></navMap></ncx>"
    )
    items = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    pages = {"a.html": "<body><p>One.</p></body>", "b.html": "<body><p>Two.</p></body>"}
    source = write("a.epub", make_epub(pages, items=items, **{"OEBPS/toc.ncx": ncx}))
    titles = {name: (article.title, article.text) for name, article in load_articles(source).items()}
    assert titles == {"a.html": ("World", "One."), "b.html": ("Fire in it", "Two.")}


def test_pages_without_titles_are_one_article(write: WriteFile) -> None:
    pages = {"a.xhtml": "<body><p>One.</p></body>", "b.xhtml": "<body>Two.</body>"}
    details = "<dc:title>On fire</dc:title><dc:creator>A. Writer</dc:creator><dc:creator>B. Other</dc:creator>"
    source = write("a.epub", make_epub(pages, f"{details}<dc:publisher>Press</dc:publisher>"))
    expected = Article(title="On fire", text="One.\n\nTwo.", author="A. Writer, B. Other", outlet="Press")
    assert load_articles(source) == {"a.xhtml": expected}
    assert load_articles(write("nameless.epub", make_epub(pages, "")))["a.xhtml"].title == "nameless"


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<dc:date>2022-01-29</dc:date>", date(2022, 1, 29)),
        ('<dc:date opf:event="creation">2021-01-01</dc:date><dc:date opf:event="publication">2022-01-29</dc:date>',
         date(2022, 1, 29)),
        ('<dc:date opf:event="modification">2022-01-29</dc:date>', None),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", None),
        ("<dc:date>2022</dc:date>", None),
        ("<dc:date>soon</dc:date>", None),
    ],
)  # fmt: skip
def test_dates_of_publication(write: WriteFile, dates: str, day: date | None) -> None:
    source = write("a.epub", make_epub({"a.xhtml": "<body><p>One.</p></body>"}, dates))
    assert load_articles(source)["a.xhtml"].published == day


def test_malformed_pages_are_read_as_far_as_they_make_sense(write: WriteFile) -> None:
    pages = {"a.xhtml": "<body><h1>Fire & rain</h1><p>It burned.<p>It <i>rained</p>", "b.xhtml": "<body><h1>None</h1>"}
    ((_, article),) = load_articles(write("a.epub", make_epub(pages))).items()
    assert article.title.startswith("Fire")
    assert article.text == "It burned.\n\nIt rained"


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
    '<e:EncryptedData><e:CipherData><e:CipherReference URI="{}"/></e:CipherData></e:EncryptedData></encryption>'
)


def test_protection_against_copying(write: WriteFile) -> None:
    pages = {"a.xhtml": "<body><p>One.</p></body>"}
    locked = make_epub(pages, **{"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/a.xhtml")})
    assert load_reason(write("a.epub", locked)) == "is protected against copying (DRM), and cannot be read"
    only_a_font = make_epub(pages, **{"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/font.ttf")})
    assert load_articles(write("b.epub", only_a_font))["a.xhtml"].text == "One."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pack({"a.txt": "x"}), "is no EPUB: it holds no META-INF/container.xml"),
        (pack({"META-INF/container.xml": ""}), "is a damaged EPUB: META-INF/container.xml is not XML"),
        (pack({"META-INF/container.xml": CONTAINER}), "is a damaged EPUB: it holds no OEBPS/content.opf"),
        (make_epub({}), "has no text"),
        (make_epub({"a.xhtml": "<body><img src='scan.png'/></body>"}), "has no text"),
    ],
)
def test_what_cannot_be_read(write: WriteFile, content: bytes, reason: str) -> None:
    assert load_reason(write("a.epub", content)) == reason


def test_a_bomb_goes_off_nowhere(write: WriteFile) -> None:
    source = write("a.epub", make_epub({f"{name}.xhtml": f"<p>{'0' * 1_000_000}</p>" for name in "abc"}))
    assert (
        load_reason(source, Limits(file_bytes=900_000))
        == "unpacks to more than 900,000 bytes, and no larger file is read"
    )
    reason = "unpacks to more than 2 MB or 20,000 files; split it into smaller ones"
    assert load_reason(source, Limits(unpacked_bytes=2_000_000)) == reason


def test_entities_are_not_expanded(write: WriteFile) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]><html><body><p>It'
    content = make_epub({"a.xhtml": ""}, **{"OEBPS/a.xhtml": f"{page} &l9;&f;burned.</p></body></html>"})
    assert "root:" not in (text := load_articles(write("a.epub", content))["a.xhtml"].text)
    assert len(text) < 30


def test_markup_nested_too_deep(write: WriteFile) -> None:
    page = f"<body>It burned.{'<div>' * 100_000}Deep.{'</div>' * 100_000}</body>"
    assert load_articles(write("a.epub", make_epub({"a.xhtml": page})))["a.xhtml"].text == "It burned."


def test_damaged_files_raise_nothing(write: WriteFile) -> None:
    chance = random.Random(4)
    whole = make_epub({"a.xhtml": "<body><h1>A</h1><p>One.</p></body>"}, contents={"a.xhtml": "A"})
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert all(isinstance(item, Loaded | LoadError) for item in load_source(write("a.epub", bytes(damaged))))


def test_a_missing_chapter_is_named_and_the_others_are_read(write: WriteFile) -> None:
    content = make_epub({"one.xhtml": "<body><h1>Fire</h1><p>It burned.</p></body>", "two.xhtml": "<body/>"})
    source = write("a.epub", replace_text(content, {"OEBPS/two.xhtml": None}))
    loaded, missing = load_source(source)
    assert isinstance(loaded, Loaded)
    assert loaded.article.title == "Fire"
    assert str(missing) == f"{source}/OEBPS/two.xhtml: is missing from the EPUB"


def test_without_a_spine_the_pages_are_read_as_they_are_listed(write: WriteFile) -> None:
    pages = {name: f"<body><h1>{name}</h1><p>It burned.</p></body>" for name in ("one.xhtml", "two.xhtml")}
    content = replace_text(
        make_epub(pages), {"OEBPS/content.opf": lambda text: text.partition("<spine>")[0] + "</package>"}
    )
    assert list(load_articles(write("a.epub", content))) == ["one.xhtml", "two.xhtml"]


def replace_text(content: bytes, changes: dict[str, Callable[[str], str] | None]) -> bytes:
    """Return the EPUB with some of its files changed, or left out."""
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    changed = {name: change(files[name]) for name, change in changes.items() if change}
    return pack({name: text for name, text in (files | changed).items() if changes.get(name, ...) is not None})
