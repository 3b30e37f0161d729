"""What the tests of the pages share: a real browser, and a page that must stay on this machine."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.rag.web.browsing import DESKTOP

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()

LONGEST = {"test_access.py", "test_offline.py", "test_page.py", "test_safety.py"}
"""Files that take longer than others that need the browser."""
PATIENCE = 60_000
"""Milliseconds for whatever a page does: a busy machine is no failure."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run files that need the browser last: Playwright's loop runs on in this thread, and no other can start there.

    The longest of them come first, so that no process is idle for long while another has its last file. A test in the
    browser that fails is tried once more: pytest counts it as rerun, and there is something to look into.
    """
    browsing = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    for item in browsing:
        item.add_marker(pytest.mark.flaky(reruns=1))
    last = {item.path for item in browsing}
    items.sort(key=lambda item: (item.path in last, item.path in last and item.path.name not in LONGEST))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails its test when it reports an error or asks for anything from another machine."""
    options = getattr(request, "param", DESKTOP)
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda sent: problems.append(sent.url) if is_foreign(sent.url) else None)
    yield page
    context.close()
    assert problems == []


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "data:", "blob:", "ws://127.0.0.1"))
