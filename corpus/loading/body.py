"""Find the parts of an article's text that stand in several containers of a page, and put them into one."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_WORDS, MIN_WIDE_LETTERS = 12, 30
"""A paragraph with fewer says too little of what it belongs to; in languages without spaces, letters."""

MAX_LINK_SHARE = 0.3
MIN_PARAGRAPHS = 2
"""In a container that is marked up unlike the text that was found."""

_CONTAINERS = ("div", "section", "article", "main", "header", "td", "tr", "tbody", "table", "center", "span", "form")
_BLOCKS = (
    "address article aside blockquote br div dl figure footer form h1 h2 h3 h4 h5 h6 header li main nav ol p section td"
).split()
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KEPT = frozenset((*_HEADINGS[1:], "p", "ul", "ol", "dl", "table", "blockquote", "pre", "q"))
"""What stays between the parts."""

_APART = frozenset("aside footer nav form figure figcaption button select dialog template noscript iframe".split())
_FURNITURE = re.compile(
    r"(?:^|[^a-z])(?:comments?|replies|related|recirc\w*|recommend\w*|teasers?|promos?|sidebars?|newsletters?|widgets?"
    r"|cookies?|consent|bio|about|author|footer|banner|modal|popup|popular|trending|most|more|next|cards?|share|social"
    r"|ads?|advert\w*|sponsor\w*|subscribe|paywall|breadcrumbs?|tags?|caption|credit|disclaimer|legal)(?:$|[^a-z])",
    re.IGNORECASE,
)
_STORY_MARKS = ("time", "address", "h1")
_NUMBER = re.compile(r"\d+")


def join_parts(tree: "HtmlElement", text: str) -> "HtmlElement | None":
    """Return the page with the parts of its article in one element; None where `text` has them all.

    A paragraph belongs to the article if it is marked up as those in `text` are, or if it stands with others beside
    them, in a container that is neither another story's nor a box of links.

    Args:
        tree: The page, which is not changed.
        text: What was found of the article.
    """
    page = deepcopy(tree)
    squeezed = _squeeze(text)
    paragraphs = [element for element in page.iter("p", "div", "td") if _is_paragraph(element)]
    found = [each for each in paragraphs if _squeeze(each.text_content()) in squeezed]
    known = {*found}
    missing = [each for each in paragraphs if each not in known and not _is_furniture(each)]
    headings = [each for each in page.iter(*_HEADINGS[1:]) if _squeeze(each.text_content()) not in squeezed]
    if not found or not (missing or headings):
        return None
    parts = [*_list_alike(found, missing), *_list_beside(found, missing), *_list_between(found, headings)]
    if not parts:
        return None
    _unite([*found, *parts])
    return page


def _is_paragraph(element: "HtmlElement") -> bool:
    if element.tag != "p" and any(child is not element for child in element.iter(*_BLOCKS)):
        return False
    text = " ".join(element.text_content().split())
    links = sum(len(link.text_content()) for link in element.iter("a"))
    links += len(text) if next(element.iterancestors("a"), None) is not None else 0
    is_long = len(text.split()) >= MIN_WORDS or (len(text) >= MIN_WIDE_LETTERS and not text.isascii())
    return is_long and links <= MAX_LINK_SHARE * len(text)


def _is_furniture(element: "HtmlElement") -> bool:
    """Whether a tag or a name around the element says that it is no article."""
    names = (
        f"{each.get('class') or ''} {each.get('id') or ''}"
        for each in (element, *element.iterancestors())
        if each.tag != "body" and each.tag != "html"
    )
    return any(each.tag in _APART for each in element.iterancestors()) or any(map(_FURNITURE.search, names))


def _list_alike(found: Sequence["HtmlElement"], missing: Sequence["HtmlElement"]) -> Iterator["HtmlElement"]:
    """Yield what is missing within the same marks as what is found, but for teasers and other stories."""
    marks = {_sign(element) for element in found}
    around = {each for element in found for each in element.iterancestors()}
    for element in missing:
        if _sign(element) in marks and not _is_other_story(_find_root(element, around), around):
            yield element


def _list_beside(found: Sequence["HtmlElement"], missing: Sequence["HtmlElement"]) -> Iterator["HtmlElement"]:
    """Yield what is missing in containers beside those of what is found, where it is text with others."""
    marks = {_sign(element) for element in found}
    around = {each for element in found for each in element.iterancestors()}
    beside: dict[HtmlElement, list[HtmlElement]] = {}
    for element in missing:
        root = _find_root(element, around)
        if _sign(element) not in marks and root is not element:
            beside.setdefault(root, []).append(element)
    for root, elements in beside.items():
        length = sum(len(element.text_content()) for element in elements)
        is_prose = length >= (1 - MAX_LINK_SHARE) * len(" ".join(root.text_content().split()))
        parent = root.getparent()
        is_near = parent is not None and parent.tag != "body" and not _begins_otherwise(root, found)
        if len(elements) >= MIN_PARAGRAPHS and is_prose and is_near and not _is_other_story(root, around):
            yield from elements


def _list_between(found: Sequence["HtmlElement"], headings: Sequence["HtmlElement"]) -> Iterator["HtmlElement"]:
    """Yield the headings that end one part of the text, above the next: an extraction takes them for leftovers."""
    parents = {each.getparent() for each in found[:-1]}
    for heading in headings:
        is_last = next(heading.itersiblings(), None) is None and heading.getparent() is not found[-1].getparent()
        if is_last and heading.getparent() in parents and next(heading.iter("a"), None) is None:
            yield heading


def _begins_otherwise(root: "HtmlElement", found: Sequence["HtmlElement"]) -> bool:
    """Whether `root` begins with a heading of a rank that the text lacks, or with any where the text is an article."""
    first = next((each for each in root.iter() if each is not root and (each.text or "").strip()), root)
    heading = next((each.tag for each in (first, *first.iterancestors()) if each.tag in _HEADINGS), "")
    is_article = any(each.tag == "article" for each in found[0].iterancestors())
    return bool(heading) and (is_article or all(each.getparent().find(heading) is None for each in found))


def _sign(element: "HtmlElement") -> tuple[tuple[str, str], ...]:
    """Return the tags and classes around an element, without their numbers."""
    chain = (element, *element.iterancestors())
    return tuple((str(each.tag), _NUMBER.sub("", each.get("class") or "")) for each in chain)


def _find_root(element: "HtmlElement", around: set["HtmlElement"]) -> "HtmlElement":
    """Return the outermost element around this one that holds nothing of what was found."""
    chain = [element, *(each for each in element.iterancestors() if each not in around)]
    return chain[-1]


def _is_other_story(root: "HtmlElement", around: set["HtmlElement"]) -> bool:
    """Whether `root` is a teaser, or a story of its own beside one that has its title with it."""
    links = (link for heading in root.iter(*_HEADINGS) for link in (*heading.iter("a"), *heading.iterancestors("a")))
    if any((link.get("href") or "#")[0] != "#" for link in links) or any(True for _ in root.iter(*_STORY_MARKS)):
        return True
    has_title = any(each.tag == "article" and each.find(".//h1") is not None for each in around)
    return has_title and (root.tag == "article" or root.find(".//article") is not None)


def _unite(paragraphs: Sequence["HtmlElement"]) -> None:
    """Make one article of the smallest element around the paragraphs; what stands between their containers goes."""
    chains = [[*reversed(list(each.iterancestors()))] for each in paragraphs]
    level = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*chains, strict=False)))
    top = chains[0][level - 1]
    inner = {each for chain in chains for each in chain[level:]}
    parents = {chain[-1] for chain in chains}
    for container in [top, *inner]:
        if container not in parents:
            for child in list(container):
                if child not in inner and child.tag not in _KEPT and child not in paragraphs:
                    child.drop_tree()
    for container in inner:
        if container.tag in _CONTAINERS:
            container.tag = "div"
            container.attrib.clear()
    _wrap(top)


def _wrap(top: "HtmlElement") -> None:
    """Put all that `top` holds into an article."""
    article = top.makeelement("article")
    article.text, top.text = top.text, None
    article.extend(list(top))
    top.append(article)


def _squeeze(text: str) -> str:
    return "".join(filter(str.isalnum, text))
