"""The library: articles go in, are replaced and removed, and the three indexes agree whatever happens.

Every change is first made in the catalog, in one transaction with a note in its journal. Then the passages of the noted
articles are replaced in the vector and word indexes by what the catalog says, and the note is taken away. Both steps
can be repeated, so whatever a crash left noted is simply done again at the next start.
What was removed is then in no answer; that it leaves the files, too, takes longer: see `upkeep/erasing.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self, Unpack

from corpus.article import Article
from corpus.progress import NOBODY, Watch
from embeddings.encoder import Encoder
from rag.errors import UnknownArticleError
from rag.library import encoding
from rag.library.conversations import Conversations
from rag.library.engines.storage import open_storage
from rag.library.home import Home
from rag.library.intake import Intake, list_new, write_accepted
from rag.library.records import Details, Outcome, Receipt, Removal
from rag.library.stories import assign_missing_stories
from rag.library.upkeep.changing import amend, bring_back
from rag.library.upkeep.erasing import Eraser


class Library:
    """The articles of one home folder, safe to use from several threads; one process at a time.

    Reading never waits for adding. Whatever was added is kept. Whatever was removed is gone from every answer at once,
    and from every file once it is erased.

    Example:
        with Library(Home(Path(".dateline")), MiniLmEncoder(), max_article_characters=1_000_000) as library:
            library.add([Article(id="fire", title="Maui", text="The fire burned.")])
            library.remove(["fire"])
    """

    def __init__(self, home: Home, encoder: Encoder, *, max_article_characters: int, database_url: str = "") -> None:
        """Take the home folder and bring its indexes into agreement with the catalog.

        With the address of a database, catalog, words and conversations are there, for all processes that have it.

        Raises:
            HomeLockedError: another process has the folder.
            HomeError: the folder cannot be used.
            IndexServerError: the Chroma server does not answer, or is of another version.
        """
        home.lock()
        self._home, self.encoder = home, encoder
        self._max_article_characters = max_article_characters
        try:
            storage = open_storage(home, database_url)
            self.catalog, self.words, self.vectors = storage.catalog, storage.words, storage.vectors
            self.conversations = Conversations(storage.conversations)
            self._storage, self._lock, self._indexes = storage, storage.changing, storage.indexes
            with self._lock:
                self._forget_in_conversations(self.catalog.list_erasures())
                self._indexes.check()
                assign_missing_stories(self.catalog)
            storage.start()
            self._eraser = Eraser(self.catalog, self._indexes, self._lock)
            self._start_erasing()
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
        """Let go of the home folder; what is not erased by now is erased once it is open again."""
        self._eraser.close()
        self._storage.stop()
        with self._lock:
            self._storage.close()
        self._home.unlock()

    @property
    def is_new(self) -> bool:
        """Whether nothing was ever added."""
        return self.catalog.read_meta("encoder") is None

    @property
    def is_outdated(self) -> bool:
        """Whether an earlier version cut articles, perhaps otherwise than they are cut now: `reindex` tells."""
        return encoding.is_outdated(self.catalog)

    def check_encoder(self) -> None:
        """Make sure that the index was made with the encoder in use.

        Raises:
            IndexMismatchError: it was not.
        """
        encoding.check_stamp(self.catalog.read_meta("encoder"), self.encoder)

    def add(self, articles: Iterable[Article]) -> list[Receipt]:
        """Add articles and return a receipt for each, in order.

        An article with a known id, or a known url in any spelling, and other contents replaces the known one, and keeps
        its corrections. One with the title and text of another is left out. Of two with one id or url in the same call
        the second is refused: which is meant cannot be known.

        Raises:
            IndexMismatchError: see `check_encoder`; nothing is added.
        """
        return list(self.add_each(articles))

    def add_each(
        self, articles: Iterable[Article], watch: Watch = NOBODY, encode: encoding.EncodeAhead = encoding.encode_ahead
    ) -> Iterator[Receipt]:
        """Add articles in batches as the caller iterates: `add`, for those who show how far it is.

        Yields:
            A receipt for each article, in order, once the article is safely in and can be found.

        Raises:
            StoppedError: `watch` stopped this. The article under way is not added; those with a receipt are.
        """
        self.check_encoder()
        encoding.stamp_library(self.catalog, self.encoder)
        intake = Intake(self.catalog, self._max_article_characters)
        for batch, encoded in encode(self.encoder, articles, intake.expects, watch):
            with self._lock:  # not while the articles are loaded, nor while the receipts are looked at
                is_settled = not self.catalog.read_journal()
                decisions = [intake.decide(article) for article in batch]
                write_accepted(self.catalog, self.encoder, decisions, encoded)
                self._indexes.settle(watch, list_new(decisions) if is_settled else ())
            yield from (decision.receipt for decision in decisions)

    def remove(self, article_ids: Iterable[str]) -> list[Receipt]:
        """Remove articles with their superseded versions: gone from every answer now, and soon from every file.

        They are erased in the background; `erase` waits for that, and `is_erased` tells.
        """
        with self._lock:
            ids = list(dict.fromkeys(article_ids))
            with self.catalog.transaction():
                titles = [self.catalog.delete(id) for id in ids]
            self._forget_in_conversations(ids)
            self._settle_and_erase()
        unknown, residue = (Outcome.FAILED, "no article has this id", None), self.vectors.residue + self.words.residue
        told = (unknown if name is None else (Outcome.REMOVED, name + residue, False) for name in titles)
        return [Receipt(id, *each) for id, each in zip(ids, told, strict=True)]

    def erase(self, watch: Watch = NOBODY) -> None:
        """Wait until no file of the home folder holds the text of what was removed or corrected before this call.

        Raises:
            HomeError: another program goes on reading the catalog.
            StoppedError: `watch` stopped this; the next start resumes it.
        """
        self._eraser.erase(watch)

    @property
    def is_erased(self) -> bool:
        """Whether no file holds the text of what was removed or corrected; a server's may for long."""
        return self._storage.erases and not self.catalog.list_erasures()

    def take_out(self, article_ids: Iterable[str]) -> Removal:
        """Remove articles with their superseded versions, as `remove` does, and return what brings them back.

        Ids that no article has are left out.
        """
        with self._lock:
            copies = [copy for id in dict.fromkeys(article_ids) if (copy := self.catalog.copy(id))]
            ids = [copy.article.id for copy in copies]
            conversations = self.conversations.copy(ids)
            self.remove(ids)
        return Removal(tuple(copies), conversations)

    def restore(self, removal: Removal) -> list[Receipt]:
        """Bring back what was taken out, with versions, stories and quotes in conversations, and return receipts.

        One fails where another article has the id or the url by now.
        """
        with self._lock:
            receipts = bring_back(self.catalog, removal.articles)
            self._indexes.settle()
            back = [receipt.id for receipt in receipts if receipt.outcome is Outcome.ADDED]
            self.conversations.restore(removal.conversations, [receipt.id for receipt in receipts], back)
        return receipts

    def correct(self, article_id: str, **details: Unpack[Details]) -> Article:
        """Give a live article other details, as `correct_each` does, and return it.

        Raises:
            UnknownArticleError: there is no live article with this id.
            ArticleError: a detail cannot be taken, or another article has the url.
            IndexMismatchError: see `check_encoder`.
        """
        with self._lock:
            self.check_encoder()
            self.read(article_id)
            self.correct_each({article_id: details})
            return self.read(article_id)

    def correct_each(self, corrections: Mapping[str, Details]) -> list[Article]:
        """Give live articles, by their ids, other details; their texts, and so their quotes, stay as they are.

        When an article comes again, as it first came or with another text, the corrections are kept. Returned are the
        articles as they were, without those that are gone.

        Raises:
            ArticleError: a detail cannot be taken, or another article has the url; nothing is changed.
            IndexMismatchError: see `check_encoder`.
        """
        with self._lock:
            self.check_encoder()
            before = amend(self.catalog, self.encoder, corrections)
            self._settle_and_erase()
        return before

    def read(self, article_id: str) -> Article:
        """Return a live article.

        Raises:
            UnknownArticleError: there is none with this id.
        """
        if article := self.catalog.find(article_id):
            return article
        raise UnknownArticleError(article_id)

    def reindex(self, watch: Watch = NOBODY) -> int:
        """Build the indexes anew from the catalog, encode what is cut otherwise by now, and return how many those are.

        Raises:
            StoppedError: `watch` stopped this; it must be done again.
        """
        with self._lock:
            count = encoding.embed_again(self.catalog, self.encoder, watch)
            self._indexes.rebuild(watch)
            return count

    def _settle_and_erase(self) -> None:
        self._indexes.settle()
        self._start_erasing()

    def _start_erasing(self) -> None:
        if self.catalog.list_erasures():
            self._eraser.start()

    def _forget_in_conversations(self, ids: Iterable[str]) -> None:
        """Leave nothing in conversations of those articles that are gone with all their versions."""
        self.conversations.forget([id for id in ids if self.catalog.find_version(id) is None])
