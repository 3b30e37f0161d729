"""The line below a title that says where, by whom and when: in every kind of file, and alone."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from odfdo import Document, Header, Paragraph

from corpus.cleaning import read_imprint
from corpus.cleaning.imprint import Imprint
from tests.corpus.files import WriteFile, load_article
from tests.corpus.test_pdf import draw, typeset

TITLE = "Ferry to Holm sails again"
BODY = ["The ferry left the harbour at six on Thursday morning, for the first time.", "It was full, the captain said."]
DAY = date(2024, 5, 21)
LINES = {
    "Romsdal Post, 21 May 2024": Imprint("Romsdal Post", "", DAY),
    "By Ann Lee | The Daily, May 21 2024": Imprint("The Daily", "Ann Lee", DAY),
    "Ann Lee and Bo Lund, Norby Herald, 21.05.2024": Imprint("Norby Herald", "Ann Lee, Bo Lund", DAY),
    "By Ann Lee": Imprint("", "Ann Lee", None),
}


def write_docx(lines: list[str]) -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "", "python-docx"
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        document.add_paragraph(line)
    document.save(buffer := BytesIO())
    return buffer.getvalue()


def write_odt(lines: list[str]) -> bytes:
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, lines[0]))
    for line in lines[1:]:
        document.body.append(Paragraph(line))
    document.save(buffer := BytesIO())
    return buffer.getvalue()


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": lambda lines: "\n\n".join(lines).encode(),
    "docx": write_docx,
    "odt": write_odt,
    "rtf": lambda lines: b"{\\rtf1 " + "\\par\n".join(lines).encode() + b"}",
    "pdf": lambda lines: typeset(lines[0], lines[1:]),
}


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_second_line_of_a_file(write: WriteFile, suffix: str, line: str) -> None:
    article = load_article(write(f"a.{suffix}", FORMATS[suffix]([TITLE, line, *BODY])))
    assert (article.title, " ".join(article.text.split())) == (TITLE, " ".join(BODY))
    assert (article.outlet, article.author, article.published) == LINES[line]


def test_a_line_set_like_the_text_of_a_pdf(write: WriteFile) -> None:
    lines = ["Romsdal Post, 21 May 2024", "The ferry left the harbour at six on Thursday morning, and", "it was full."]
    article = load_article(write("a.pdf", draw([TITLE, *lines])))
    assert (article.outlet, article.published, article.text) == ("Romsdal Post", DAY, " ".join(lines[1:]))


@pytest.mark.parametrize(
    ("line", "imprint"),
    [
        ("The Guardian | Tue 21 May 2024 10.15 BST", Imprint("The Guardian", "", DAY)),
        ("Von Ann Lee, Nordische Zeitung, 21. Mai 2024", Imprint("Nordische Zeitung", "Ann Lee", DAY)),
        ("By Ann Lee for The Daily, 21 May 2024", Imprint("The Daily", "Ann Lee", DAY)),
        ("By Ann Lee, Science Editor", Imprint("", "Ann Lee", None)),
        ("By Ann Lee, Oslo, 21 May 2024", Imprint("", "Ann Lee", DAY)),
        ("Oslo, 21 May 2024", Imprint("", "", DAY)),
        ("Published in The Daily on 21 May 2024", Imprint("The Daily", "", DAY)),
        ("The Norby Gazette – 21 May 2024 – page 3", Imprint("The Norby Gazette", "", DAY)),
        ("Meeting minutes, 21 May 2024", None),
        ("21 May 2024: the ferry sails", None),
        ("By March 14, 2024 the dam had filled.", None),
        ("By the sea", None),
        ("The Daily", None),
        ("On 21 May 2024 The Daily closed", None),
    ],
)
def test_an_imprint(line: str, imprint: Imprint | None) -> None:
    assert read_imprint(line) == imprint
