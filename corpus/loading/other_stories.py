"""Take from a page what leads to other stories: cards of teasers, and whole stories appended to its own."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.loading.links import HEADINGS, find_host, leads_on

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_CARDS = 3
MAX_CARD_WORDS = 60
_CARDS = ("a", "article", "div", "li", "section")


def drop_other_stories(page: "HtmlElement") -> None:
    """Drop teasers and appended stories from `page`, which is changed.

    Teasers are three or more elements side by side, of the same tag and class, each with a heading, a link within the
    site and few words. An appended story stands beside the page's own, in the same tag and class, and has a title and a
    time of its own, too; of articles, a title is enough.
    """
    host = find_host(page)
    for element in [*_list_appended(page), *_list_cards(page, host)]:
        if element.getparent() is not None:
            element.drop_tree()


def _list_appended(page: "HtmlElement") -> Iterator["HtmlElement"]:
    title = next(page.iter("h1"), None)
    for own in title.iterancestors() if title is not None else ():
        for other in own.itersiblings(own.tag):
            is_alike = other.get("class") == own.get("class") and (own.tag == "article" or _holds(own, "time"))
            if is_alike and _holds(other, "h1", "h2") and (own.tag == "article" or _holds(other, "time")):
                yield other


def _holds(element: "HtmlElement", *tags: str) -> bool:
    return next(element.iter(*tags), None) is not None


def _list_cards(page: "HtmlElement", host: str) -> Iterator["HtmlElement"]:
    groups: defaultdict[tuple[HtmlElement | None, str, str], list[HtmlElement]] = defaultdict(list)
    for element in page.iter(*_CARDS):
        if _is_card(element, host):
            groups[element.getparent(), str(element.tag), element.get("class") or ""].append(element)
    words = _count_words(page)
    for cards in groups.values():
        if len(cards) >= MIN_CARDS and 2 * _count_all(cards) <= words:
            yield from cards


def _is_card(element: "HtmlElement", host: str) -> bool:
    if next(element.iter(*HEADINGS), None) is None or _count_words(element) > MAX_CARD_WORDS:
        return False
    links = [link for link in (*element.iter("a"), *element.iterancestors("a")) if link.get("href")]
    return bool(links) and all(leads_on(link, host) for link in links)


def _count_all(elements: Sequence["HtmlElement"]) -> int:
    return sum(map(_count_words, elements))


def _count_words(element: "HtmlElement") -> int:
    return len(element.text_content().split())
