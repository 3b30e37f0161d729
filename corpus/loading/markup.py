"""The text of XHTML and XML as they come in packed formats: without network, entities from outside or trust."""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from corpus.loading.details import squeeze

_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr"
    " li main ol p pre section table td th tr ul".split()
)
_LEFT_OUT = frozenset("figcaption head math nav noscript rp rt script style svg template".split())
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;)")


def parse_markup(content: bytes) -> Any:
    """Return the root element; None where there is none. What is malformed is read as far as it makes sense.

    The names of HTML's characters, such as `&nbsp;`, are known, although XML does not define them.
    """
    if b"\0" not in content:  # in UTF-16 they stay unknown
        content = _ENTITY.sub(_spell_entity, content.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def _spell_entity(match: re.Match[str]) -> str:
    characters = html5.get(match[1])
    return "".join(f"&#{ord(each)};" for each in characters) if characters else match[0]


def get_name(element: Any) -> str:
    """Return the element's name without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def read_text(element: Any) -> str:
    """Return all text within the element on one line."""
    return " ".join(read_paragraphs(element))


def read_paragraphs(element: Any) -> list[str]:
    """Return the text of each block, in order; two breaks make a block. Scripts, menus and captions are left out."""
    pieces: list[str] = []
    _gather(element, pieces)
    blocks = re.split(r"\n|\v\s*\v", "".join(pieces))
    return [text for text in map(squeeze, blocks) if text]


def _gather(element: Any, pieces: list[str]) -> None:
    """Append the texts, in which line ends mean nothing, and a line end where a block begins or ends."""
    name = get_name(element)
    if name and name not in _LEFT_OUT:
        mark = "\n" if name in _BLOCKS else "\v" if name == "br" else ""
        pieces += mark, re.sub(r"\s", " ", element.text or "")
        for child in element:
            _gather(child, pieces)
            pieces.append(re.sub(r"\s", " ", child.tail or ""))
        if name in _BLOCKS:
            pieces.append(mark)
