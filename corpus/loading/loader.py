"""What every loader is: a LangChain `BaseLoader` that also yields `Article`s and their failures."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from charset_normalizer import from_bytes
from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading.limits import STANDARD_LIMITS, Limits, format_bytes

LIKELIEST_ENCODING = "cp1252"
"""Of Western texts that are not UTF-8: where it makes sense of the bytes, its many relatives are not considered."""

_NOT_TEXT = (b"%PDF-", b"PK\3\4", b"{\\rtf")
"""How files begin that look like text to a decoder but are not: PDF, Word and zip, rich text."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article and where it was read: a path, or `path:line` or `path/part` in a file of many."""

    source: str
    article: Article


class ArticleLoader(BaseLoader):
    """Reads the articles of one file."""

    def __init__(self, path: Path, limits: Limits = STANDARD_LIMITS, content: bytes | None = None) -> None:
        """Read `path` when asked, not before; of a file that comes with its `content`, it is only the name."""
        self.path = path
        self.limits = limits
        self._content = content

    def load_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield each article, and an error in the place of each that cannot be read; raises none."""
        try:
            yield from self.read_articles()
        except LoadError as error:
            yield error
        except ArticleError as error:
            yield LoadError(self.source, str(error))

    @abstractmethod
    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield each article, and an error in the place of each that cannot be read.

        Raises:
            LoadError: nothing more can be read.
            ArticleError: the file is one article, and its values cannot be used.
        """

    def lazy_load(self) -> Iterator[Document]:
        """Yield the articles as LangChain documents; raises the first `LoadError`."""
        for item in self.load_articles():
            if isinstance(item, LoadError):
                raise item
            article = item.article
            metadata = {name: getattr(article.source, name) for name in article.source.__slots__}
            yield Document(id=article.id, page_content=article.text, metadata=metadata | {"source": item.source})

    @property
    def source(self) -> str:
        """The file's name in messages."""
        return str(self.path)

    def read_bytes(self) -> bytes:
        """Return what the file holds.

        Raises:
            LoadError: it cannot be opened, is empty, or is larger than the limit.
        """
        content = self._read_file() if self._content is None else self._content
        if not content or content.isspace():
            raise LoadError(self.source, "is empty")
        return content

    def _read_file(self) -> bytes:
        try:
            details = self.path.stat()
            if not S_ISREG(details.st_mode):
                raise LoadError(self.source, "is not a file that can be read to its end")
            if details.st_size > self.limits.file_bytes:
                sizes = f"{format_bytes(details.st_size)}, and at most {format_bytes(self.limits.file_bytes)}"
                raise LoadError(self.source, f"has {sizes} are read; split it into smaller files")
            return self.path.read_bytes()
        except OSError as error:
            raise LoadError(self.source, f"cannot be read ({error.strerror})") from error

    def read_text(self) -> str:
        r"""Return the file's text with `\n` line ends, in UTF-8 or else the encoding it most likely has.

        Raises:
            LoadError: as of `read_bytes`; or the file is not text.
        """
        content = self.read_bytes()
        text = None if content.startswith(_NOT_TEXT) else _decode(content)
        if text is None or "\0" in text:
            raise LoadError(self.source, "is not a text file; save it as plain text in UTF-8")
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
