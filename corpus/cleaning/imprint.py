"""Read the line below a title that says where, by whom and when: `By Ann Lee | The Daily, May 21 2024`."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from corpus.cleaning.byline import is_role, read_agency, read_bare_names, read_byline
from corpus.cleaning.dates import drop_dates, find_dates
from corpus.cleaning.outlet import is_outlet_name, looks_like_outlet

MAX_IMPRINT_CHARACTERS = 160

_BORDER = re.compile(r"(\s*(?:[|•·;()]|\s[-–—/]\s|,\s|\sfor\s)\s*)")
_LEAD = re.compile(r"^(?:source|from|in|on|at|quelle|aus|fuente)\b ?:? |\W(?:on|at|am|le|em|el)$", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:(?:vol(?:ume)?|no|nr|issue|pages?|pp?|s)\.? ?)?[\d–-]+", re.IGNORECASE)


class Imprint(NamedTuple):
    """What such a line says; what it does not say is empty."""

    outlet: str = ""
    author: str = ""
    published: date | None = None


def read_imprint(line: str) -> Imprint | None:
    """Return what `line` says; None where it says anything else, or neither names an author nor gives a day.

    >>> read_imprint("Romsdal Post, 21 May 2024")
    Imprint(outlet='Romsdal Post', author='', published=datetime.date(2024, 5, 21))
    """
    text = " ".join(line.split())
    if len(text) > MAX_IMPRINT_CHARACTERS:
        return None
    published, updated = find_dates(text)
    borders = _BORDER.split(f" | {drop_dates(text)}")
    pairs = [(border.strip(), _LEAD.sub("", piece.strip(" .:–-"))) for border, piece in
             zip(borders[1::2], borders[2::2], strict=True)]  # fmt: skip
    found = _read_pieces([(border, piece) for border, piece in pairs if piece and not _NUMBERS.fullmatch(piece)])
    is_dated = published or updated
    return Imprint(*found, is_dated) if found and (is_dated or (found[1] and _BY.match(text))) else None


def merge_imprints(lines: Iterable[str]) -> Imprint:
    """Return what the lines say together, the first that says something coming first."""
    imprints = [imprint for line in lines if (imprint := read_imprint(line))]
    outlets, authors, days = zip(*imprints, strict=True) if imprints else ((), (), ())
    return Imprint(next(filter(None, outlets), ""), next(filter(None, authors), ""), next(filter(None, days), None))


def _read_pieces(pieces: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """Return (outlet, author); None where a piece is neither, no role, and no name of a place."""
    outlet = author = ""
    for border, piece in pieces:
        names = read_byline(piece) if _BY.match(piece) else ""
        if names:
            author = author or names
        elif is_role(piece) and not looks_like_outlet(piece):
            continue
        elif not is_outlet_name(piece):
            return None
        elif looks_like_outlet(piece) or (author and border != ","):
            outlet = outlet or piece
        else:
            author = ", ".join(filter(None, (author, read_agency(piece) or read_bare_names(piece))))
    return outlet, author
