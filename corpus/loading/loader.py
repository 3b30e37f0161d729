"""What every loader is: a LangChain `BaseLoader` that also yields `Article`s and their failures."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading.limits import STANDARD_LIMITS, Limits

LIKELIEST_ENCODING = "cp1252"
"""Of Western texts that are not UTF-8: where it makes sense of the bytes, its many relatives are not considered."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article and where it was read: a path, or `path:line` in a file of many."""

    source: str
    article: Article


class ArticleLoader(BaseLoader):
    """Reads the articles of one file."""

    def __init__(self, path: Path, limits: Limits = STANDARD_LIMITS) -> None:
        """Read `path` when asked, not before."""
        self.path = path
        self.limits = limits

    @abstractmethod
    def load_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield each article, and an error in the place of each that cannot be read; raises none."""

    def lazy_load(self) -> Iterator[Document]:
        """Yield the articles as LangChain documents; raises the first `LoadError`."""
        for item in self.load_articles():
            if isinstance(item, LoadError):
                raise item
            article = item.article
            metadata = {name: getattr(article.source, name) for name in article.source.__slots__}
            yield Document(id=article.id, page_content=article.text, metadata=metadata | {"source": item.source})


def read_text(path: Path) -> str:
    r"""Return the file's text with `\n` line ends, in UTF-8 or else the encoding it most likely has.

    Raises:
        LoadError: the file cannot be opened, is empty, or is not text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LoadError(str(path), f"cannot be read ({error.strerror})") from error
    if not content.strip():
        raise LoadError(str(path), "is empty")
    text = _decode(content)
    if text is None or "\0" in text:
        raise LoadError(str(path), "is not a text file; save it as plain text in UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        guesses = from_bytes(content)
    if any(LIKELIEST_ENCODING in guess.could_be_from_charset for guess in guesses):
        return content.decode(LIKELIEST_ENCODING)
    best = guesses.best()
    return str(best).removeprefix("\N{BYTE ORDER MARK}") if best else None
