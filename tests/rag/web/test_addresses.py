"""Every thing that is open has an address: it survives reload, Back and a new tab."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from corpus.article import Article
from rag.assembly import open_library
from rag.settings import Settings
from tests.rag.web.browsing import HOSTILE
from tests.rag.web.serving import serve

STORM = Article(id="a/storm #1", title="Storm", text="Rain fell. The storm reached Lisbon on Monday. It rained.")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(home=tmp_path_factory.mktemp("addresses") / "home")
    with open_library(settings) as library:
        library.add([STORM])
        with serve(library, settings) as address:
            yield address


def wait_for_address(page: Page, end: str) -> None:
    """Wait until the address ends so, decoded, or as it is where it cannot be."""
    page.wait_for_function(
        """(end) => {
            try {
                return decodeURIComponent(location.hash).endsWith(end);
            } catch {
                return location.hash.endsWith(end);
            }
        }""",
        arg=end,
    )


def test_a_question_in_the_address_is_asked_once_and_all_that_opens_then_has_an_address(
    page: Page, address: str
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/?q=When+did+the+storm+reach+Lisbon%3F")
    page.wait_for_function("location.hash.startsWith('#chat/') && !location.search")
    conversation = page.evaluate("location.href")
    expect(page).to_have_title("When did the storm reach Lisbon? · Dateline")
    page.locator(".dl-number").first.click()
    wait_for_address(page, "/1/a/storm #1/11-46")
    page.reload()
    lit = page.locator("#dl-sources mark.active")
    expect(lit).to_have_text("The storm reached Lisbon on Monday.")
    expect(page.locator(".dl-exchange")).to_have_count(1)
    page.go_back()
    expect(lit).to_have_count(0)
    expect(page).to_have_url(conversation)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".dl-exchange")).to_have_count(0)
    wait_for_address(page, "#chat")
    page.go_back()
    expect(page.locator(".dl-exchange")).to_have_count(1)
    page.get_by_role("button", name="Copy a link to this answer").click()
    expect(page.locator(".dl-toast")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".dl-question")).to_have_text("When did the storm reach Lisbon?")


def test_an_article_is_opened_at_the_sentence_of_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}/#articles/a%2Fstorm%20%231/11-46")
    expect(page.locator("#dl-reader mark.active")).to_have_text("The storm reached Lisbon on Monday.")
    expect(page).to_have_title("Storm · Dateline")
    page.get_by_label("Close the article").click()
    wait_for_address(page, "#articles")
    page.go_back()
    expect(page.locator("#dl-reader mark.active")).to_be_visible()
    page.get_by_role("link", name="Chat").click()
    wait_for_address(page, "#chat")
    page.get_by_role("link", name="Articles").click()
    wait_for_address(page, "#articles/a/storm #1/11-46")


def test_an_address_of_nothing_shows_a_page_that_can_be_used(page: Page, address: str) -> None:
    for opened, end in {
        "#articles/none/1-2": "#articles",
        "#%E0%A4%A": "#%E0%A4%A",
        f"?q=%3F!#{HOSTILE}": "",
        "#chat/none/1/x/0-5": "#chat",
    }.items():
        page.goto("about:blank")
        page.goto(f"{address}/{opened}")
        page.wait_for_function("window.dateline?.isSettled?.()")
        wait_for_address(page, end)
    page.fill("#dl-box textarea", "When did the storm reach Lisbon?")
    page.press("#dl-box textarea", "Enter")
    expect(page.locator(".dl-number").first).to_be_visible()


def test_browsers_are_told_how_to_ask(page: Page, address: str) -> None:
    description = page.request.get(f"{address}/opensearch.xml")
    assert f'template="{address}/?q={{searchTerms}}"' in description.text()
    page.goto(address)
    expect(page.locator('link[rel="search"]')).to_have_attribute("href", "opensearch.xml")
