"""Loaders: files of every kind become articles, or a failure that names the file and the reason."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import SUFFIXES, Loaded, load_source
from corpus.loading.json import JsonLoader
from tests.corpus.files import WriteFile, load_article, load_reason


def test_a_text_file_with_a_headline(write: WriteFile) -> None:
    expected = Article(title="Talks end", text="The talks ended.\n\nNothing came.")
    assert load_article(write("a.txt", "Talks end\r\n\r\nThe talks ended.\r\n\r\nNothing came.\r\n")) == expected


def test_a_text_file_without_headline_is_called_after_the_file(write: WriteFile) -> None:
    assert load_article(write("talks.TXT", "The talks ended.")) == Article(title="talks", text="The talks ended.")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("utf-8", "The “talks” – in Genève – ended. Россия."),
        ("utf-8-sig", "The “talks” ended."),
        ("cp1252", "He said “no” – the talks were over. It’s done."),
        ("latin-1", "Le président a déclaré à l'Élysée que les négociations étaient terminées."),
        ("cp1251", "Россия потребовала, чтобы Украина никогда не вступала в НАТО. Переговоры прошли в Женеве."),
        ("utf-16", "The “talks” ended without result. Nothing came of them."),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(write: WriteFile, encoding: str, body: str, ends: str) -> None:
    content = f"Talks end{ends}{ends}{body}{ends}".encode(encoding)
    assert load_article(write("a.txt", content)) == Article(title="Talks end", text=body)


def test_a_markdown_file_with_front_matter(write: WriteFile) -> None:
    details = (
        "title: 'Fire: day 2'\nid: f2\noutlet: O\nauthor: A\npublished: 2023-08-14\nurl: https://x.org\ntopic: T\nx: 1"
    )
    assert load_article(write("a.md", f"---\n{details}\n---\n\nIt burned.\n\n## More\n\nAnd burned.\n")) == Article(
        title="Fire: day 2", id="f2", outlet="O", author="A", published=date(2023, 8, 14), url="https://x.org",
        topic="T", text="It burned.\n\n## More\n\nAnd burned.",
    )  # fmt: skip


@pytest.mark.parametrize("head", ["", "---\nid: a\n---\n", "---\ntitle:\nid: a\n---\n", "---\ntitle: ''\n---\n"])
def test_a_markdown_title_is_taken_from_the_heading(write: WriteFile, head: str) -> None:
    article = load_article(write("a.md", f"{head}# Fire\n\nIt burned."))
    assert (article.title, article.text) == ("Fire", "It burned.")


def test_a_markdown_title_is_at_worst_the_name_of_the_file(write: WriteFile) -> None:
    article = load_article(write("fire.markdown", "It burned."))
    assert (article.title, article.text) == ("fire", "It burned.")


@pytest.mark.parametrize(
    ("details", "title"),
    [
        ("title: [A", "[A"),
        ("title: Bridge: the mayor opens it\nauthor: Ann Berg", "Bridge: the mayor opens it"),
        ("title: 'Bridge: open'", "Bridge: open"),
        ("title: {name: A b}", "A b"),
        ("title: true", "fire"),
        ("title: 5", "5"),
    ],
)
def test_front_matter_is_taken_as_meant(write: WriteFile, details: str, title: str) -> None:
    article = load_article(write("fire.md", f"---\n{details}\n---\nIt burned."))
    assert (article.title, article.text) == (title, "It burned.")


def test_a_colon_in_a_title_costs_no_other_detail_and_the_title_stands_once(write: WriteFile) -> None:
    details = "---\ntitle: Bridge: it is open\nauthor:\n  - name: Ann Berg\n---\n"
    for heading in ("# Bridge: it is open\n", "Bridge: it is open\n======\n", ""):
        article = load_article(write("a.md", f"{details}{heading}\nIt is open."))
        assert article == Article(title="Bridge: it is open", text="It is open.", author="Ann Berg")


@pytest.mark.parametrize("rule", ["---", "***", "+++", "___"])
def test_a_text_that_begins_with_a_rule_has_no_front_matter(write: WriteFile, rule: str) -> None:
    article = load_article(write("fire.md", f"{rule}\n\n# Bridge opened\n\nIt is open.\n\n{rule}\n\nIt was shut."))
    assert (article.title, article.text) == ("Bridge opened", f"It is open.\n\n{rule}\n\nIt was shut.")


def test_front_matter_in_toml(write: WriteFile) -> None:
    details = (
        '+++\ntitle = "Bridge"\ndate = 2022-01-26T10:00:00Z\nauthors = ["Ann Berg", "Bo Lund"]\ndraft = false\n+++\n'
    )
    article = load_article(write("a.md", f"{details}\nIt is open."))
    assert article == Article(
        title="Bridge", text="It is open.", published=date(2022, 1, 26), author="Ann Berg, Bo Lund"
    )


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2022-01-26", date(2022, 1, 26)),
        ("2022-01-26T23:30:00", date(2022, 1, 26)),
        ("2022-01-26T23:30:00Z", date(2022, 1, 26)),
        ("2022-01-26 23:30:00+03:00", date(2022, 1, 26)),
        ("", None),
        (None, None),
    ],
)
def test_dates(write: WriteFile, published: str | None, day: date | None) -> None:
    line = json.dumps({"id": "a", "text": "It burned.", "published": published})
    assert list(load_source(write("a.jsonl", line))) == [
        Loaded(str(Path("a.jsonl").absolute()) + ":1", Article(id="a", text="It burned.", published=day))
    ]


def test_a_yaml_time_is_a_date(write: WriteFile) -> None:
    article = load_article(write("a.md", "---\npublished: 2022-01-26T23:30:00+03:00\n---\nIt burned."))
    assert article.published == date(2022, 1, 26)


@pytest.mark.parametrize("value", ["2022-02-30", "2022-13-01", "soon", "2022", "2022-01", "05/06/2022", "9" * 20])
def test_a_date_that_is_not_certain_is_left_empty_and_named(write: WriteFile, value: str) -> None:
    source = write("a.jsonl", json.dumps({"text": "It burned.", "published": value}))
    note = f"'published' is {value!r}, which names no certain day: the date is left empty"
    assert list(load_source(source)) == [Loaded(f"{source}:1", Article(text="It burned."), (note,))]


@pytest.mark.parametrize("value", [True, False, {}, [], "NaN", "n/a", "NULL", float("nan"), None, "-"])
def test_a_value_that_means_nothing_is_left_empty(write: WriteFile, value: object) -> None:
    source = write("a.jsonl", json.dumps({"text": "It burned.", "published": value, "author": value}))
    assert list(load_source(source)) == [Loaded(f"{source}:1", Article(text="It burned."))]


def test_broken_lines_are_named_and_the_rest_go_on(write: WriteFile) -> None:
    lines = [
        '{"id": "a", "text": "One."}',
        "",
        '{"id": "b", "text": ',
        "[1, 2]",
        '{"title": "No text"}',
        '{"text": null}',
        '{"text": ["a"], "url": true}',
        '{"text": " "}',
        '{"text": "a\\u0000b"}',
        '{"text": "half \\ud83d"}',
        f'{{"text": "a", "n": {"1" * 5_000}}}',
        "[" * 100_000,
        '{"id": "é", "text": "line\u2028separator", "x": {"y": 1}}',
        '{"id": 5, "text": "Last."}',
    ]
    source = write("a.jsonl", "\r\n".join(lines))
    items = list(load_source(source))
    assert [item for item in items if isinstance(item, Loaded)] == [
        Loaded(f"{source}:1", Article(id="a", text="One.")),
        Loaded(f"{source}:7", Article(text="a")),
        Loaded(f"{source}:13", Article(id="é", text="line\u2028separator")),
        Loaded(f"{source}:14", Article(id="5", text="Last.")),
    ]
    nothing_to_see = "article 'without title' holds characters that are not text (NUL or half a surrogate pair)"
    reasons = {error.source.removeprefix(f"{source}:"): error.reason for error in items if isinstance(error, LoadError)}
    assert reasons == {
        "3": "is not JSON (Expecting value: line 1 column 21 (char 20))",
        "4": "is not an object with a text but list",
        "5": "has no 'text' (nor content, body, article, maintext or fulltext)",
        "6": "'text' is 'None', which is no text",
        "8": "'text' is ' ', which is no text",
        "9": nothing_to_see,
        "10": nothing_to_see,
        "11": reasons["11"],
        "12": reasons["12"],
    }
    assert reasons["11"].startswith("is not JSON (Exceeds the limit")
    assert reasons["12"].startswith("is not JSON (maximum recursion depth exceeded")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl"])
def test_files_that_are_not_text(write: WriteFile, name: str) -> None:
    assert load_reason(write(name, b"")) == "is empty"
    assert load_reason(write(name, b" \r\n\t")) == "is empty"
    not_text = "is not a text file; save it as plain text in UTF-8"
    assert load_reason(write(name, b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(3_000))) == not_text
    assert load_reason(write(name, b"text with \0 in it")) == not_text


def test_what_is_not_there(tmp_path: Path, write: WriteFile) -> None:
    missing = "there is no such file or folder"
    assert load_reason(str(tmp_path / "missing.txt")) == missing
    assert load_reason("a\0b.txt") == missing
    assert load_reason(write("a.xls", "x")) == f"is of an unknown format; known are {', '.join(SUFFIXES)}"
    assert load_reason("x" * 5_000) == "cannot be read (File name too long)"
    assert load_reason("~nobody-of-this-name/a.txt") == "cannot be read (Could not determine home directory.)"


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path, write: WriteFile) -> None:
    for name in ("b/2.md", "b/1.txt", "a.txt", "c.jsonl", "photo.gif", ".hidden.txt", ".git/x.md", "b/.venv/lib/y.txt"):
        write(name, json.dumps({"id": name, "text": f"Text of {name}."}))
    sources = [str(Path(item.source).relative_to(tmp_path)) for item in load_source(str(tmp_path))]
    assert sources == ["a.txt", "b/1.txt", "b/2.md", "c.jsonl:1", "photo.gif"]


def test_a_folder_in_a_hidden_folder_can_be_named(tmp_path: Path, write: WriteFile) -> None:
    write(".news/a.txt", "It burned.")
    assert load_article_in(str(tmp_path / ".news")) == ["It burned."]


def load_article_in(folder: str) -> list[str]:
    return [item.article.text for item in load_source(folder) if isinstance(item, Loaded)]


def test_an_empty_folder_holds_no_article(tmp_path: Path) -> None:
    assert load_reason(str(tmp_path)) == f"holds no article; known formats are {', '.join(SUFFIXES)}"


def test_a_folder_with_a_broken_file_yields_the_others(tmp_path: Path, write: WriteFile) -> None:
    write("a.txt", "")
    write("b.txt", "It burned.")
    first, second = load_source(str(tmp_path))
    assert str(first) == f"{tmp_path / 'a.txt'}: is empty"
    assert second == Loaded(str(tmp_path / "b.txt"), Article(title="b", text="It burned."))


def test_loaders_are_langchain_loaders(write: WriteFile) -> None:
    source = write("a.jsonl", '{"id": "a", "text": "One.", "published": "2022-01-26"}\n{"id": "b"}')
    documents = JsonLoader(Path(source)).lazy_load()
    document = next(documents)
    assert (document.id, document.page_content) == ("a", "One.")
    assert document.metadata == {
        "source": f"{source}:1", "id": "a", "title": "", "outlet": "", "author": "", "published": date(2022, 1, 26),
        "url": "", "topic": "", "is_scanned": False,
    }  # fmt: skip
    with pytest.raises(LoadError, match=r":2: has no 'text'"):
        next(documents)


@pytest.mark.parametrize("source", ["", " "])
def test_an_empty_name_is_not_the_current_folder(source: str) -> None:
    (error,) = load_source(source)
    assert str(error) == f"{source!r}: names no file; `.` is the current folder"
