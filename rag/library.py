"""The library: articles go in, are replaced and removed, and the three indexes agree whatever happens.

Every change is first made in the catalog, in one transaction with a note in its journal. Then the passages
of the noted articles are replaced in the vector and word indexes by what the catalog says, and the note is
taken away. Both steps can be repeated, so whatever a crash left noted is simply done again at the next start.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from threading import RLock
from typing import Self, TypedDict, Unpack

from corpus.article import Article, Passage
from corpus.errors import ArticleError
from corpus.passages import split_article
from embeddings.encoder import Encoder, Vectors
from rag.catalog import Catalog
from rag.errors import IndexMismatchError, UnknownArticleError
from rag.home import Home
from rag.indexes import Indexes
from rag.intake import Decision, Intake
from rag.records import Outcome, Receipt
from rag.stories import tell_stories, tell_story
from rag.vectors import VectorIndex
from rag.words import WordIndex

BATCH_ARTICLES = 256
BATCH_CHARACTERS = 200_000
"""Of the articles that are encoded and written together: a longer one is a batch of its own."""
PASSAGE_FORMAT = "title, 150 words"
"""How passages are cut and embedded: part of what the index is stamped with."""

Progress = Callable[[int, int], None]
"""Called with (articles done, articles in all)."""


class Details(TypedDict, total=False):
    """What can be corrected of an article."""

    title: str
    outlet: str
    author: str
    published: date | None
    url: str
    topic: str
    language: str
    credits: str


class Library:
    """The articles of one home folder. Safe to use from several threads; one process at a time."""

    def __init__(self, home: Home, encoder: Encoder, *, max_article_characters: int) -> None:
        """Take the home folder and bring its indexes into agreement with the catalog.

        Raises:
            HomeLockedError: another process has the folder.
            HomeError: the folder cannot be used.
        """
        home.lock()
        self._home = home
        self.encoder = encoder
        self._max_article_characters = max_article_characters
        self._lock = RLock()
        try:
            self.catalog = Catalog(home.catalog)
            self.vectors = VectorIndex(home.vectors)
            self.words = WordIndex(home.words)
            self._indexes = Indexes(self.catalog, self.vectors, self.words)
            self._indexes.check()
            tell_stories(self.catalog)
        except BaseException:
            home.unlock()
            raise

    def __enter__(self) -> Self:
        """Close the library at the end of a `with`."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the library."""
        self.close()

    def close(self) -> None:
        """Let go of the home folder."""
        with self._lock:
            self._indexes.close()
            self.catalog.close()
            self._home.unlock()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever added."""
        return self.catalog.read_meta("encoder") is None

    def check_encoder(self) -> None:
        """Make sure that the index was made with the encoder in use.

        Raises:
            IndexMismatchError: it was not.
        """
        stamp = self.catalog.read_meta("encoder")
        if stamp not in (None, *map(_stamp, self.encoder.comparable)):
            raise IndexMismatchError(
                f"this library was indexed with {stamp}, and the settings ask for {self._stamp}:"
                " run `python -m rag reindex`, or set the encoder back"
            )

    def add(self, articles: Iterable[Article]) -> Iterator[Receipt]:
        """Add articles in batches; yields a receipt for each, in order, when it is safely in and answers.

        An article with a known id, or a known url, and other contents replaces the known one. One with the title
        and text of another is left out. Of two with one id or url in the same call the second is refused: which
        is meant cannot be known.

        Raises:
            IndexMismatchError: see `check_encoder`; nothing is added.
        """
        self.check_encoder()
        self.catalog.write_meta("encoder", self._stamp)
        intake = Intake(self.catalog, self._max_article_characters)
        for batch in _in_batches(articles):
            with self._lock:  # not while the articles are loaded, nor while the receipts are looked at
                decisions = [intake.decide(article) for article in batch]
                self._write([decision for decision in decisions if decision.passages])
            yield from (decision.receipt for decision in decisions)

    def remove(self, article_ids: Iterable[str]) -> list[Receipt]:
        """Remove articles with their superseded versions: afterwards no file of the home folder holds their text."""
        with self._lock:
            ids = list(dict.fromkeys(article_ids))
            with self.catalog.transaction():
                titles = [self.catalog.delete(id) for id in ids]
            self._indexes.forget()
        unknown = (Outcome.FAILED, "no article has this id")
        return [
            Receipt(id, *(unknown if title is None else (Outcome.REMOVED, title)))
            for id, title in zip(ids, titles, strict=True)
        ]

    def correct(self, article_id: str, **details: Unpack[Details]) -> Article:
        """Give a live article other details, and return it; its text, and so its quotes, stay as they are.

        When the article comes again as it first came, it is still known, and the corrections are kept.

        Raises:
            UnknownArticleError: there is no live article with this id.
            ArticleError: a detail cannot be taken, or another article has the url.
            IndexMismatchError: see `check_encoder`.
        """
        with self._lock:
            self.check_encoder()
            article = self.read(article_id)
            corrected = replace(article, **details)
            rival = self.catalog.find_known(url=corrected.url) if corrected.url else None
            if rival and rival.id != article_id:
                raise ArticleError(
                    f"article {rival.id!r} has the url {corrected.url!r}: remove it, or leave this one's"
                )
            passages = split_article(corrected)
            vectors = self._encode([(corrected, passages)]) if corrected.title != article.title else None
            with self.catalog.transaction():
                self.catalog.correct(corrected)
                if vectors is not None:
                    self.catalog.replace_passages(article_id, zip(passages, vectors, strict=True))
            self._indexes.forget()
        return corrected

    def read(self, article_id: str) -> Article:
        """Return a live article.

        Raises:
            UnknownArticleError: there is none with this id.
        """
        article = self.catalog.find(article_id)
        if article is None:
            raise UnknownArticleError(article_id)
        return article

    def reindex(self, on_progress: Progress = lambda done, total: None) -> None:
        """Build both indexes anew from the catalog; articles are embedded again only if the encoder is another."""
        with self._lock:
            if self.catalog.read_meta("encoder") != self._stamp:
                self._embed_again(on_progress)
            self._indexes.rebuild()

    @property
    def _stamp(self) -> str:
        return _stamp(self.encoder.identity)

    def _write(self, decisions: Sequence[Decision]) -> None:
        vectors = iter(self._encode((decision.article, decision.passages) for decision in decisions))
        with self.catalog.transaction():
            for decision in decisions:
                article = decision.article
                for id in decision.supersedes:
                    self.catalog.supersede(id)
                self.catalog.insert(article, [(passage, next(vectors)) for passage in decision.passages])
                tell_story(self.catalog, article.id, article.text)
        self._indexes.settle()

    def _encode(self, articles: Iterable[tuple[Article, Iterable[Passage]]]) -> Vectors:
        return self.encoder.encode(
            [passage_text(article, passage) for article, passages in articles for passage in passages]
        )

    def _embed_again(self, on_progress: Progress) -> None:
        self.catalog.write_meta("encoder", "another encoder, unfinished")
        entries = self.catalog.list_entries()
        for done, entry in enumerate(entries):
            on_progress(done, len(entries))
            article = self.read(entry.source.id)
            passages = split_article(article)
            vectors = self._encode([(article, passages)])
            with self.catalog.transaction():
                self.catalog.replace_passages(article.id, zip(passages, vectors, strict=True))
        on_progress(len(entries), len(entries))
        self.catalog.write_meta("encoder", self._stamp)


def passage_text(article: Article, passage: Passage) -> str:
    """Return the text that a passage is embedded as."""
    return f"{article.title}\n{passage.text}"


def _stamp(identity: str) -> str:
    return f"{identity} ({PASSAGE_FORMAT})"


def _in_batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    yield batch
