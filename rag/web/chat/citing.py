"""Quotes and sources in the citation styles of writers: APA and BibTeX. `export.py` has plain text and Markdown.

Both give names as the articles do: which part of a byline is a surname cannot be told from it.
"""

import re
from collections.abc import Iterator
from string import ascii_lowercase

from corpus.article import Source
from rag.answer import Answer, Citation, Quote
from rag.web.chat.exchange import Exchange
from rag.web.wording import describe_source

_TEX = {character: f"\\{character}" for character in "&%$#_{}"}
_TEX |= {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
_TEX_ESCAPES = str.maketrans(_TEX)


def write_quote(quote: Quote, source: Source) -> str:
    """Return one quote with its source: “It burned.” (Our paper, 17 December 2021)."""
    return f"“{_join(quote.text)}” ({describe_source(source) or source.title or source.id})"


def write_apa(exchange: Exchange) -> str:
    """Return the quotes with author and year, and the references in alphabetical order, as in APA 7."""
    if not (answer := exchange.answer):
        return ""
    sources = {citation.number: citation.source for citation in answer.citations}
    quotes = [f"“{_join(quote.text)}” ({_name_briefly(sources[quote.citation])})" for quote in answer.quotes]
    return "\n\n".join([*quotes, "References", *sorted(map(_write_reference, sources.values()), key=str.casefold)])


def write_bibtex(exchange: Exchange) -> str:
    """Return an entry for each source, with what is quoted of it as its note."""
    if not (answer := exchange.answer):
        return ""
    return "\n\n".join(_write_entry(citation, answer) for citation in answer.citations)


def _name_briefly(source: Source) -> str:
    who = source.author or source.outlet or f"“{source.title or source.id}”"
    return f"{_join(who)}, {source.published.year if source.published else 'n.d.'}"


def _write_reference(source: Source) -> str:
    day = f"{source.published:%Y, %B} {source.published.day}" if source.published else "n.d."
    title, outlet = _join(source.title or source.id), _join(source.outlet)
    who = _join(source.author) or outlet
    parts = [f"{who} ({day})", title] if who else [title, f"({day})"]
    parts += [outlet] if outlet and outlet != who else []
    return " ".join([*(f"{part.rstrip('.')}." for part in parts), *_list_addresses(source)])


def _write_entry(citation: Citation, answer: Answer) -> str:
    source = citation.source
    quoted = " ".join(f"“{_join(quote.text)}”" for quote in answer.quotes if quote.citation == citation.number)
    fields = {
        "author": f"{{{_escape(source.author)}}}" if source.author else "",  # one name: BibTeX would turn it around
        "title": f"{{{_escape(source.title or source.id)}}}",
        "journal": _escape(source.outlet),
        "year": f"{source.published:%Y}" if source.published else "",
        "month": f"{source.published:%b}".lower() if source.published else "",
        "day": str(source.published.day) if source.published else "",
        "url": next(_list_addresses(source), "").replace("{", "%7B").replace("}", "%7D"),
        "note": _escape(quoted),
    }
    lines = [f"  {name} = {_enclose(name, value)}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_make_key(citation)},", *lines, "}"])


def _make_key(citation: Citation) -> str:
    """Return a key of letters and digits; the letter at its end differs between the sources of an answer."""
    source = citation.source
    name = re.sub(r"[^a-z0-9]", "", (source.outlet or source.author or source.title).casefold()) or "article"
    letter = ascii_lowercase[(citation.number - 1) % len(ascii_lowercase)]
    return f"{name}{source.published.year if source.published else ''}{letter}"


def _enclose(name: str, value: str) -> str:
    return value if name == "month" else f"{{{value}}}"


def _list_addresses(source: Source) -> Iterator[str]:
    if source.url.startswith(("http://", "https://")):
        yield source.url


def _escape(text: str) -> str:
    return _join(text).translate(_TEX_ESCAPES)


def _join(text: str) -> str:
    return " ".join(text.split())
