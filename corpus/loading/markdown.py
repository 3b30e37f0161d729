"""Markdown files with optional YAML front matter: one article each."""

from collections.abc import Iterator

import frontmatter
from yaml import YAMLError

from corpus.cleaning import split_headline
from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import article_from_record


class MarkdownLoader(ArticleLoader):
    """Reads a `.md` file. Details come from its front matter; a missing title from a heading or the file name."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        content = self.read_text()
        try:
            details, body = frontmatter.parse(content)
        except (YAMLError, ValueError) as error:  # ValueError: an impossible date, such as 2022-02-30
            reason = " ".join(str(error).split())
            raise LoadError(self.source, f"its front matter is not YAML ({reason})") from error
        headline, text = (details["title"], body) if details.get("title") else split_headline(body)
        record = details | {"title": headline or self.path.stem, "text": text}
        yield Loaded(self.source, article_from_record(self.source, record))
