"""Find the parts of an article in plain text."""

MAX_HEADLINE_CHARACTERS = 160
_SENTENCE_ENDS = ".!;:,"


def split_headline(text: str) -> tuple[str, str]:
    """Return (headline, body): the first line is a headline if it is short, is not a sentence, and a body follows.

    A Markdown heading's `#` marks are dropped. Without a headline the first value is empty.
    """
    first, _, rest = text.strip().partition("\n")
    headline = first.strip().lstrip("#").strip()
    is_headline = bool(headline) and len(headline) <= MAX_HEADLINE_CHARACTERS and headline[-1] not in _SENTENCE_ENDS
    if first.lstrip().startswith("#") or (is_headline and not _continues(rest)):
        return (headline, rest.strip()) if rest.strip() else ("", text.strip())
    return "", text.strip()


def _continues(rest: str) -> bool:
    """Whether the first line is only the start of a sentence wrapped by hand."""
    return not rest.startswith("\n") and rest[:1].islower()
