"""Plain text files: one article each."""

from collections.abc import Iterator

from corpus.article import Article
from corpus.cleaning import split_headline
from corpus.errors import ArticleError, LoadError
from corpus.loading.loader import ArticleLoader, Loaded, read_text


class TextLoader(ArticleLoader):
    """Reads a `.txt` file. A headline on the first line becomes the title; else the file name does."""

    def load_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield the one article, or why it cannot be read."""
        source = str(self.path)
        try:
            title, text = split_headline(read_text(self.path))
            yield Loaded(source, Article(title=title or self.path.stem, text=text))
        except LoadError as error:
            yield error
        except ArticleError as error:
            yield LoadError(source, str(error))


def read_pasted(text: str) -> Loaded:
    """Return the article in a text that was pasted.

    Raises:
        LoadError: there is none.
    """
    source = "pasted text"
    try:
        title, body = split_headline(text)
        return Loaded(source, Article(title=title, text=body))
    except ArticleError as error:
        raise LoadError(source, str(error)) from error
