"""A site with a login: nothing is served without it, and with it the page works."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect
from pydantic import SecretStr

from rag.library.library import Library
from rag.settings import Settings
from tests.rag.web.browsing import ask
from tests.rag.web.serving import serve


@pytest.fixture(scope="module")
def locked(starter_library: Library, starter_settings: Settings) -> Iterator[str]:
    """The address of a page that asks for a login."""
    with serve(starter_library, starter_settings, auth=SecretStr("bob:other,ann:secret")) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/config", "/api/ask", "/mcp", "/gradio_api/info", "/gradio_api/queue/join"])
def test_nothing_is_open_without_the_login(locked: str, path: str) -> None:
    assert httpx.get(locked + path, timeout=60).status_code == 401
    assert httpx.post(locked + path, json={}, timeout=60).status_code == 401


def test_a_visitor_logs_in_and_asks(locked: str, browser: Browser) -> None:
    context = browser.new_context(http_credentials={"username": "ann", "password": "secret"})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(locked)
    expect(page.locator(".dl-header")).to_be_visible()
    ask(page, "Who handed over the US reply in Moscow?")
    expect(page.locator(".dl-quote").first).to_be_visible()
    context.close()
    assert problems == []
