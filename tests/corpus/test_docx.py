"""Word files: text in order, title, author and date, and what cannot be read."""

import random
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from tests.corpus.files import WriteFile, load_article, load_reason, pack

COVER = (
    '<CoverPageProperties xmlns="http://schemas.microsoft.com/office/2006/coverPageProps">'
    "<PublishDate>2022-01-26T00:00:00</PublishDate></CoverPageProperties>"
)


def save(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def write_document(*paragraphs: str, title: str = "", author: str = "") -> Document:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def test_an_article_with_heading_and_table(write: WriteFile) -> None:
    document = docx.Document()
    document.core_properties.created = datetime(2020, 1, 1)
    document.add_heading("Talks end  in Geneva", 1)
    document.add_paragraph("The talks\tended,\nhe said.").add_run(" Nothing “came”.").bold = True
    document.add_heading("Who came", 2)
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ["Russia", "12", "", "US"], strict=True):
        cell.text = text
    document.add_paragraph("")
    document.add_paragraph("It ended.")
    document.sections[0].header.paragraphs[0].text = "THE DAILY"
    content = save(document)
    article = load_article(write("a.docx", content))
    assert article == Article(
        title="Talks end in Geneva",
        text="The talks ended, he said. Nothing “came”.\n\nWho came\n\nRussia | 12\n\nUS\n\nIt ended.",
    )
    assert article.original == content


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("Talks end", "A. Writer", Article(title="Talks end", author="A. Writer", text="It burned.\n\nIt rained.")),
        ("Word Document", "python-docx", Article(title="a", text="It burned.\n\nIt rained.")),
        ("draft_3.docx", "", Article(title="a", text="It burned.\n\nIt rained.")),
    ],
)
def test_details_from_the_properties(write: WriteFile, title: str, author: str, expected: Article) -> None:
    document = write_document("It burned.", "It rained.", title=title, author=author)
    assert load_article(write("a.docx", save(document))) == expected


def test_a_headline_without_style(write: WriteFile) -> None:
    content = save(write_document("Talks end in Geneva", "The talks ended."))
    assert load_article(write("a.docx", content)) == Article(title="Talks end in Geneva", text="The talks ended.")


def test_the_publish_date_of_a_cover_page(write: WriteFile) -> None:
    document = write_document("It burned.")
    part = Part(PackURI("/customXml/item9.xml"), "application/xml", COVER.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
    assert load_article(write("a.docx", save(document))).published == date(2022, 1, 26)
    assert load_article(write("b.docx", save(write_document("It burned.")))).published is None


def test_changes_that_are_tracked_and_fields_that_are_filled_in(write: WriteFile) -> None:
    document = write_document()
    body = document.element.body
    for markup in (
        "<w:p {}><w:r><w:t>The talks </w:t></w:r><w:ins><w:r><w:t>have ended</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>go on</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>",
        "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>In a con</w:t><w:softHyphen/><w:t>trol.</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>",
        "<w:p {}><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>A link</w:t></w:r>"
        "</w:hyperlink><w:r><w:noBreakHyphen/><w:t>ed.</w:t></w:r></w:p>",
    ):
        body.insert(len(body) - 1, parse_xml(markup.format(nsdecls("w"))))
    text = "The talks have ended.\n\nIn a control.\n\nA link-ed."
    assert load_article(write("a.docx", save(document))).text == text


def replace_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    return pack(parts | {name: change(parts[name])})


def test_entities_are_not_expanded(write: WriteFile) -> None:
    write("secret.txt", "Secret.")
    entities = b'<!DOCTYPE x [<!ENTITY a SYSTEM "secret.txt"><!ENTITY b "bomb">]>'

    def inject(markup: bytes) -> bytes:
        head, _, rest = markup.partition(b"?>")
        return head + b"?>" + entities + rest.replace(b"It burned.", b"It &a;&b;burned.")

    content = replace_part(save(write_document("It burned.")), "word/document.xml", inject)
    assert load_article(write("a.docx", content)).text == "It"  # text that goes on after an entity is no Word's


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is an old Word file, or locked with a password"),
        (save(docx.Document()), "article 'a' has no text"),
        (save(write_document("It burned."))[:-100], "is no Word file, or is damaged (File is not a zip file)"),
        (replace_part(save(write_document("x")), "word/document.xml", lambda _: b"<w:"), "is no Word file, or is dam"),
        (pack({"word/other.xml": "<x/>"}), "is no Word file, or is damaged (it holds no document)"),
    ],
)
def test_what_is_no_word_file(write: WriteFile, content: bytes, reason: str) -> None:
    assert load_reason(write("a.docx", content)).startswith(reason)


def test_a_bomb_goes_off_nowhere(write: WriteFile) -> None:
    content = replace_part(save(write_document("It burned.")), "word/document.xml", lambda _: b"0" * 1_000_001)
    assert len(content) < 100_000
    large, many = Limits(file_bytes=1_000_000), Limits(unpacked_bytes=1_000_000)
    assert load_reason(write("a.docx", content), large) == "unpacks to more than 1 MB, and no larger file is read"
    reason = "unpacks to more than 1 MB or 20,000 files; split it into smaller ones"
    assert load_reason(write("a.docx", content), many) == reason


def test_damaged_files_raise_nothing(write: WriteFile) -> None:
    chance = random.Random(4)
    whole = save(write_document("It burned.", title="Fire"))
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (item,) = load_source(write("a.docx", bytes(damaged)))
        assert isinstance(item, Loaded | LoadError)


OOXML = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = (OOXML, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
BOX = (
    "<w:p {}><w:r><w:t>The bridge </w:t></w:r><w:r><w:pict><w:textbox><w:txbxContent><w:p><w:r><w:t>A fair price</w:t>"
    "</w:r></w:p></w:txbxContent></w:textbox></w:pict></w:r>"
    "<w:r><w:t>is open.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Cut from print.</w:t></w:r>"
    "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> At last.</w:t></w:r></w:p>"
)
NOTE = "<w:footnote w:id='2'><w:p><w:r><w:t>Inspectors blamed rust.</w:t></w:r></w:p></w:footnote>"
NOTES = f"<w:footnotes {{}}>{NOTE}</w:footnotes>"


def test_text_boxes_stand_apart_notes_at_the_end_and_hidden_text_nowhere(write: WriteFile) -> None:
    document = write_document("It rained.")
    document.element.body.insert(0, parse_xml(BOX.format(nsdecls("w"))))
    with ZipFile(BytesIO(save(document))) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    content = pack(parts | {"word/footnotes.xml": NOTES.format(nsdecls("w"))})
    expected = "The bridge is open. At last.\n\nA fair price\n\nIt rained.\n\nInspectors blamed rust."
    assert load_article(write("a.docx", content)).text == expected


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", *STRICT),
        ("[Content_Types].xml", b"document.main+xml", b"template.main+xml"),
        ("word/_rels/document.xml.rels", b"styles.xml", b"gone.xml"),
    ],
)
def test_strict_files_templates_and_dangling_links_are_read(
    write: WriteFile, part: str, old: bytes, new: bytes
) -> None:
    content = replace_part(save(write_document("It burned.", "It rained.")), part, lambda xml: xml.replace(old, new))
    assert load_article(write("a.docx", content)) == Article(title="a", text="It burned.\n\nIt rained.")


def test_the_text_may_stand_in_any_part(write: WriteFile) -> None:
    content = save(write_document("Fire", "It burned."))
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["text/main.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/text/main.xml")
    assert load_article(write("a.docx", pack({**parts}))).text == "It burned."
