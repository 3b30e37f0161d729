"""Take the article out of a page's text: furniture goes, sentences stay, title, byline, outlet and date are found."""

from corpus.cleaning.doubts import list_doubts
from corpus.cleaning.headline import split_headline
from corpus.cleaning.imprint import merge_imprints, read_imprint
from corpus.cleaning.text import Cleaned, clean_extracted, clean_text

__all__ = [
    "Cleaned",
    "clean_extracted",
    "clean_text",
    "list_doubts",
    "merge_imprints",
    "read_imprint",
    "split_headline",
]
