"""Articles as records: a JSON object, a row of a table, or the front matter of a Markdown file."""

import math
import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

from lxml.html import fromstring

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading.dates import parse_day
from corpus.loading.loader import Loaded
from corpus.loading.markup import read_paragraphs

NAMES = {
    "text": "text content body article articlebody article_body article_text maintext full_text fulltext",
    "id": "id",
    "title": "title headline heading",
    "outlet": "outlet publication publisher site_name sitename newspaper source source_name",
    "author": "author authors byline creator",
    "published": "published date published_at publishedat publish_date date_published datepublished date_publish"
    " publication_date pubdate pub_date",
    "url": "url link permalink canonical_url web_url source source_url",
    "topic": "topic section category categories",
    "language": "language lang",
    "credits": "credits",
    "place": "place",
    "agency": "agency",
}
"""For each detail of an article, what records call it; the first that says anything is taken."""
ALIASES = {detail: tuple(names.split()) for detail, names in NAMES.items()}
COLUMNS = frozenset(name for names in ALIASES.values() for name in names)
"""All names of details that are known."""

NAMES_OF_TEXT = "'text' (nor content, body, article, maintext or fulltext)"
_TEXTS = ("id", "title", "outlet", "author", "topic", "language", "credits", "place", "agency")
_NOTHING = frozenset(("", "nan", "n/a", "na", "#n/a", "null", "none", "nil", "nat", "-", "true", "false"))
"""What tables and programs write where there is nothing to say."""
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_MAIN_NAMES = ("name", "title", "main", "original")
"""What an object that is the value of a detail calls the text to show."""
_MARKUP = re.compile(r"</(?:p|div|li|h\d)>|<br ?/?>", re.IGNORECASE)
"""Of a text that is a piece of a web page."""
_BY = re.compile(r"\Aby ", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|\w+);", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_LONGEST_VALUE = 60


def load_record(source: str, record: object) -> Loaded:
    """Return the article of one record, which comes from outside. Names that are not known are left out.

    A detail that cannot be read is left empty, and named in the notes.

    Args:
        source: What the record is called in messages.
        record: An object with a text.

    Raises:
        LoadError: there is no text, or a value cannot be kept; names `source` and the value.
    """
    if not isinstance(record, Mapping):
        raise LoadError(source, f"is not an object with a text but {type(record).__name__}")
    values = {_fold(str(name)): value for name, value in record.items()}
    notes: list[str] = []
    details: dict[str, Any] = {name: _find_text(name, values) for name in _TEXTS}
    details["author"] = _BY.sub("", details["author"])
    details |= {"published": _find_day(values, notes), "url": _find_address(values, notes)}
    try:
        article = Article(text=_find_body(source, values), is_scanned=values.get("scanned") is True, **details)
    except ArticleError as error:
        raise LoadError(source, str(error)) from error
    return Loaded(source, article, tuple(notes))


def article_from_record(source: str, record: object) -> Article:
    """Return the article of a record that a program made: a detail that cannot be read is an error there.

    Args:
        source: What the record is called in messages.
        record: An object with a text.

    Raises:
        LoadError: as of `load_record`, or a detail cannot be read.
    """
    loaded = load_record(source, record)
    if loaded.notes:
        raise LoadError(source, "; ".join(note.rpartition(": ")[0] for note in loaded.notes))
    return loaded.article


def _fold(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip()).casefold()


def _unwrap(value: Any) -> Any:
    """Return what an object with one entry holds, as programs write `{"rendered": "..."}` and `{"$date": "..."}`."""
    return next(iter(value.values())) if isinstance(value, Mapping) and len(value) == 1 else value


def _drop_markup(text: str) -> str:
    return "\n\n".join(read_paragraphs(fromstring(f"<div>{text}</div>")))


def _find_body(source: str, values: Mapping[str, Any]) -> str:
    for name in ALIASES["text"]:
        value = _unwrap(values.get(name))
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return _drop_markup(value) if _MARKUP.search(value) else value
    if "text" in values:
        raise LoadError(source, f"'text' is {_shorten(values['text'])}, which is no text")
    raise LoadError(source, f"has no {NAMES_OF_TEXT}")


def _find_text(detail: str, values: Mapping[str, Any]) -> str:
    found = (write_value(values.get(name)) for name in ALIASES[detail])
    return next((text for text in found if text and not (detail == "outlet" and _ADDRESS.fullmatch(text))), "")


def write_value(value: Any) -> str:
    """Return a detail's value as a text: a list with commas, an object by its name; empty for what means nothing."""
    value = _unwrap(value)
    if isinstance(value, Mapping):
        return write_value(next(filter(None, map(value.get, _MAIN_NAMES)), None))
    if isinstance(value, list | tuple | set):
        return ", ".join(filter(None, map(write_value, value)))
    if value is None or isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    text = _ENTITY.sub(lambda found: unescape(found[0]), _WIKI_LINK.sub(r"\1", str(value))).strip()
    return "" if text.casefold() in _NOTHING else text


def _find_day(values: Mapping[str, Any], notes: list[str]) -> date | None:
    unread = []
    for name in ALIASES["published"]:
        if day := parse_day(_unwrap(values.get(name))):
            return day
        if write_value(values.get(name)):
            unread.append(f"{name!r} is {_shorten(values[name])}, which names no certain day: the date is left empty")
    notes += unread[:1]
    return None


def _find_address(values: Mapping[str, Any], notes: list[str]) -> str:
    unread = []
    for name in ALIASES["url"]:
        text = write_value(values.get(name))
        if "://" in text:
            return text
        if text and not name.startswith("source"):  # which may be a name
            unread.append(f"{name!r} is {_shorten(text)}, which is no whole web address: it is left empty")
    notes += unread[:1]
    return ""


def _shorten(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…")
