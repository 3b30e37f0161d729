"""JSON: one article a line, an array of articles, or one article."""

import json
from collections.abc import Iterator

from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import ALIASES, load_record

LISTS = ("articles", "items", "entries", "documents", "docs", "results", "data", "news")
"""What an object calls the list of its articles."""


class JsonLoader(ArticleLoader):
    """Reads a `.jsonl`, `.ndjson` or `.json` file: objects `{"id", "title", "text", "published", ...}`.

    They stand one on each line, in an array, in an object's list such as `{"articles": [...]}`, or alone.
    """

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield an article an object; one that cannot be read is named by its line or place, and the rest go on."""
        content = self.read_text()
        try:
            whole = json.loads(content)
        except (ValueError, RecursionError) as error:  # also a number of over 4,300 digits
            if content.lstrip().startswith("[") or self.path.suffix.lower() == ".json":
                raise LoadError(self.source, f"is not JSON ({error})") from error
            for number, line in enumerate(content.split("\n"), start=1):
                if line.strip():
                    yield _read_line(f"{self.source}:{number}", line)
            return
        if isinstance(whole, dict) and not whole.keys() & {*ALIASES["text"]}:
            whole = next((whole[name] for name in LISTS if isinstance(whole.get(name), list)), whole)
        if isinstance(whole, list):
            yield from (_read_record(f"{self.source}[{number}]", each) for number, each in enumerate(whole))
        else:
            lines_before = len(content) - len(content.lstrip())
            number = content[:lines_before].count("\n") + 1
            yield _read_record(f"{self.source}:{number}" if self.path.suffix != ".json" else self.source, whole)


def _read_line(source: str, line: str) -> Loaded | LoadError:
    try:
        return _read_record(source, json.loads(line))
    except (ValueError, RecursionError) as error:
        return LoadError(source, f"is not JSON ({error})")


def _read_record(source: str, record: object) -> Loaded | LoadError:
    try:
        return load_record(source, record)
    except LoadError as error:
        return error
