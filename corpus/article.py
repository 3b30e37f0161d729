"""Articles, the sources they are cited as, and the passages they are cut into."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from corpus.dateline import find_dateline
from corpus.errors import ArticleError
from corpus.paragraphs import Offsets as Offsets

MAX_ID_CHARACTERS = 200
SCANNED = "read by OCR"
"""The mark of an article, and of its quotes, that a machine read from pictures."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation shows of an article: everything but its text."""

    id: str
    title: str
    outlet: str
    author: str
    published: date | None
    url: str
    topic: str
    is_scanned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One published article. `text` is kept exactly as given: every quote is a span of it.

    An empty `id` is filled in with `content_hash`, and place and agency, where both are empty, with those of the text's
    first dateline.

    Raises:
        ArticleError: the text has no letter or digit, a value holds NUL or cannot be written as UTF-8, or the id is
            not printable or over 200 characters.
    """

    text: str
    title: str = ""
    id: str = ""
    outlet: str = ""
    author: str = ""
    published: date | None = None
    url: str = ""
    topic: str = ""
    language: str = ""
    """ISO 639-1 code, such as en."""
    credits: str = ""
    """The sign-off of desk and agencies, such as fb/msh (AFP, Reuters)."""
    is_scanned: bool = field(default=False, repr=False)
    """Whether a machine read the text from pictures (OCR), so that letters may be wrong."""
    place: str = field(default="", repr=False)
    """Where it was written, as its dateline says: KYIV, Ukraine."""
    agency: str = field(default="", repr=False)
    """Which agency it is from, as its dateline says: AP."""
    original: bytes = field(default=b"", compare=False, repr=False)
    """The file or page that the text was taken from; empty where the text is all of it."""

    def __post_init__(self) -> None:
        name = repr(self.title[:60] or self.id[:60] or "without title")
        if not any(map(str.isalnum, self.text)):
            raise ArticleError(f"article {name} has no text")
        if not _is_text(
            self.text, self.title, self.id, self.outlet, self.author, self.url, self.topic, self.language, self.credits,
            self.place, self.agency,
        ):  # fmt: skip
            raise ArticleError(f"article {name} holds characters that are not text (NUL or half a surrogate pair)")
        if len(self.id) > MAX_ID_CHARACTERS or not self.id.isprintable():
            raise ArticleError(f"id {self.id[:60]!r} must be printable and at most {MAX_ID_CHARACTERS} characters")
        if not self.id:
            object.__setattr__(self, "id", self.content_hash)
        if not (self.place or self.agency) and (found := find_dateline(self.text)):
            object.__setattr__(self, "place", found.place)
            object.__setattr__(self, "agency", found.agency)

    @property
    def content_hash(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of title and text."""
        return hashlib.sha256(f"{self.title}\0{self.text}".encode()).hexdigest()[:16]

    @property
    def source(self) -> Source:
        """The article without its text."""
        return Source(
            self.id, self.title, self.outlet, self.author, self.published, self.url, self.topic, self.is_scanned
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A few whole sentences of one article, verbatim: `article.text[start:end] == text`.

    `sentences` are offsets into `text`, in order and without overlap.
    """

    article_id: str
    start: int
    end: int
    text: str
    sentences: tuple[Offsets, ...]

    @property
    def key(self) -> str:
        """The passage's name in the vector and word indexes."""
        return f"{self.article_id}:{self.start}:{self.end}"


def _is_text(*values: str) -> bool:
    try:
        return b"\0" not in "".join(values).encode()
    except UnicodeEncodeError:
        return False


def count_articles(number: int) -> str:
    """Return a number of articles in words: "1 article", "1,200 articles"."""
    return f"{number:,} article{'' if number == 1 else 's'}"


def format_date(value: date | None) -> str:
    """Return the date as people write it, such as 26 January 2022; empty where it is unknown."""
    return f"{value.day} {value:%B %Y}" if value else ""
