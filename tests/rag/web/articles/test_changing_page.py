"""Many articles at once in a real browser: folders and collections, edited, removed, restored and downloaded."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.article import Article
from embeddings.encoder import Encoder
from rag.library.home import Home
from rag.library.library import Library
from rag.settings import Settings
from tests.rag.web.browsing import HOSTILE, PHONE, take_picture
from tests.rag.web.serving import serve

COUNT = 60


@pytest.fixture
def library(encoder: Encoder, tmp_path: Path) -> Iterator[Library]:
    """An open library of 60 articles on snow."""
    articles = [
        Article(
            id=f"s{n:02}", title=f"Snow {n:02}", text=f"Snow fell in valley {n}.", topic="Snow", outlet="Post" * (n % 2)
        )
        for n in range(COUNT)
    ]
    with Library(Home(tmp_path / "home"), encoder, max_article_characters=10_000) as library:
        library.add(articles)
        yield library


@pytest.fixture
def address(library: Library, tmp_path: Path) -> Iterator[str]:
    """The address of the site. Tests name it before their page, which is closed first: servers wait for open ones."""
    with serve(library, Settings(home=tmp_path / "home")) as address:
        yield f"{address}/"


def tick(page: Page, *places: int) -> None:
    for place in places:
        page.locator("[name=chosen]").nth(place).check()


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_many_are_edited_removed_and_restored(address: str, page: Page, library: Library) -> None:
    page.goto(f"{address}#articles")
    change, bar = page.locator(".dl-change"), page.locator(".dl-chosen")
    tick(page, 0, 2)
    page.get_by_text("Edit outlet, topic or date").click()
    bar.locator("input[name=topic]").fill(HOSTILE)
    tick(page, 3)
    expect(bar).to_contain_text("3 selected")
    take_picture(page, "articles-many-phone")
    page.get_by_role("button", name="Save for 3").click()
    expect(change).to_contain_text("Changed 3 articles.")
    expect(page.locator("[name=chosen]:checked")).to_have_count(0)
    assert library.catalog.count_values("topic") == {"Snow": COUNT - 3, HOSTILE: 3}
    change.get_by_role("button", name="Undo").click()
    expect(change).to_have_text("Restored 3 articles.")
    assert library.catalog.count_values("topic") == {"Snow": COUNT}

    page.locator("[data-all]").check()
    page.get_by_role("button", name="Select all 60 that are found").click()
    expect(bar).to_contain_text("60 selected")
    library.remove(["s00"])  # by somebody else, meanwhile
    bar.get_by_role("button", name="Remove").click()
    expect(change).to_contain_text("Removed 59 articles; 1 article no longer here.")
    expect(page.locator(".dl-nothing")).to_contain_text("No articles yet")
    change.get_by_role("button", name="Undo").click()
    expect(change).to_have_text("Restored 59 articles.")
    expect(page.locator(".dl-pager")).to_contain_text("59 articles")


def test_a_collection_is_downloaded_removed_and_asked_alone(address: str, page: Page, library: Library) -> None:
    library.correct_each({f"s{n:02}": {"topic": "Thaw"} for n in range(3)})
    page.goto(f"{address}#articles")
    page.select_option("select[name=topic]", label="Thaw")
    expect(page.locator("[name=chosen]")).to_have_count(3)
    tick(page, 0, 1)
    expect(page.locator(".dl-chosen")).to_contain_text("2 selected")
    with page.expect_download() as download:
        page.locator(".dl-chosen").get_by_role("button", name="Download").click()
    records = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert [(record["id"], record["topic"]) for record in records] == [("s00", "Thaw"), ("s01", "Thaw")]
    page.get_by_role("button", name="Ask this collection").click()
    expect(page.locator(".dl-limit")).to_contain_text("Thaw")
    page.goto(f"{address}?topic=thaw&q=Where+did+snow+fall%3F")
    expect(page.locator(".dl-exchange .dl-scope")).to_contain_text("Thaw")
    page.goto(f"{address}?topic=gone&q=Where+did+snow+fall%3F")
    expect(page.locator(".toast-body")).to_contain_text("no article has the topic 'gone'")
    expect(page.locator("#dl-question")).to_have_value("Where did snow fall?")
    expect(page.locator(".dl-exchange")).to_have_count(0)
    page.goto(f"{address}#articles")
    page.select_option("select[name=topic]", label="Thaw")
    expect(page.locator("[name=chosen]")).to_have_count(3)
    page.get_by_role("button", name="Remove the collection").click()
    expect(page.locator(".dl-change")).to_contain_text("Removed 3 articles.")
    assert library.catalog.count_values("topic") == {"Snow": COUNT - 3}


def make_folder(folder: Path) -> Path:
    """Return a folder of two articles, a film, and a hidden file."""
    (folder / "deep" / ".hidden").mkdir(parents=True)
    texts = {"a.txt": "The thaw began on Tuesday in every valley. " * 9, "deep/b.txt": "It raned."}
    for name, text in (texts | {"deep/film.mp4": "x", "deep/.hidden/c.txt": "x"}).items():
        (folder / name).write_text(f"Story {Path(name).stem}\n\n{text}", "utf-8")
    return folder


def test_the_articles_of_a_folder_are_corrected_together(
    address: str, page: Page, library: Library, tmp_path: Path
) -> None:
    page.goto(f"{address}#articles")
    page.set_input_files(".dl-folder input", make_folder(tmp_path / "news"))
    expect(page.locator("#dl-drafts-title")).to_have_text("2 to check")
    expect(page.locator(".dl-failures")).to_contain_text("news/deep/film.mp4 is of a kind that cannot be read")
    page.get_by_text("Edit all 2 together").click()
    page.fill(".dl-together input[name=topic]", "Thaw")
    page.fill(".dl-together input[name=published]", "2024-03-04")
    page.get_by_role("button", name="Set for all").click()
    expect(page.locator(".dl-draft summary .dl-soft").first).to_contain_text("4 March 2024")
    misspelt = page.locator(".dl-draft", has_text="Story b")
    misspelt.locator("summary").click()
    misspelt.get_by_role("button", name="Correct the text").click()
    page.fill(".dl-whole textarea", "It rained.")
    take_picture(page, "articles-together")
    page.get_by_role("button", name="Save all").click()
    expect(page.locator("#dl-drafts .dl-notice")).to_have_text("2 added.")
    added = [library.read(id) for id in library.catalog.list_ids() if not id.startswith("s")]
    assert {(each.topic, each.text) for each in added if each.title.endswith("b")} == {("Thaw", "It rained.")}
