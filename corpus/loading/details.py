"""Titles, authors and dates as files carry them: often left empty, or filled in by the program that made the file."""

import re
from datetime import date

from corpus.article import Article
from corpus.cleaning import merge_imprints, read_imprint, split_headline

_BY_PROGRAMS = {
    "", "untitled", "unknown", "anonymous", "(anonymous)", "none", "user", "admin", "administrator", "owner", "calibre",
    "python-docx", "word document", "microsoft word document", "powerpoint presentation", "microsoft office user",
}  # fmt: skip
_IS_FILE_NAME = re.compile(
    r"^(microsoft word - |document ?\d*$|https?:)|\.(docx?|odt|rtf|pdf|indd|qxd|html?|txt|tex)$", re.I
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\ufeff")
TITLE_PARAGRAPHS = 4
"""How far down an article's own headline may stand, below the name of the paper or a line of its menu."""


def squeeze(text: str) -> str:
    """Return the text on one line, with single spaces and without soft hyphens."""
    return " ".join(text.translate(_INVISIBLE).split())


def clean_title(value: str | None) -> str:
    """Return a title from a file's metadata; empty where it is one word, a file name or a program's default."""
    title = squeeze(value or "")
    return "" if " " not in title or title.lower() in _BY_PROGRAMS or _IS_FILE_NAME.search(title) else title


def clean_name(value: str | None) -> str:
    """Return an author from a file's metadata; empty where it is a program's default."""
    name = squeeze(value or "")
    return "" if name.lower() in _BY_PROGRAMS else name


IMPRINT_PARAGRAPHS = 3
"""How many paragraphs below the title may name outlet, author and day."""


def make_article(
    title: str, paragraphs: list[str], name: str, content: bytes, author: str = "", published: date | None = None
) -> Article:
    """Return the article of a file; what the lines below its title say comes before what its properties say.

    Args:
        title: From its properties, or its largest type; empty where it has none.
        paragraphs: Its text.
        name: What it is called where it has no title.
        content: Its bytes, which are kept.
        author: From its properties.
        published: From its properties.

    Raises:
        ArticleError: it has no text.
    """
    title, text = split_title(title, paragraphs, name)
    blocks = text.split("\n\n")
    end = next((i for i, block in enumerate(blocks[:-1]) if not read_imprint(block)), len(blocks) - 1)
    end = min(end, IMPRINT_PARAGRAPHS)
    imprint = merge_imprints(blocks[:end])
    return Article(
        title=title,
        text="\n\n".join(blocks[end:]),
        outlet=imprint.outlet,
        author=imprint.author or author,
        published=imprint.published or published,
        original=content,
    )


def split_title(title: str, paragraphs: list[str], name: str) -> tuple[str, str]:
    """Return (title, text): the title given, else a headline that the text begins with, else `name`.

    A paragraph near the beginning that only repeats the title is not in the text.
    """
    beginning = [paragraph.casefold() for paragraph in paragraphs[:TITLE_PARAGRAPHS]]
    if len(paragraphs) > 1 and title.casefold() in beginning:
        place = beginning.index(title.casefold())
        paragraphs = paragraphs[:place] + paragraphs[place + 1 :]
    text = "\n\n".join(paragraphs)
    if title:
        return title, text
    headline, text = split_headline(text)
    return headline or name, text
