"""Tell the language of a text."""

MIN_CHARACTERS = 200
MOST_CHARACTERS = 5_000


def find_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`; empty where the text is too short to tell."""
    if len(text) < MIN_CHARACTERS:
        return ""
    from py3langid import classify  # with its model takes a second: only when an article is read

    return str(classify(text[:MOST_CHARACTERS])[0])
