"""What was published: articles, their passages, and the loaders that read them from files."""

from corpus.article import Article, Offsets, Passage
from corpus.errors import ArticleError, LoadError
from corpus.passages import PassageSplitter, split_article, split_sentences

__all__ = [
    "Article",
    "ArticleError",
    "LoadError",
    "Offsets",
    "Passage",
    "PassageSplitter",
    "split_article",
    "split_sentences",
]
