"""What a browser would make of HTML, and texts that would like to be more than text."""

import re
from html import unescape
from html.parser import HTMLParser

PAYLOADS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '" onmouseover="alert(1)',
    "'><svg/onload=alert(1)>",
    "</div></article><iframe src=//evil.example>",
    "<a href='javascript:alert(1)'>x</a>",
)


class Inventory(HTMLParser):
    """Collects which tags and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def list_markup(html: str) -> tuple[set[str], set[str]]:
    """Return the tags and the attributes in the HTML."""
    inventory = Inventory()
    inventory.feed(html)
    return inventory.tags, inventory.attributes


def visible_text(html: str) -> str:
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()
