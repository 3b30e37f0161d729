"""JSON as programs write it: arrays, lists in an object, one object, other names."""

import json
from datetime import date

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded, load_source
from tests.corpus.files import WriteFile, load_article, load_reason

ONE, TWO = {"title": "Bridge", "text": "It is open."}, {"title": "Ferry", "text": "It ran aground."}
ARTICLES = [Article(title="Bridge", text="It is open."), Article(title="Ferry", text="It ran aground.")]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("value", [[ONE, TWO], {"status": "ok", "articles": [ONE, TWO]}, {"items": [ONE, TWO]}])
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_of_articles(write: WriteFile, name: str, value: object, indent: int | None) -> None:
    source = write(name, json.dumps(value, indent=indent))
    assert list(load_source(source)) == [Loaded(f"{source}[{n}]", article) for n, article in enumerate(ARTICLES)]


def test_one_article_as_a_newspaper_program_writes_it(write: WriteFile) -> None:
    record = {
        "source_url": "https://vestby.example", "url": "https://vestby.example/b", "title": "Bridge",
        "authors": ["Ann Berg"],
        "publish_date": "2022-01-26 10:00:00", "text": "It is open.", "top_image": "x.png",
        "keywords": [], "source": "Post",
    }  # fmt: skip
    expected = Article(
        title="Bridge", text="It is open.", author="Ann Berg", published=date(2022, 1, 26), outlet="Post",
        url="https://vestby.example/b",
    )  # fmt: skip
    source = write("a.json", json.dumps(record, indent=1))
    assert list(load_source(source)) == [Loaded(source, expected)]


@pytest.mark.parametrize("name", ["text", "content", "body", "articleBody", "Article Text", "maintext"])
def test_the_text_goes_by_other_names(write: WriteFile, name: str) -> None:
    assert load_article(write("a.json", json.dumps({name: "It is open."}))) == Article(title="", text="It is open.")


def test_a_broken_article_in_a_list_is_named_by_its_place(write: WriteFile) -> None:
    source = write("a.json", json.dumps([ONE, {"title": "x"}, 5]))
    _, *errors = load_source(source)
    assert [error.source for error in errors if isinstance(error, LoadError)] == [f"{source}[1]", f"{source}[2]"]


@pytest.mark.parametrize("content", ['[{"text": "a"},', '{"text": ', "x"])
def test_broken_json_is_one_error(write: WriteFile, content: str) -> None:
    assert load_reason(write("a.json", content)).startswith("is not JSON (")


@pytest.mark.parametrize(
    ("author", "name"),
    [(["Ann Berg", "Bo Lund"], "Ann Berg, Bo Lund"), ({"name": "Ann Berg"}, "Ann Berg"), ([{"name": "Bo"}], "Bo"),
     ("[[Ann Berg]]", "Ann Berg"), ("[[people/ann|Ann Berg]]", "Ann Berg"), (7, "7")],
)  # fmt: skip
def test_lists_and_objects_are_taken_as_meant(write: WriteFile, author: object, name: str) -> None:
    assert load_article(write("a.json", json.dumps({**ONE, "author": author}))).author == name


@pytest.mark.parametrize("url", ["/2022/01/bridge/", "bridge.html"])
def test_an_address_that_is_not_whole_is_left_empty_and_named(write: WriteFile, url: str) -> None:
    source = write("a.json", json.dumps({**ONE, "url": url}))
    note = f"'url' is {url!r}, which is no whole web address: it is left empty"
    assert list(load_source(source)) == [Loaded(source, ARTICLES[0], (note,))]


def test_objects_as_other_programs_write_them(write: WriteFile) -> None:
    record = {
        "title": {"rendered": "Pier &#8211; now"},
        "content": {"rendered": "<p>The council voted.</p><p>It costs &euro;3 million.</p>"},
        "date": {"$date": "2024-03-14T08:30:00Z"},
        "byline": {"original": "By Ana Ruiz", "person": []},
        "web_url": "https://norby.example/p",
    }
    assert load_article(write("a.json", json.dumps(record))) == Article(
        title="Pier – now",
        text="The council voted.\n\nIt costs €3 million.",
        published=date(2024, 3, 14),
        author="Ana Ruiz",
        url="https://norby.example/p",
    )
