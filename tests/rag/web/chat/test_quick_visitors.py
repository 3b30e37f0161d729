"""What a visitor of the chat does faster than the server replies, in a real browser: nothing is lost or overtaken."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from rag.assembly import build_chatbot, open_library
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import launch
from tests.rag.web.browsing import SERVER, ask, find_free_port, release

REPLY = "Who handed over the US reply in Moscow?"
DEMAND = "What did Russia demand?"


@pytest.fixture(scope="module")
def address(copy_starter: Callable[[], Path]) -> Iterator[str]:
    """The starter articles in a home of their own, since conversations are kept there."""
    settings = Settings(home=copy_starter(), port=find_free_port())
    with open_library(settings) as library:
        listener = launch(build_app(build_chatbot(settings, library), library), settings)
        yield f"http://127.0.0.1:{settings.port}"
        listener.close()


def test_citations_are_walked_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, DEMAND)
    marks = page.locator(".dl-number")
    marks.first.hover()
    expect(page.locator(".dl-card").first).to_have_class("dl-card dl-lit")
    marks.first.focus()
    page.keyboard.press("Enter")
    active = page.locator("#dl-sources mark.active")
    expect(active).to_have_count(1)
    expect(page.locator(".dl-back")).to_be_focused()
    first = active.inner_text()
    assert first in page.locator(".dl-quote").first.inner_text()
    page.keyboard.press("ArrowRight")
    expect(active).not_to_have_text(first)
    expect(page.locator(".dl-back")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(active).to_have_text(first)
    expect(page.locator(".dl-back")).to_be_focused()
    held: list[Route] = []
    page.route(SERVER, lambda route: held.append(route))
    for key in ("ArrowRight", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(marks.nth(1)).to_be_focused()
    assert len(held) == 1, "steps that are on their way together may overtake each other"
    release(page, SERVER, held)
    expect(active).not_to_have_text(first)
    page.keyboard.press("ArrowLeft")
    expect(active).to_have_text(first)
    page.keyboard.press("Escape")
    expect(page.locator("#dl-sources mark")).to_have_count(0)
    expect(marks.first).to_be_focused()


def test_a_title_that_is_being_typed_outlives_the_redrawing_of_the_list(page: Page, address: str) -> None:
    page.goto(address)
    ask(page, REPLY)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".dl-exchange")).to_have_count(0)
    ask(page, DEMAND)
    page.locator(".dl-conversation-title", has_text=REPLY).first.click()
    expect(page.locator(".dl-opened")).to_contain_text(REPLY)
    held: list[Route] = []
    page.route(SERVER, lambda route: held.append(route))
    page.fill(".dl-find input", "reply")
    page.get_by_label("Rename this conversation").click()
    title = page.locator("#dl-rename")
    expect(title).to_be_focused()
    title.fill("Who brought it?")
    while not held:
        page.wait_for_timeout(50)  # the search waits for the last letter
    release(page, SERVER, held)
    expect(page.locator(".dl-conversation-title", has_text=DEMAND)).to_have_count(0)
    expect(title).to_be_focused()
    expect(title).to_have_value("Who brought it?")
    title.press("Enter")
    expect(page.locator(".dl-opened .dl-conversation-title")).to_have_text("Who brought it?")
    expect(title).to_be_hidden()
