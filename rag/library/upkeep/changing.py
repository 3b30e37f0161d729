"""Changes of articles that are in the catalog: other details, and the return of what was removed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.addresses import normalize_address
from corpus.article import Article
from corpus.errors import ArticleError
from embeddings.encoder import Encoder
from rag.library.encoding import encode_articles
from rag.library.records import Details, Outcome, Receipt, RemovedArticle
from rag.library.stories import assign_story, sketch_text
from rag.library.writable_catalog import WritableCatalog

MAX_CHARACTERS = 500
"""Of a detail that is corrected; a web address may have four times as many."""


def correct_details(article: Article, details: Details) -> Article:
    """Return the article with these details.

    Raises:
        ArticleError: one is too long, or cannot be kept.
    """
    for name, value in details.items():
        most = 4 * MAX_CHARACTERS if name == "url" else MAX_CHARACTERS
        if isinstance(value, str) and len(value) > most and value != getattr(article, name):
            raise ArticleError(f"a {name} of {len(value):,} characters is too long: write at most {most:,}")
    return replace(article, **details)


def amend(catalog: WritableCatalog, encoder: Encoder, corrections: Mapping[str, Details]) -> list[Article]:
    """Give live articles other details, and return them as they were; ids without a live article are left out.

    Raises:
        ArticleError: a detail cannot be taken, or another article has the url; nothing is changed.
    """
    before = [article for id in corrections if (article := catalog.find(id))]
    changed = [(old, new) for old in before if (new := correct_details(old, corrections[old.id])) != old]
    encoded = encode_articles(encoder, [new for old, new in changed if new.title != old.title])
    with catalog.transaction():
        for old, new in changed:
            if new.url != old.url:
                _check_address(catalog, new)
            catalog.correct(new)
        for each in encoded:
            catalog.replace_passages(each.article.id, each.rows)
    return before


def bring_back(catalog: WritableCatalog, removed: Sequence[RemovedArticle]) -> list[Receipt]:
    """Write removed articles with their versions and stories as they were, but for those whose place is taken."""
    sketches = [sketch_text(each.article.text) for each in removed]
    receipts = []
    with catalog.transaction():
        for each, sketch in zip(removed, sketches, strict=True):
            rival = _find_rival(catalog, each)
            if not rival:
                catalog.restore(each)
            if not rival and each.is_live:
                assign_story(catalog, each.article.id, sketch, each.companions)
            receipts.append(_make_receipt(each.article.id, rival))
    return receipts


def _check_address(catalog: WritableCatalog, article: Article) -> None:
    address = normalize_address(article.url)
    rival = catalog.find_identity(address=address) if address else None
    if rival and rival.id != article.id:
        raise ArticleError(f"article {rival.id!r} has the url {article.url!r}: remove it, or leave this one's")


def _find_rival(catalog: WritableCatalog, removed: RemovedArticle) -> str | None:
    """Return the id of the article that has the id or the url of a removed one by now."""
    article = removed.article
    if catalog.find_version(article.id):
        return article.id
    address = normalize_address(article.url) if removed.is_live else ""
    by_url = catalog.find_identity(address=address, url=article.url) if address else None
    return by_url.id if by_url else None


def _make_receipt(article_id: str, rival: str | None) -> Receipt:
    if rival is None:
        return Receipt(article_id, Outcome.ADDED)
    told = f"article {rival!r} has taken the place of what was removed: remove that one first"
    return Receipt(article_id, Outcome.FAILED, told)
