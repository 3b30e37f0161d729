"""What a page states of its article for machines: in JSON-LD, OpenGraph and other meta elements."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

from corpus.loading.dates import parse_day
from corpus.loading.details import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLES = "og:title twitter:title headline parsely-title sailthru.title dc.title dcterms.title".split()
OUTLETS = "og:site_name application-name publisher dc.publisher dcterms.publisher".split()
AUTHORS = "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl".split()
DAYS = (
    "article:published_time og:article:published_time datepublished parsely-pub-date sailthru.date dc.date.issued"
    " dcterms.issued dc.date dcterms.date publishdate publish-date publish_date pubdate date"
).split()
"""The names of meta elements, the most trustworthy first."""

MAX_NAME_WORDS = 6
_ARTICLE = re.compile(r"(?:article|posting|report|review|story)$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;|]|,| and | und | et | y | & )\s*")
_BY = re.compile(r"^(?:(?:by|von|par|por)\b:? ?|(?-i:By(?=[A-Z])))", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|\bwww\b|[@\d/]|^(?:admin\w*|user(?:name)?|posted|updated|author|editor|staff|unknown|none|redac\w*|by)$"
    r"|^(?:last )?(?:updated|posted|published)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the page says of its article; what it does not say is empty."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None


def read_statement(tree: "HtmlElement") -> Statement:
    """Return what the page states; JSON-LD comes before meta elements, but for the title and the outlet."""
    nodes = list(_list_nodes(tree))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    article = next((node for node in nodes if any(map(_ARTICLE.search, _list_texts(node.get("@type"))))), {})
    meta = _read_meta(tree)
    publishers = _list_names(article.get("publisher"), by_id)
    authors = clean_names(_list_names(article.get("author"), by_id)) or next(
        filter(None, (clean_names(meta.get(name, [])) for name in AUTHORS)), ""
    )
    days = (article.get("datePublished"), *(value for name in DAYS for value in meta.get(name, [])))
    return Statement(
        title=_choose([*_pick(meta, TITLES), *_list_texts(article.get("headline"))]),
        outlet=_choose([*_pick(meta, OUTLETS), *publishers]),
        author=authors,
        published=next(filter(None, map(parse_day, filter(None, days))), None) or _find_time(tree),
    )


def _find_time(tree: "HtmlElement") -> date | None:
    """Return the day of the first time element that is said to be the publication's."""
    for element in tree.iter("time"):
        around = element.getparent()
        label = f"{element.get('class')} {element.get('itemprop')} {(around.text or '') if around is not None else ''}"
        day = parse_day(element.get("datetime") or "")
        if day and "publi" in label.casefold():
            return day
    return None


def clean_names(names: Iterable[str]) -> str:
    """Return names of authors with commas between them, each once; what is no name is left out."""
    pieces = (_BY.sub("", piece) for name in names for piece in _BETWEEN.split(squeeze(unescape(name))))
    likely = [each for each in pieces if each and not _NO_NAME.search(each) and len(each.split()) <= MAX_NAME_WORDS]
    spellings: dict[str, str] = {}
    for name in likely:
        spellings.setdefault(name.casefold(), name)
    return ", ".join(spellings.values())


def _choose(values: Iterable[str]) -> str:
    return next(filter(None, (squeeze(unescape(value)) for value in values)), "")


def _pick(meta: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (value for name in names for value in meta.get(name, []))


def _read_meta(tree: "HtmlElement") -> dict[str, list[str]]:
    """Return the contents of the meta elements under their names in small letters."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        meta.setdefault(name.strip().lower(), []).append(element.get("content") or "")
    return meta


def _list_nodes(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD, those in lists and graphs too; what is malformed is left out."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        with suppress(ValueError, RecursionError):
            yield from _flatten(json.loads(script.text or "", strict=False))


def _flatten(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _flatten(each)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "itemListElement", "publisher"):
            yield from _flatten(value.get(name))


def _list_names(value: Any, by_id: Mapping[str, dict[str, Any]]) -> list[str]:
    """Return the names of persons or organisations: texts, objects with a name, or references to such."""
    if isinstance(value, list):
        return [name for each in value for name in _list_names(each, by_id)]
    if isinstance(value, dict):
        return _list_texts(value.get("name") or by_id.get(str(value.get("@id")), {}).get("name"))
    return _list_texts(value)


def _list_texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]
