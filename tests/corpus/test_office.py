"""E-mails, saved pages, rich text and OpenDocument texts: one article each."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from odfdo import Document, Header, Note, Paragraph, Table

from corpus.article import Article
from tests.corpus.files import WriteFile, load_article, load_reason, pack

SENTENCES = [
    "The mayor of Vestby, Åse Lindqvist, opened the rebuilt harbour bridge on Tuesday in heavy rain.",
    "The work cost €4.2 million, which she called “a fair price” in her speech to about 300 people.",
]
BODY = f"<article><h1>Bridge opened</h1><p>{'</p><p>'.join(SENTENCES)}"
PAGE = f"<html><head><title>Bridge opened</title></head><body>{BODY}"


def write_mail(kind: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Norby Post <news@norby.example>"
    message["Subject"] = "Bridge opened in Åsnes"
    message["Date"] = format_datetime(datetime(2022, 1, 26, 10, tzinfo=UTC))
    if kind != "html":
        message.set_content("\n\n".join(SENTENCES))
    if kind == "html":
        message.set_content(PAGE, subtype="html")
    if kind == "both":
        message.add_alternative(PAGE, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize("kind", ["plain", "html", "both"])
def test_an_e_mail_is_an_article(write: WriteFile, kind: str) -> None:
    article = load_article(write("a.eml", write_mail(kind)))
    assert (article.title, article.author, article.published) == (
        "Bridge opened in Åsnes",
        "Norby Post",
        date(2022, 1, 26),
    )
    assert [sentence in article.text for sentence in SENTENCES] == [True, True]


def test_a_page_saved_as_one_file(write: WriteFile) -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://norby.example/bridge"
    message.set_content(PAGE, subtype="html")
    message.add_related(b"GIF89a", "image", "gif")
    article = load_article(write("a.mhtml", message.as_bytes()))
    assert (article.title, article.url) == ("Bridge opened", "https://norby.example/bridge")
    assert article.text == "\n\n".join(SENTENCES)


def test_rich_text(write: WriteFile) -> None:
    lines = "".join(f"{sentence.replace('Å', chr(92) + 'u197?')}\\par\n" for sentence in SENTENCES)
    for letter, code in (("€", "\\u8364?"), ("“", "\\ldblquote "), ("”", "\\rdblquote ")):
        lines = lines.replace(letter, code)
    content = "{\\rtf1\\ansi{\\info{\\title Bridge opened}{\\author Ann Berg}}" + lines + "}"
    article = load_article(write("a.rtf", content))
    assert article == Article(title="Bridge opened", author="Ann Berg", text="\n\n".join(SENTENCES))


def test_an_opendocument_text(write: WriteFile, tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    document.meta.title, document.meta.creator = "Bridge opened", "Ann Berg"
    noted = Paragraph(SENTENCES[0])
    noted.append(Note(note_id="n1", citation="1", body="Inspectors blamed rust."))
    table = Table("Costs")
    table.set_values([["Year", "Cost"], ["2021", "4.2m"]])
    for element in (Header(1, "Bridge opened"), noted, Paragraph(SENTENCES[1]), table):
        document.body.append(element)
    document.save(tmp_path / "a.odt")
    article = load_article(str(tmp_path / "a.odt"))
    parts = [SENTENCES[0], "Inspectors blamed rust.", SENTENCES[1], "Year | Cost", "2021 | 4.2m"]
    assert article == Article(title="Bridge opened", author="Ann Berg", text="\n\n".join(parts))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.eml", "It burned.", "is no e-mail and no saved page"),
        ("a.mhtml", write_mail("plain"), "holds no web page"),
        ("a.rtf", "It burned.", "is not rich text (RTF)"),
        ("a.odt", "It burned.", "is no OpenDocument text, or is damaged"),
        ("a.odt", pack({"x": "y"}), "is no OpenDocument text, or is damaged (it holds no text)"),
    ],
)
def test_what_is_something_else(write: WriteFile, name: str, content: bytes | str, reason: str) -> None:
    assert load_reason(write(name, content)).startswith(reason)


def test_an_e_mail_in_an_unknown_encoding_is_read(write: WriteFile) -> None:
    head = b"From: a@norby.example\nSubject: Fwd: Bridge opened\nContent-Type: text/plain; charset=x-unknown\n\n"
    article = load_article(write("a.eml", head + SENTENCES[0].encode()))
    assert (article.title, article.text) == ("Bridge opened", SENTENCES[0])


def test_flowed_lines_of_an_e_mail_are_put_together(write: WriteFile) -> None:
    head = "From: a@norby.example\nSubject: Bridge\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    body = SENTENCES[0].replace(", opened", ", \nopened") + "\n\n" + SENTENCES[1]
    assert load_article(write("a.eml", head + body)).text == "\n\n".join(SENTENCES)


def test_the_page_of_an_e_mail_is_taken_where_its_text_only_hints_at_it(write: WriteFile) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@norby.example", "Bridge opened"
    message.set_content("Your program shows no pages, sadly.")
    message.add_alternative(PAGE, subtype="html")
    assert load_article(write("a.eml", message.as_bytes())).text == "\n\n".join(SENTENCES)
