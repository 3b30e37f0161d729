"""Markdown files with optional front matter, in YAML or TOML: one article each."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from yaml import BaseLoader, YAMLError, load

from corpus.cleaning import split_headline
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import load_record, write_value

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_RULE = re.compile(r"\A\s*(?:-{3,}|\+{3,}|\*{3,}|_{3,})[ \t]*\n")
_UNDERLINE = re.compile(r"\A(\S.*)\n(?:=+|-{3,})[ \t]*\n")
"""A title, as it may be marked by a line below it."""
_UNQUOTED = re.compile(r"^([\w-]+:[ \t]+)([^\"'\[{|>\n][^\n]*:[ \t].*?)[ \t]*$", re.MULTILINE)
"""A value with a colon, which YAML takes for an object."""
_DETAIL = re.compile(r"^([\w-]+)[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)


class MarkdownLoader(ArticleLoader):
    """Reads a `.md` file. Details come from its front matter; a missing title from a heading or the file name."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        details, body = split_front_matter(self.read_text())
        title = write_value(details.get("title"))
        headline, text = split_headline(_UNDERLINE.sub("# \\1\n", body))
        if title and headline.casefold() != title.casefold():
            headline, text = title, body
        yield load_record(self.source, details | {"title": headline or self.path.stem, "text": text})


def split_front_matter(content: str) -> tuple[dict[str, Any], str]:
    """Return the details in front of a text, and the text; a text that only begins with a rule has none.

    Values are kept as they are written: `true`, and dates that the calendar lacks, are for the reader of records.
    Front matter that is no YAML, as where a title holds a colon, is read line by line.
    """
    found = _FRONT_MATTER.match(content)
    if not found:
        return {}, _RULE.sub("", content).strip()
    details = _read_details(found[2] or "", is_toml=found[1] == "+++")
    return (details, content[found.end() :].strip()) if details is not None else ({}, _RULE.sub("", content).strip())


def _quote(found: re.Match[str]) -> str:
    return found[1] + json.dumps(found[2], ensure_ascii=False)


def _read_details(block: str, *, is_toml: bool) -> dict[str, Any] | None:
    try:
        details = tomllib.loads(block) if is_toml else load(_UNQUOTED.sub(_quote, block), BaseLoader)
    except (YAMLError, tomllib.TOMLDecodeError):
        details = {name: value.strip().strip("\"'") for name, value in _DETAIL.findall(block)}
    if details is None and not block.strip():
        return {}
    return {str(name): value for name, value in details.items()} if isinstance(details, dict) and details else None
