"""What every loader is: a LangChain `BaseLoader` that also yields `Article`s and their failures."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from corpus.article import Article
from corpus.errors import ArticleError, LoadError
from corpus.loading.decoding import decode
from corpus.loading.limits import STANDARD_LIMITS, Limits, format_bytes
from corpus.progress import NOBODY, Watch

_NOT_TEXT = (b"%PDF-", b"PK\3\4", b"{\\rtf")
"""How files begin that look like text to a decoder but are not: PDF, Word and zip, rich text."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article and where it was read: a path, or `path:line` or `path/part` in a file of many.

    `notes` name what of it could not be read and was left out, each a clause such as "'date' is ...".
    """

    source: str
    article: Article
    notes: tuple[str, ...] = ()


class ArticleLoader(BaseLoader):
    """Reads the articles of one file."""

    takes_nul = False
    """Whether a text with NUL in it is read all the same, as each article is checked for them."""

    def __init__(
        self,
        path: Path,
        limits: Limits = STANDARD_LIMITS,
        content: bytes | None = None,
        watch: Watch = NOBODY,
    ) -> None:
        """Read `path` when asked, not before; of a file that comes with its `content`, it is only the name.

        Args:
            path: The file.
            limits: How much of it is read.
            content: What it holds, where that is known.
            watch: Is told how far the reading is, and may stop it: then `StoppedError` is raised.
        """
        self.path = path
        self.limits = limits
        self.watch = watch
        self._content = content
        self._doubt = ""

    def load_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield each article, and an error in the place of each that cannot be read; raises none."""
        try:
            for item in self.read_articles():
                yield replace(item, notes=(*item.notes, *self._take_doubt())) if isinstance(item, Loaded) else item
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

    def _take_doubt(self) -> list[str]:
        """Return what is doubtful about the file's letters, once."""
        doubts, self._doubt = [self._doubt] if self._doubt else [], ""
        return doubts

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
        decoded = None if content.startswith(_NOT_TEXT) else decode(content)
        if decoded is None or ("\0" in decoded.text and not self.takes_nul):
            raise LoadError(self.source, "is not a text file; save it as plain text in UTF-8")
        self._doubt = decoded.doubt
        return decoded.text.replace("\r\n", "\n").replace("\r", "\n")
