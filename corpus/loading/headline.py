"""Choose the title of a page's article among its headings and what the page states of it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.cleaning.outlet import looks_like_outlet
from corpus.loading.details import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_SHARED = 0.5
"""What share of a heading's words the stated title has if they are the same."""

MAX_TAIL_WORDS = 5
_BAR = re.compile(r"\s+[|»·:]{1,2}\s+")
_DASHES = " \u2013\u2014-"
_DASH = re.compile(rf"\s+[{_DASHES.strip()}]\s+")


def choose_title(tree: "HtmlElement", stated: str, outlet: str) -> str:
    """Return the article's title; empty where the page names none.

    The heading that the stated title, or the one in the window's frame, begins or ends with is taken, as an outlet's
    name stands beside it there; else that title without such a tail. Where the page states no title, and the frame has
    none that is the article's ("Home | The Sund Gazette", "Untitled"), its only heading is taken.

    Args:
        tree: The page.
        stated: What the page states in meta elements.
        outlet: Who publishes it; empty where it is not known.
    """
    framed = read_first(tree, "title")
    titles = [title for title in (stated, framed) if title]
    headings = [squeeze(each.text_content()) for each in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    if not titles:
        return headings[0] if headings else ""
    whole = [heading for heading in headings for title in titles if _stands_in(heading, title)]
    alike = [heading for heading in headings if _share_words(heading, titles[0])]
    if whole or alike:
        return max(whole or alike, key=len)
    lower = [squeeze(each.text_content()) for each in tree.iter("h2")] if not stated else []
    found = next((heading for heading in lower if _stands_in(heading, framed)), "")
    title = found or drop_tail(titles[0], outlet)
    is_of_site = not stated and (_is_outlet(title, outlet) or not _is_shown(tree, title))
    return headings[0] if is_of_site and len(headings) == 1 and not _is_outlet(headings[0], outlet) else title


def read_first(tree: "HtmlElement", tag: str) -> str:
    """Return the text of the first element with this tag, on one line."""
    return squeeze(next((element.text_content() for element in tree.iter(tag)), ""))


def drop_tail(title: str, outlet: str) -> str:
    """Return a title without the outlet's name and sections at its ends.

    >>> drop_tail("Ferry - and why it sails | News | The Sund Gazette", "")
    'Ferry - and why it sails'
    """
    pieces = _BAR.split(title)
    longest = max(pieces, key=lambda piece: len(piece.split()))
    parts = _DASH.split(longest)
    if len(parts) > 1 and _is_outlet(parts[0], outlet):
        return longest[len(parts[0]) :].lstrip(_DASHES)
    if len(parts) > 1 and _is_tail(parts[-1], parts[:-1], outlet):
        return longest[: longest.rindex(parts[-1])].rstrip(_DASHES)
    return longest


def _is_shown(tree: "HtmlElement", title: str) -> bool:
    """Whether the title also stands in the page itself."""
    return any(_fold(title) in _fold(body.text_content()) for body in tree.iter("body"))


def _is_outlet(name: str, outlet: str) -> bool:
    is_likely = not outlet and len(name.split()) <= MAX_TAIL_WORDS and looks_like_outlet(name)
    return is_likely or _fold(name) == _fold(outlet)


def _is_tail(name: str, before: Sequence[str], outlet: str) -> bool:
    is_short = len(name.split()) <= MAX_TAIL_WORDS and len(" ".join(before).split()) > len(name.split())
    is_name = name[:1].isupper() and all(word[:1].isupper() or len(word) <= 3 for word in name.split())
    return _fold(name) == _fold(outlet) or (not outlet and is_short and is_name)


def _stands_in(heading: str, title: str) -> bool:
    """Whether `title` is the heading, or has it at one end and something apart from it at the other."""
    short, long = _fold(heading), _fold(title)
    if not short or not (long.startswith(short) or long.endswith(short)):
        return False
    rest = title.removeprefix(heading).removesuffix(heading).strip()
    return short == long or len(heading.split()) > 2 or (bool(rest) and not (rest[0].isalnum() and rest[-1].isalnum()))


def _share_words(heading: str, title: str) -> bool:
    words, others = set(re.findall(r"\w{4,}", heading.casefold())), set(re.findall(r"\w{4,}", title.casefold()))
    return len(words) > 2 and len(words & others) >= MIN_SHARED * len(words)


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
