"""Decide what becomes of each article of one `add`, before anything is written."""

from dataclasses import dataclass

from corpus.article import Article, Passage
from corpus.passages import split_article
from rag.catalog import Catalog
from rag.records import Outcome, Receipt


@dataclass(frozen=True, slots=True)
class Decision:
    """An article, its receipt, and, if it is to be written, its passages and the ids whose live versions it ends."""

    article: Article
    receipt: Receipt
    passages: tuple[Passage, ...] = ()
    supersedes: tuple[str, ...] = ()


class Intake:
    """Compares articles with the catalog, and with those that came before them in the same `add`."""

    def __init__(self, catalog: Catalog, max_characters: int) -> None:
        """Compare with `catalog`; refuse articles over `max_characters`."""
        self._catalog = catalog
        self._max_characters = max_characters
        self._by_id: dict[str, Article] = {}
        self._by_url: dict[str, Article] = {}
        self._by_content: dict[str, Article] = {}
        self._ended: set[str] = set()

    def decide(self, article: Article) -> Decision:
        """Say what becomes of the article; remembers it if it is, or is to be, in the catalog."""
        refusal = self._refuse(article)
        if refusal:
            return Decision(article, Receipt(article.id, Outcome.FAILED, refusal))
        known = self._find(self._by_id, id=article.id)
        if known == article:
            self._remember(article)
            return Decision(article, Receipt(article.id, Outcome.UNCHANGED))
        twin = self._find(self._by_content, content_hash=article.content_hash)
        if twin and known is None:
            return Decision(article, Receipt(article.id, Outcome.DUPLICATE, f"same title and text as {twin.id}"))
        older = [version for version in (known, self._find_by_url(article.url)) if version]
        return self._accept(article, tuple(dict.fromkeys(version.id for version in older)))

    def _refuse(self, article: Article) -> str:
        if len(article.text) > self._max_characters:
            return (
                f"has {len(article.text):,} characters, and at most {self._max_characters:,} are taken:"
                " split it, or raise DATELINE_MAX_ARTICLE_CHARACTERS"
            )
        rival = self._by_id.get(article.id)
        if rival and rival != article:
            return f"id {article.id!r} came twice with different contents: the first was kept, give this one another id"
        rival = self._by_url.get(article.url)
        if rival and rival.id != article.id and rival.content_hash != article.content_hash:
            return f"url {article.url!r} came twice with different texts: the first ({rival.id}) was kept"
        return ""

    def _find(self, recent: dict[str, Article], **values: str) -> Article | None:
        (value,) = values.values()
        known = recent.get(value) or self._catalog.find(**values)
        return known if known and self._is_current(known) else None

    def _is_current(self, known: Article) -> bool:
        """Whether nothing that came before in this `add` takes the article's place."""
        return known.id not in self._ended and self._by_id.get(known.id, known) == known

    def _find_by_url(self, url: str) -> Article | None:
        return self._find(self._by_url, url=url) if url else None

    def _accept(self, article: Article, supersedes: tuple[str, ...]) -> Decision:
        self._ended.update(supersedes)
        self._remember(article)
        outcome = Outcome.REPLACED if supersedes else Outcome.ADDED
        others = [id for id in supersedes if id != article.id]
        message = f"replaces {', '.join(others)}, which had the same url" if others else ""
        return Decision(article, Receipt(article.id, outcome, message), tuple(split_article(article)), supersedes)

    def _remember(self, article: Article) -> None:
        self._ended.discard(article.id)
        self._by_id[article.id] = self._by_content[article.content_hash] = article
        if article.url:
            self._by_url[article.url] = article
