"""Articles as lines of JSON, which can be read back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields

from corpus.article import Article


def write_lines(articles: Iterable[Article]) -> Iterator[str]:
    """Yield each article as a line of JSON that can be read back; empty details are left out."""
    names = [field.name for field in fields(Article) if field.name not in ("original", "is_scanned")]
    for article in articles:
        record = {name: getattr(article, name) for name in ("id", "title", *names)}
        record |= {"published": article.published and article.published.isoformat(), "scanned": article.is_scanned}
        yield json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False) + "\n"
