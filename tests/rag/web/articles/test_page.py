"""The articles page in a real browser: what is added answers at once, what is removed does not, and nothing is lost."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.article import Article
from embeddings.encoder import Encoder
from rag.assembly import build_chatbot
from rag.library.home import Home
from rag.library.library import Library
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import launch
from tests.rag.web.browsing import HOSTILE, ask, find_free_port, take_picture, take_pictures

FERRY = """Ferry to Arran sails again

The ferry MV Glen Sannox returned to the Arran route on Monday after four months of repairs.
Harbour master Morag Sinclair said that 900 passengers had booked for the first day."""
STORM = Article(id="storm", title="Storm over Lisbon", text="The storm reached Lisbon.", outlet="Gazeta")
HARVEST = Article(id="harvest", title="A late harvest", text="The harvest came late, growers in Jerez said.")


@pytest.fixture(scope="module")
def library(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """An open library of two articles, which the tests add to and take from."""
    with Library(Home(tmp_path_factory.mktemp("page") / "home"), encoder, max_article_characters=10_000) as library:
        library.add([STORM, HARVEST])
        yield library


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    """The address of the articles page."""
    settings = Settings(port=find_free_port())
    app = build_app(build_chatbot(settings, library), library)
    listener = launch(app, settings)
    yield f"http://127.0.0.1:{settings.port}/#articles"
    listener.close()


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".dl-table, .dl-nothing")).to_be_visible()


def drop_files(page: Page, folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    page.set_input_files("#dl-drop input[type=file]", [folder / name for name in files])


def paste(page: Page, text: str) -> None:
    page.get_by_text("Paste text").click()
    page.fill("#dl-paste", text)
    page.get_by_role("button", name="Read this text").click()
    expect(page.locator(".dl-draft")).to_be_visible()


def save(page: Page) -> None:
    page.locator(".dl-drafts .dl-main-button").click()
    expect(page.locator(".dl-notice").last).to_be_visible()


def test_a_pasted_article_is_corrected_answers_at_once_and_is_gone_once_removed(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.locator(".dl-header")).to_contain_text("2 articles")
    paste(page, FERRY)
    expect(page.locator("#dl-paste")).to_have_value("")
    page.fill(".dl-draft input[name=outlet]", "Harbour Gazette")
    page.fill(".dl-draft input[name=published]", "4 Mar 2024")
    take_picture(page, "articles-check")
    save(page)
    expect(page.locator(".dl-notice")).to_have_text("1 added.")
    expect(page.locator(".dl-header")).to_contain_text("3 articles of 4 March 2024")
    row = page.locator(".dl-table tbody tr").first
    expect(row.locator("td:not(.dl-choose)")).to_have_text(
        ["4 March 2024", "Harbour Gazette", "Ferry to Arran sails again", "177", "In use"]
    )

    page.get_by_role("link", name="Chat").click()
    ask(page, "Who is the harbour master?")
    expect(page.locator(".dl-quotes")).to_contain_text("Harbour master Morag Sinclair said")
    expect(page.locator(".dl-card")).to_contain_text(["Harbour Gazette 4 March 2024"])
    expect(page.locator(".dl-card .dl-title")).to_have_text("Ferry to Arran sails again")
    page.locator(".dl-number").first.click()
    expect(page.locator("#dl-sources mark.active")).to_contain_text("Morag Sinclair")

    page.get_by_role("link", name="Articles").click()
    row.get_by_role("button").click()
    expect(page.locator(".dl-close")).to_be_focused()
    take_picture(page, "articles-reader")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".dl-header")).to_contain_text("2 articles")
    page.get_by_role("link", name="Chat").click()
    expect(page.locator(".dl-question")).to_have_count(1)  # the conversation is kept, without what is gone
    expect(page.locator(".dl-lost")).to_have_text("The article behind this answer has been removed.")
    ask(page, "Who is the harbour master?")
    expect(page.locator(".dl-notfound")).to_have_text("Not in these articles.")


def test_a_removal_is_undone(page: Page, address: str) -> None:
    open_page(page, address)
    row = page.locator(".dl-table tbody tr", has_text=STORM.title)
    row.get_by_role("button").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".dl-change")).to_contain_text("Removed “Storm over Lisbon”.")
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Gazeta")
    expect(page.locator(".dl-change")).to_have_text("Restored “Storm over Lisbon”.")


def test_of_two_files_the_broken_one_says_why_and_the_other_is_saved(page: Page, address: str, tmp_path: Path) -> None:
    open_page(page, address)
    drop_files(
        page, tmp_path, {"kelp.txt": "Kelp returns\n\nKelp forests grew back off Skye.", "broken.jsonl": "{oops"}
    )
    expect(page.locator(".dl-failures")).to_contain_text("broken.jsonl:1 is not JSON")
    save(page)
    expect(page.locator(".dl-notice")).to_have_text("1 added.")
    expect(page.locator(".dl-failures")).to_contain_text("broken.jsonl:1 is not JSON")
    expect(page.locator(".dl-table")).to_contain_text("Kelp returns")
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".dl-failures")).to_have_count(0)


def test_many_files_are_checked_in_pages_and_saved_at_once(page: Page, address: str, tmp_path: Path) -> None:
    open_page(page, address)
    stories = {f"bird{n:02}.txt": f"Bird {n:02} seen\n\nBird number {n} was seen on Mull." for n in range(23)}
    drop_files(page, tmp_path, stories)
    expect(page.locator("#dl-drafts-title")).to_have_text("23 to check")
    expect(page.locator(".dl-draft")).to_have_count(20)
    page.locator(".dl-draft summary").first.click()
    page.locator(".dl-draft input[name=title]").first.fill("Corrected bird")
    page.locator(".dl-drafts").get_by_role("button", name="Next").click()
    expect(page.locator(".dl-draft")).to_have_count(3)
    expect(page.locator(".dl-draft input[name=title]").first).to_have_value("Bird 20 seen")
    save(page)
    expect(page.locator(".dl-notice")).to_have_text("23 added.")
    page.fill(".dl-search input", "bird")
    expect(page.locator(".dl-table tbody tr")).to_have_count(23)
    page.get_by_role("button", name="Title").click()
    expect(page.locator(".dl-open").first).to_have_text("Bird 01 seen")
    page.get_by_role("button", name="Title").click()
    expect(page.locator(".dl-open").first).to_have_text("Corrected bird")
    expect(page.locator(".dl-open").nth(1)).to_have_text("Bird 22 seen")
    page.fill(".dl-search input", "nobody wrote this")
    expect(page.locator(".dl-nothing")).to_contain_text("Nothing found")


def test_details_of_a_saved_article_are_edited(page: Page, address: str, library: Library) -> None:
    open_page(page, address)
    page.get_by_text("Paste text").click()
    page.fill("#dl-paste", "Half a story")
    page.get_by_role("button", name=STORM.title).click()
    page.get_by_text("Edit details").click()
    page.fill(".dl-reader input[name=outlet]", "Diário")
    page.get_by_role("button", name="Save details").click()
    expect(page.locator(".dl-reader > p").first).to_have_text("Diário")
    expect(page.locator(".dl-table")).to_contain_text("Diário")
    assert library.read("storm").outlet == "Diário"
    expect(page.locator(".dl-change")).to_contain_text("Changed “Storm over Lisbon”.")
    expect(page.locator("#dl-paste")).to_have_value("Half a story")
    page.keyboard.press("Escape")
    expect(page.locator(".dl-reader")).to_have_count(0)
    expect(page.get_by_role("button", name=STORM.title)).to_be_focused()


def test_the_collection_is_downloaded(page: Page, address: str) -> None:
    open_page(page, address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these").click()
    assert download.value.suggested_filename == "dateline-articles.jsonl"
    records = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert {"id": "harvest", "title": HARVEST.title, "text": HARVEST.text} in records


def test_only_web_addresses_are_read(page: Page, address: str) -> None:
    open_page(page, address)
    page.get_by_text("Web addresses or feeds").click()
    page.fill("#dl-addresses", "/etc/passwd")
    page.get_by_role("button", name="Read these pages").click()
    expect(page.locator(".dl-failures")).to_contain_text("/etc/passwd is not a web address")


def test_hostile_names_and_titles_are_shown_as_text(page: Page, address: str, tmp_path: Path) -> None:
    open_page(page, address)
    record = {"title": HOSTILE, "text": f"The text {HOSTILE}", "outlet": HOSTILE, "url": "javascript:alert(1)"}
    drop_files(page, tmp_path, {"<img src=x onerror=alert(1)>.jsonl": json.dumps(record), "<b>.jsonl": "{"})
    expect(page.locator(".dl-draft summary b")).to_have_text(HOSTILE)
    save(page)
    page.get_by_role("button", name=HOSTILE).first.click()
    expect(page.locator(".dl-reader .dl-text")).to_have_text(f"The text {HOSTILE}")
    expect(page.locator(".gradio-container img, .dl-reader a, .dl-failures li b b")).to_have_count(0)
    expect(page).to_have_title(f"{HOSTILE} · Dateline")


def test_how_it_looks(page: Page, address: str, tmp_path: Path) -> None:
    open_page(page, address)
    drop_files(page, tmp_path, {"seal.txt": FERRY, "owl.txt": "Owls\n\nOwls are back.", "empty.txt": " "})
    expect(page.locator(".dl-draft")).to_have_count(2)
    take_pictures(page, "articles")
