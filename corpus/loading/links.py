"""Tell the links of a page that are part of its text from those that lead on through its site."""

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
"""Tags of headings below the title."""
_LISTS = ("ul", "ol")
_POINTER = re.compile(
    r"\b(?:read|see|watch|also|more|related|stories|mehr|auch|lire|aussi|leia|lea|también|também)\b.{0,30}:\Z",
    re.I | re.S,
)
"""What stands above links to other stories."""

_SOCIAL = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|t|instagram|linkedin|pinterest|whatsapp|reddit|youtube|telegram|tumblr|google|apple"
    r"|wa|getpocket|flipboard|bsky|threads|tiktok|vk)\.\w+$"
)


def find_host(page: "HtmlElement") -> str:
    """Return the host of the page's own address; where it gives none, the one that most of its links lead to."""
    own = (link.get("href") for link in page.iterfind(".//link[@rel='canonical']"))
    hosts = Counter(filter(None, (_read_host(link.get("href")) for link in page.iter("a"))))
    return next(filter(None, map(_read_host, own)), "") or max(hosts, key=lambda host: (hosts[host], host), default="")


def leads_on(link: "HtmlElement", host: str) -> bool:
    """Whether a link leads to another page of the site at `host`."""
    address = link.get("href") or "#"
    return not address.startswith("#") and _read_host(address) in ("", host)


def unlink_text(page: "HtmlElement") -> None:
    """Take the links, not their words, out of what belongs to the text, so that it is not taken for a menu.

    These are lists below a line that ends with a colon, and lists and headings that lead to other sites.
    """
    host = find_host(page)
    for element in [*page.iter(*_LISTS, *HEADINGS)]:
        links = list(element.iter("a"))
        is_announced = element.tag in _LISTS and _is_announced(element)
        if links and (is_announced or all(_leads_out(link, host) for link in links)):
            for link in links:
                link.drop_tag()


def _is_announced(element: "HtmlElement") -> bool:
    before = element.getprevious()
    text = before.text_content().strip() if before is not None and before.tag in ("p", "div") else ""
    return text.endswith(":") and not _POINTER.search(text)


def _leads_out(link: "HtmlElement", host: str) -> bool:
    other = _read_host(link.get("href"))
    return other not in ("", host) and not _SOCIAL.search(other)


def _read_host(address: str | None) -> str:
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
