"""Markdown files with optional YAML front matter: one article each."""

from collections.abc import Iterator

import frontmatter
from yaml import YAMLError

from corpus.cleaning import split_headline
from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded, read_text
from corpus.loading.record import article_from_record


class MarkdownLoader(ArticleLoader):
    """Reads a `.md` file. Details come from its front matter; a missing title from a heading or the file name."""

    def load_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield the one article, or why it cannot be read."""
        source = str(self.path)
        try:
            details, body = frontmatter.parse(read_text(self.path))
            headline, text = (details["title"], body) if details.get("title") else split_headline(body)
            record = details | {"title": headline or self.path.stem, "text": text}
            yield Loaded(source, article_from_record(source, record))
        except LoadError as error:
            yield error
        except (YAMLError, ValueError) as error:  # ValueError: an impossible date, such as 2022-02-30
            yield LoadError(source, f"its front matter is not YAML ({' '.join(str(error).split())})")
