"""Read articles from files and folders; a new format is one more entry in `LOADERS`."""

from corpus.loading.limits import Limits
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.sources import LOADERS, SUFFIXES, load_part, load_source, split_source

__all__ = ["LOADERS", "SUFFIXES", "ArticleLoader", "Limits", "Loaded", "load_part", "load_source", "split_source"]
