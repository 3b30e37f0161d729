"""What a visitor does on the pages, and where pictures of them are kept."""

import os
import socket
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", Path(__file__).parents[2] / "screenshots"))
HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> ${document.title='owned'} {{document.title}} javascript:alert(1)"
)
SERVER = "**/queue/join*"
"""Where Gradio's page asks the server for anything."""
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
DARK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"}


def find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def release(page: Page, addresses: str, held: list[Route]) -> None:
    """Let through what was held back at `addresses`, and what comes to them from now on."""
    page.route(addresses, lambda route: route.continue_())
    for route in held:
        route.continue_()


def ask(page: Page, question: str) -> None:
    asked = page.locator(".dl-exchange").count()
    page.fill("#dl-box textarea", question)
    page.press("#dl-box textarea", "Enter")
    expect(page.locator(".dl-exchange")).to_have_count(asked + 1)
    expect(page.locator(".dl-exchange").last.locator(".dl-facts, .dl-problem")).to_be_visible()


def take_pictures(page: Page, name: str, *, is_full: bool = False) -> None:
    """Keep pictures of a wide window, light and dark, and of a dark phone; in the end, the window is wide and light."""
    for kind, options in {"phone": PHONE | {"color_scheme": "dark"}, "dark": DARK, "desktop": DESKTOP}.items():
        page.set_viewport_size(options["viewport"])
        page.emulate_media(color_scheme=options.get("color_scheme", "light"))
        take_picture(page, f"{name}-{kind}", is_full=is_full)


def take_picture(page: Page, name: str, *, is_full: bool = False) -> None:
    """Keep a picture of the window, or of the full length of the page, of which nothing is cut off at the side."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=is_full)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is cut off at the side"
