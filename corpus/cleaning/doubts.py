"""Say what is doubtful about an article that was found in a page, so that its reader can correct it."""

from corpus.cleaning.text import Cleaned
from corpus.cleaning.title import list_telling_words

UNLIKELY_TITLE = "the title may be a line of the page's menu: it shares no word with the text"
NO_TITLE = "no title was found"
NO_DATE = "no date was found"


def list_doubts(cleaned: Cleaned) -> tuple[str, ...]:
    """Return what is missing in `cleaned`, or unlikely, each as a clause."""
    own, text = set(list_telling_words(cleaned.title)), set(list_telling_words(cleaned.text))
    doubts = (
        (not cleaned.title, NO_TITLE),
        (bool(own) and not own & text, UNLIKELY_TITLE),
        (cleaned.published is None, NO_DATE),
    )
    return tuple(doubt for is_doubtful, doubt in doubts if is_doubtful)
