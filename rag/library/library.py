"""The library: articles go in, are replaced and removed, and the three indexes agree whatever happens.

Every change is first made in the catalog, in one transaction with a note in its journal. Then the passages
of the noted articles are replaced in the vector and word indexes by what the catalog says, and the note is
taken away. Both steps can be repeated, so whatever a crash left noted is simply done again at the next start.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from threading import RLock
from typing import Self, TypedDict, Unpack

from corpus.article import Article
from corpus.errors import ArticleError
from embeddings.encoder import Encoder
from rag.errors import IndexMismatchError, UnknownArticleError
from rag.library.catalog import Catalog
from rag.library.conversations import History
from rag.library.encoding import EncodedArticle, encode_ahead, encode_articles
from rag.library.home import Home
from rag.library.indexes import Indexes
from rag.library.intake import Decision, Intake
from rag.library.records import Outcome, Receipt
from rag.library.stories import tell_stories, tell_story
from rag.library.vectors import VectorIndex
from rag.library.words import WordIndex

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
            self.history = History(home.conversations)
            self._forget_talks(self.catalog.read_journal())
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

    def add(self, articles: Iterable[Article]) -> list[Receipt]:
        """Add articles and return a receipt for each, in order.

        An article with a known id, or a known url, and other contents replaces the known one. One with the title
        and text of another is left out. Of two with one id or url in the same call the second is refused: which
        is meant cannot be known.

        Raises:
            IndexMismatchError: see `check_encoder`; nothing is added.
        """
        return list(self.add_each(articles))

    def add_each(self, articles: Iterable[Article]) -> Iterator[Receipt]:
        """Add articles in batches as the caller iterates: `add`, for those who show how far it is.

        Yields:
            A receipt for each article, in order, once the article is safely in and can be found.
        """
        self.check_encoder()
        self.catalog.write_meta("encoder", self._stamp)
        intake = Intake(self.catalog, self._max_article_characters)
        for batch, encoded in encode_ahead(self.encoder, articles, intake.expects):
            with self._lock:  # not while the articles are loaded, nor while the receipts are looked at
                decisions = [intake.decide(article) for article in batch]
                self._write(decisions, encoded)
            yield from (decision.receipt for decision in decisions)

    def remove(self, article_ids: Iterable[str]) -> list[Receipt]:
        """Remove articles with their superseded versions: afterwards no file of the home folder holds their text."""
        with self._lock:
            ids = list(dict.fromkeys(article_ids))
            with self.catalog.transaction():
                titles = [self.catalog.delete(id) for id in ids]
            self._forget_talks(ids)
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
            renamed = [corrected] if corrected.title != article.title else []
            encoded = encode_articles(self.encoder, renamed)
            with self.catalog.transaction():
                self.catalog.correct(corrected)
                for each in encoded:
                    self.catalog.replace_passages(article_id, each.rows)
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

    def _forget_talks(self, ids: Iterable[str]) -> None:
        """Leave nothing in conversations of those articles that are gone with all their versions."""
        self.history.forget([id for id in ids if self.catalog.find_version(id) is None])

    @property
    def _stamp(self) -> str:
        return _stamp(self.encoder.identity)

    def _write(self, decisions: Sequence[Decision], encoded: Mapping[int, EncodedArticle]) -> None:
        """Write what is accepted; what nobody expected to be is encoded now."""
        accepted = [place for place, decision in enumerate(decisions) if decision.is_accepted]
        late = [place for place in accepted if place not in encoded]
        found = encode_articles(self.encoder, [decisions[place].article for place in late])
        ready = {**encoded, **dict(zip(late, found, strict=True))}
        with self.catalog.transaction():
            for place in accepted:
                for id in decisions[place].supersedes:
                    self.catalog.supersede(id)
                self.catalog.insert(ready[place].article, ready[place].rows)
                tell_story(self.catalog, ready[place].article.id, ready[place].article.text)
        self._indexes.settle()

    def _embed_again(self, on_progress: Progress) -> None:
        self.catalog.write_meta("encoder", "another encoder, unfinished")
        entries = self.catalog.list_entries()
        articles = (self.read(entry.source.id) for entry in entries)
        done = 0
        for batch, encoded in encode_ahead(self.encoder, articles, lambda _: True):
            for place, article in enumerate(batch):
                on_progress(done, len(entries))
                with self.catalog.transaction():
                    self.catalog.replace_passages(article.id, encoded[place].rows)
                done += 1
        on_progress(len(entries), len(entries))
        self.catalog.write_meta("encoder", self._stamp)


def _stamp(identity: str) -> str:
    return f"{identity} ({PASSAGE_FORMAT})"
