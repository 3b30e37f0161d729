"""No page shuts anybody out: axe-core finds nothing in any state, zoomed and without motion too."""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from corpus.article import Article
from rag.assembly import open_library
from rag.settings import Settings
from tests.rag.web.browsing import ask
from tests.rag.web.serving import serve

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
EVERY_RULE = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Nothing but colours is different in the dark."""
THEMES = {"light": EVERY_RULE, "dark": OF_COLOURS}
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
"""A phone."""
ZOOMED: ViewportSize = {"width": 640, "height": 400}
"""The wide window at 200 %."""
STILL = {"viewport": ZOOMED, "reduced_motion": "reduce"}

STORM = Article(id="storm", title="Storm", text="The storm reached Lisbon on Monday. It rained.", topic="Weather")
RATES = Article(id="rates", title="Rates", text="The bank raised rates to 4 %.", outlet="Money", topic="Economy")
QUESTION = "When did the storm reach Lisbon?"

Look = Callable[..., None]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(home=tmp_path_factory.mktemp("access") / "home")
    with open_library(settings) as library:
        library.add([STORM, RATES])
        with serve(library, settings) as address:
            yield address


@pytest.fixture
def look(page: Page) -> Look:
    """Look for barriers in windows of some sizes, light and dark, and for what is cut off at the side, zoomed too.

    The state that the page is in is named for messages; in the end, the window is wide.
    """
    page.add_init_script(AXE_SCRIPT)

    def look(state: str, sizes: Sequence[ViewportSize] = (NARROW, WIDE)) -> None:
        for size, (theme, rules) in product(sizes, THEMES.items()):
            page.set_viewport_size(size)
            page.evaluate("(theme) => { localStorage.setItem('dateline-theme', theme); dateline.show(); }", theme)
            page.wait_for_function("!document.getAnimations().length")  # colours fade into each other
            found = page.evaluate("(options) => axe.run(document, options)", OPTIONS | {"runOnly": rules})
            assert [describe(each) for each in found["violations"]] == [], (state, size, theme)
        for size in (*sizes, ZOOMED, WIDE):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (state, size)

    return look


def describe(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {[node['html'][:200] for node in violation['nodes'][:3]]}"


def test_in_the_chat(page: Page, address: str, look: Look) -> None:
    page.goto(address)
    expect(page.locator("#dl-exchanges [data-address]")).to_be_attached()
    look("empty")
    page.locator(".dl-filter").click()
    look("filters")
    page.keyboard.press("Escape")
    ask(page, QUESTION)
    look("answered")
    expect(page.locator(".dl-spoken")).to_contain_text(f"{QUESTION}: “The storm reached Lisbon on Monday.”")
    page.set_viewport_size(NARROW)
    page.locator("[data-conversations]").click()
    look("conversations", [NARROW])
    page.keyboard.press("Escape")
    page.locator(".dl-number").first.click()
    expect(page.locator("#dl-sources mark.active")).to_be_visible()
    look("source")
    page.keyboard.press("Escape")
    expect(page.locator("#dl-sources mark.active")).to_have_count(0)
    page.keyboard.press("?")
    look("keys")
    page.keyboard.press("Escape")
    ask(page, "Who won the cup?")
    look("not found")


def test_on_the_other_pages(page: Page, address: str, look: Look, tmp_path: Path) -> None:
    page.goto(f"{address}/#articles")
    expect(page.locator("#dl-table table")).to_be_visible()
    look("articles")
    page.locator("[data-all]").check()
    page.get_by_text("Edit outlet, topic or date").click()
    look("many at once")
    page.get_by_role("button", name="Select none").click()
    page.get_by_text("Paste text").click()
    page.fill("#dl-paste", "Snow\n\nSnow fell on Oslo on Friday.")
    look("adding")
    page.get_by_role("button", name="Read this text").click()
    expect(page.locator(".dl-draft")).to_be_visible()
    look("drafts")
    page.get_by_role("button", name="Discard all").click()
    expect(page.locator(".dl-draft")).to_have_count(0)
    page.locator(".dl-open").first.click()
    page.get_by_text("Edit details").click()
    look("article")
    page.keyboard.press("Escape")
    page.goto(f"{address}/#settings")
    expect(page.locator("#dl-setup dl")).to_be_visible()
    look("settings")
    follow_and_watch(page, address, tmp_path)
    look("following")
    page.goto(f"{address}/#evaluation")
    expect(page.locator("#dl-start select")).to_be_visible()
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"question": QUESTION, "answers": ["Monday"]}), "utf-8")
    page.set_input_files("#dl-drop-cases input[type=file]", cases)
    expect(page.locator("#dl-start select")).to_have_value("cases")
    look("evaluation")
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator(".dl-cases button").first.click()
    expect(page.locator("#dl-case .case")).to_be_visible()
    look("run and case")


def follow_and_watch(page: Page, address: str, folder: Path) -> None:
    (folder / "snow.txt").write_text("Snow\n\nSnow fell on Oslo on Friday.", "utf-8")
    page.goto(f"{address}/#following")
    followed = f"#dl-followed h4:has-text('{folder.name}')"
    for source, shown in ((str(folder), followed), ("nowhere", "#dl-look .dl-problem")):
        page.fill("#dl-follow input[name=source]", source)
        page.get_by_role("button", name="Follow", exact=True).click()
        expect(page.locator(shown)).to_be_visible()
    page.fill("#dl-watched input[name=question]", QUESTION)
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.locator("#dl-watched h4").first).to_have_text(QUESTION)


@pytest.mark.parametrize("page", [STILL], indirect=True)
def test_nothing_moves_for_whoever_wants_no_motion(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#dl-question", QUESTION)
    page.press("#dl-question", "Enter")
    page.locator(".dl-reading, .dl-quote").first.wait_for()
    assert page.evaluate("document.getAnimations().length") == 0
