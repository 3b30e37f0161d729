"""Tables of articles: delimiters, headers, and rows that are named when they cannot be read."""

from datetime import date

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded, load_source
from tests.corpus.files import WriteFile, load_reason

NONE = "names no column 'text' (nor content, body, article, maintext or fulltext)"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_table_is_an_article_a_row(write: WriteFile, delimiter: str, ends: str) -> None:
    rows = [
        ["Title", "PUBLISHED", " text ", "id", "Colour", "outlet", "author", "url", "topic", "language", "credits"],
        [
            "Fire",
            "2023-08-14",
            '"It burned, ""all day"";\tthen rain.\n\nIt ended."',
            "f",
            "red",
            "O",
            "A",
            "u://x",
            "T",
        ],
        ["", "", "Nothing came.", "n", "", "", "", "", ""],
    ]
    rows[1:] = [[*row, "en", "ab/cd (AFP)"] for row in rows[1:]]
    source = write("a.csv", ends.join(["", *(delimiter.join(row) for row in rows), "", " "]))
    assert list(load_source(source)) == [
        Loaded(f"{source}:3", Article(
            id="f", title="Fire", text='It burned, "all day";\tthen rain.\n\nIt ended.', outlet="O", author="A",
            published=date(2023, 8, 14), url="u://x", topic="T", language="en", credits="ab/cd (AFP)",
        )),
        Loaded(f"{source}:6", Article(id="n", text="Nothing came.", language="en", credits="ab/cd (AFP)")),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_tables_as_spreadsheets_write_them(write: WriteFile, encoding: str) -> None:
    source = write(
        "a.TSV", "text;id\r\nLe président a déclaré à Genève que tout était terminé.;é1\r\n".encode(encoding)
    )
    article = Article(id="é1", text="Le président a déclaré à Genève que tout était terminé.")
    assert list(load_source(source)) == [Loaded(f"{source}:2", article)]


def test_long_texts(write: WriteFile) -> None:
    text = "It burned. " * 20_000
    source = write("a.csv", f"id,text\na,{text}\n")
    assert list(load_source(source)) == [Loaded(f"{source}:2", Article(id="a", text=text))]


def test_broken_rows_are_named_and_the_rest_go_on(write: WriteFile) -> None:
    lines = [
        "id,text,published",
        "a,One.,2022-01-26",
        "b,One, two.,2022-01-26",
        "c,,",
        "d,Four.,soon",
        'e,"Five."x,',
        "f,Six.",
        'g,"Seven\nlines.",',
        'h,"Eight.',
    ]
    source = write("a.csv", "\n".join(lines))
    items = list(load_source(source))
    assert [item for item in items if isinstance(item, Loaded)] == [
        Loaded(f"{source}:2", Article(id="a", text="One.", published=date(2022, 1, 26))),
        Loaded(
            f"{source}:5",
            Article(id="d", text="Four."),
            ("'published' is 'soon', which names no certain day: the date is left empty",),
        ),
        Loaded(f"{source}:6", Article(id="e", text="Five.x")),
        Loaded(f"{source}:7", Article(id="f", text="Six.")),
        Loaded(f"{source}:8", Article(id="g", text="Seven\nlines.")),
    ]
    remedy = "and the first line names 3; put texts that hold the delimiter in quotes"
    assert [(error.source, error.reason) for error in items if isinstance(error, LoadError)] == [
        (f"{source}:3", f"has 4 columns, {remedy}"),
        (f"{source}:4", "'text' is '', which is no text"),
        (f"{source}:10", "is not a row of a table: it begins a quote that is never closed"),
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Title;Words", f"{NONE} but 'title', 'words'"),
        ("just a line of prose, as it were", f"{NONE} but 'just a line of prose', 'as it were'"),
        ("id,TEXT,Text", "names the column 'text' twice"),
        ('id,"text', "does not name the columns: it begins a quote that is never closed"),
    ],
)
def test_headers_that_name_no_text(write: WriteFile, header: str, reason: str) -> None:
    source = write("a.csv", header)
    (error,) = load_source(source)
    assert str(error) == f"{source}:1: {reason}"


def test_a_table_without_rows_holds_no_article(write: WriteFile) -> None:
    assert load_reason(write("a.csv", "id,text\n")) == "holds no article: it has no row below the first line"
