"""JSON lines: one article a line."""

import json
from collections.abc import Iterator

from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import article_from_record


class JsonlLoader(ArticleLoader):
    """Reads a `.jsonl` file with an object `{"id", "title", "text", "published", ...}` on each line."""

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield an article a line; a line that cannot be read is named by its number, and the rest go on."""
        for number, line in enumerate(self.read_text().split("\n"), start=1):
            if line.strip():
                yield _read_line(f"{self.source}:{number}", line)


def _read_line(source: str, line: str) -> Loaded | LoadError:
    try:
        return Loaded(source, article_from_record(source, json.loads(line)))
    except LoadError as error:
        return error
    except (ValueError, RecursionError) as error:  # also a number of over 4,300 digits
        return LoadError(source, f"is not JSON ({error})")
