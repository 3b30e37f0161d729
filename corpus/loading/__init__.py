"""Read articles from files and folders; a new format is one more entry in `LOADERS`."""

from corpus.loading.limits import Limits
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.sources import LOADERS, load_source

__all__ = ["LOADERS", "ArticleLoader", "Limits", "Loaded", "load_source"]
