"""Decide what becomes of each article of one `add`, before anything is written."""

from dataclasses import dataclass

from corpus.article import Article
from corpus.errors import ArticleError
from rag.library.records import Identity, Outcome, Receipt, RemovedArticle
from rag.library.rows import fingerprint
from rag.library.writable_catalog import WritableCatalog


@dataclass(frozen=True, slots=True)
class Decision:
    """An article, its receipt, whether it is to be written, and the ids whose live versions it then ends."""

    article: Article
    receipt: Receipt
    is_accepted: bool = False
    supersedes: tuple[str, ...] = ()


class Intake:
    """Compares articles with the catalog, and with those that came before them in the same `add`.

    Example:
        intake = Intake(catalog, max_characters=1_000_000)
        decisions = [intake.decide(article) for article in articles]
    """

    def __init__(self, catalog: WritableCatalog, max_characters: int) -> None:
        """Compare with `catalog`; refuse articles over `max_characters`."""
        self._catalog = catalog
        self._max_characters = max_characters
        self._by_id: dict[str, Identity] = {}
        self._by_url: dict[str, Identity] = {}
        self._by_content: dict[str, Identity] = {}
        self._ended: set[str] = set()

    def expects(self, article: Article) -> bool:
        """Whether the article will most likely be accepted, as the catalog is now; may be asked in any thread."""
        if len(article.text) > self._max_characters:
            return False
        known = self._catalog.find_identity(id=article.id)
        if known:
            return known.fingerprint != fingerprint(article)
        return self._catalog.find_identity(content_hash=article.content_hash) is None

    def decide(self, article: Article) -> Decision:
        """Say what becomes of the article; remembers it if it is, or is to be, in the catalog."""
        new = Identity(article.id, article.content_hash, fingerprint(article))
        refusal = self._refuse(article, new)
        if refusal:
            return Decision(article, Receipt(article.id, Outcome.FAILED, refusal))
        known = self._find(self._by_id, id=new.id)
        if known and known.fingerprint == new.fingerprint:
            self._remember(article, new)
            return Decision(article, Receipt(article.id, Outcome.UNCHANGED))
        twin = self._find(self._by_content, content_hash=new.content_hash)
        if twin and known is None:
            return Decision(article, Receipt(article.id, Outcome.DUPLICATE, f"same title and text as {twin.id}"))
        older = [version.id for version in (known, self._find_by_url(article.url)) if version]
        self._ended.update(older)
        self._remember(article, new)
        return _accept(article, tuple(dict.fromkeys(older)))

    def _refuse(self, article: Article, new: Identity) -> str:
        if len(article.text) > self._max_characters:
            return (
                f"has {len(article.text):,} characters, and at most {self._max_characters:,} are taken:"
                " split it, or raise DATELINE_MAX_ARTICLE_CHARACTERS"
            )
        rival = self._by_id.get(article.id)
        if rival and rival.fingerprint != new.fingerprint:
            return f"id {article.id!r} came twice with different contents: the first was kept, give this one another id"
        rival = self._by_url.get(article.url)
        if rival and rival.id != article.id and rival.content_hash != new.content_hash:
            return f"url {article.url!r} came twice with different texts: the first ({rival.id}) was kept"
        return ""

    def _find(self, recent: dict[str, Identity], **values: str) -> Identity | None:
        (value,) = values.values()
        known = recent.get(value) or self._catalog.find_identity(**values)
        return known if known and self._is_current(known) else None

    def _is_current(self, known: Identity) -> bool:
        """Whether nothing that came before in this `add` takes the article's place."""
        newest = self._by_id.get(known.id, known)
        return known.id not in self._ended and newest.fingerprint == known.fingerprint

    def _find_by_url(self, url: str) -> Identity | None:
        return self._find(self._by_url, url=url) if url else None

    def _remember(self, article: Article, new: Identity) -> None:
        self._ended.discard(article.id)
        self._by_id[article.id] = self._by_content[new.content_hash] = new
        if article.url:
            self._by_url[article.url] = new


def check_place(catalog: WritableCatalog, removed: RemovedArticle) -> None:
    """Make sure that a removed article can come back.

    Raises:
        ArticleError: another article has its id or its url by now.
    """
    article = removed.article
    by_url = catalog.find_identity(url=article.url) if removed.is_live and article.url else None
    rival = article.id if catalog.find_version(article.id) else by_url and by_url.id
    if rival:
        raise ArticleError(f"article {rival!r} has taken the place of what was removed: remove that one first")


def _accept(article: Article, supersedes: tuple[str, ...]) -> Decision:
    outcome = Outcome.REPLACED if supersedes else Outcome.ADDED
    others = [id for id in supersedes if id != article.id]
    message = f"replaces {', '.join(others)}, which had the same url" if others else ""
    return Decision(article, Receipt(article.id, outcome, message), True, supersedes)
