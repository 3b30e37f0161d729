"""Plain text files: one article each."""

from collections.abc import Iterator

from corpus.article import Article
from corpus.cleaning import split_headline
from corpus.loading.loader import ArticleLoader, Loaded


class TextLoader(ArticleLoader):
    """Reads a `.txt` file. A headline on the first line becomes the title; else the file name does."""

    def read_articles(self) -> Iterator[Loaded]:
        """Yield the one article."""
        title, text = split_headline(self.read_text())
        yield Loaded(self.source, Article(title=title or self.path.stem, text=text))
