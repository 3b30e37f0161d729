"""Reads paragraphs from a MediaWiki export: text without questions, about which a language model writes some."""

import bz2
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import mwparserfromhell

from embeddings.spans import list_words
from embeddings.training.squad import ENCYCLOPEDIA, Paragraph

WORDS = 50, 220  # a paragraph has at least and at most so many
SHARED = 8  # words in a row that make a paragraph a copy of a reserved one

_PLAIN = (
    (re.compile(r"<ref[^>/]*/>|<ref.*?</ref>|<!--.*?-->|\{\|.*?\|\}", re.S), ""),
    (re.compile(r"\[\[(?:File|Image):(?:[^\[\]]|\[\[[^\]]*\]\])*\]\]"), ""),
    (re.compile(r"\{\{convert\|([^|{}]+)\|([^|{}]+)[^{}]*\}\}"), r"\1 \2"),
    (re.compile(r"\{\{(?:lang|transl)\|[^|{}]*\|([^{}|]+)[^{}]*\}\}"), r"\1"),
)
_GAPS = ((re.compile(r"\s+"), " "), (re.compile(r"\(\s*[;,]?\s*\)"), ""), (re.compile(r" +([,.;)])"), r"\1"))
_PROSE = re.compile(r"""[A-Z"“'][^|{}\[\]=<>*]+[.!?"”)]""")


def load_dump(path: Path, reserved: Iterable[tuple[str, str]]) -> list[Paragraph]:
    """Return the prose paragraphs of a `pages-articles.xml.bz2`, in its order, as paragraphs of the encyclopedia.

    Left out are redirects, lists, pages with a title of `reserved` (pairs of title and text, which are kept for
    measuring), and paragraphs that share `SHARED` words in a row with one of its texts.

    Raises:
        ValueError: the file is no such export.
    """
    titles: set[tuple[str, ...]] = set()
    runs: set[tuple[str, ...]] = set()
    for title, text in reserved:
        titles.add(tuple(list_words(title)))
        runs.update(_runs(text))
    return [
        Paragraph(ENCYCLOPEDIA, title, title, text)
        for title, markup in _pages(path)
        if tuple(list_words(title)) not in titles
        for text in _paragraphs(markup)
        if runs.isdisjoint(_runs(text))
    ]


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    try:
        yield from _parse(path)
    except (OSError, EOFError, ElementTree.ParseError) as error:
        raise ValueError(f"{path} is no MediaWiki export ({error}); pass a pages-articles.xml.bz2") from error


def _parse(path: Path) -> Iterator[tuple[str, str]]:
    with bz2.open(path) as file:
        for _, page in ElementTree.iterparse(file):
            if page.tag.rpartition("}")[2] != "page":
                continue
            title, markup = page.findtext("{*}title") or "", page.findtext("{*}revision/{*}text") or ""
            page.clear()
            is_article = ":" not in title and "(disambiguation)" not in title and not title.startswith("List of")
            if is_article and not markup.lstrip().lower().startswith("#redirect"):
                yield title, markup


def _paragraphs(markup: str) -> Iterator[str]:
    for pattern, kept in _PLAIN:
        markup = pattern.sub(kept, markup)
    for line in mwparserfromhell.parse(markup).strip_code().splitlines():
        for pattern, kept in _GAPS:
            line = pattern.sub(kept, line).strip()
        if WORDS[0] <= len(line.split()) <= WORDS[1] and _PROSE.fullmatch(line) and "http" not in line:
            yield line


def _runs(text: str) -> set[tuple[str, ...]]:
    words = list_words(text)
    return {tuple(words[first : first + SHARED]) for first in range(len(words) - SHARED + 1)}
