"""Finding articles in a real browser: words of texts, filters, the like of one article, and one article asked alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from corpus.article import Article
from rag.assembly import open_library
from rag.settings import Settings
from tests.rag.web.browsing import PHONE, ask, take_picture
from tests.rag.web.serving import serve

STORM = Article(id="storm", title="Storm", text="The storm reached Lisbon on Monday.", outlet="Gazeta", topic="Weather")
FLOOD = Article(id="flood", title="Flood", text="The flood reached Porto on Friday.", topic="Weather")
RATES = Article(id="rates", title="Rates", text="The bank of Malta raised rates on Monday.", outlet="Money")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(home=tmp_path_factory.mktemp("finding") / "home")
    with open_library(settings) as library:
        library.add([STORM, FLOOD, RATES])
        with serve(library, settings) as address:
            yield address


@pytest.mark.parametrize("page", [PHONE], indirect=True, ids=["phone"])
def test_articles_are_found_by_their_text_filtered_and_asked_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/#articles")
    titles = page.locator(".dl-open")
    page.fill(".dl-search input", "MALTA monday")
    expect(titles).to_have_text(["Rates"])
    expect(page.locator(".dl-snippet mark")).to_have_text(["Malta", "Monday"])
    page.fill(".dl-search input", "")
    page.select_option("select[name=outlet]", label="No outlet")
    expect(titles).to_have_text(["Flood"])
    page.select_option("select[name=outlet]", label="All outlets")
    page.select_option("select[name=topic]", label="Weather")
    expect(titles).to_have_text(["Flood", "Storm"])
    take_picture(page, "articles-found")
    page.fill(".dl-search input", "Lisbon")
    expect(titles).to_have_text(["Storm"])
    page.get_by_role("button", name="Storm").click()
    page.get_by_role("button", name="More like this").click()
    expect(titles.first).to_have_text("Flood")
    page.get_by_role("button", name="Show all articles").click()
    expect(titles).to_have_count(3)
    expect(page.locator(".dl-search input")).to_have_value("")
    expect(page.locator("select[name=topic]")).to_have_value("")
    page.get_by_role("button", name="Rates").click()
    page.get_by_role("button", name="Ask this article").click()
    expect(page.locator(".dl-limit")).to_contain_text("Rates")
    ask(page, "What happened on Monday?")
    expect(page.locator(".dl-exchange .dl-scope")).to_contain_text("Rates")
    expect(page.locator(".dl-facts")).to_contain_text("Searched 1 article")
