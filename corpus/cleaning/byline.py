"""Read the names of authors from one line of a page: `By Ana Ruiz, Staff Writer`, `Posted on 3 May by Ana Ruiz`."""

import re
from collections.abc import Iterator

from corpus.agencies import WIRES
from corpus.calendar import MONTHS, WEEKDAYS
from corpus.cleaning.dates import cut_at_date, find_dates
from corpus.cleaning.letters import MARKS
from corpus.cleaning.outlet import looks_like_outlet

MAX_BYLINE_WORDS = 40
MAX_NAME_WORDS = 5
MAX_WORDS_WITHOUT_CASE = 3
"""Where letters have no case, as in Arabic and Korean, any few words have the form of a name."""

_BY = re.compile(
    r"(?:(?:posted|written|published|reported|analysis|story|words|text|author|opinion|review)\W{1,3})?"
    r"(?:(?:by|von|par|por|di|بقلم)(?: ?: ?| )|(?-i:By(?=[A-Z])))(?=\S)|(?:words|text|author|autor|auteur) ?: ?(?=\S)",
    re.IGNORECASE,
)
"""How a byline begins."""

_LATE_BY = re.compile(r"(?:^|.*[\s|/·•])by ?:? ?(?=\S)", re.IGNORECASE)
"""A "by" behind the date: `May 3, 2018 | BY: Ana Ruiz`."""

_HANDLE = re.compile(r" \(?@\w+\)?$")
"""A name for messages behind an author's: `Ana Ruiz @anaruiz`."""

_BETWEEN_NAMES = re.compile(r"\s*(?:[,|&;/·•]| and | und | et | y | e )\s*", re.IGNORECASE)
_NAME_END = re.compile(
    r"[@|(\[·•<]|\s[-–—]\s|\s(?:in|at|for|from|on|of|à|aus|für|(?i:publi\w+|posted|updated|modified|last)|is|has"
    r"|filed)\s.*|\d|\s{2,}|\t"
)
_GLUED_TAIL = re.compile(
    r"(?<=[a-zß-ÿ])(?=(?:Staff|Senior|Chief|Special|Associate|Contribut|Writer|Reporter|Correspondent|Editor)\w*\b)"
)
"""Where a role is glued to a name: `Ana RuizStaff Writer`."""

_NAME_WORD = (
    rf"(?:[^\W\d_a-zß-öø-ÿ][\w{MARKS}.'’-]*|d[aeiu]s?|de[lrns]|d['’]\w+|l[ae]|v[ao]n|el|al|bin|zu|ten|ter|der|den)"
)
_NAME = re.compile(rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,5}}")
_ROLE = re.compile(
    r"\b(?:\w*reporter|correspondent|editors?|\w*writers?|columnist|staff|bureau|chief|analyst|redaktion|photographer"
    r"|contributor|producer|critic|fellow|professor|director|blogger|associate|special|senior|freelance|digital"
    r"|news)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "news sport sports politics world business opinion culture travel science local live weather analysis video health "
    "published posted updated home more explainer interview the a an of in on to for and by with from or your our my "
    "read all about search menu sign subscribe follow share print email comment comments photo photos image getty "
    "editorial shares views topics tags latest story stories full new top contact us next previous back close here "
    "find get watch listen play".split()
)
_AGENCY = re.compile(rf"(?:by )?(?P<name>{WIRES}(?: staff)?)", re.IGNORECASE)
_DAYS = frozenset(word.casefold() for word in (*WEEKDAYS, *MONTHS))


def read_byline(line: str) -> str:
    """Return the names in a line such as `By Ana Ruiz and Bo Lund, Chief Reporter`; empty if it is no byline.

    A name may stand before the date without a "by", as in `Ana Ruiz - Nov 19, 2019`.
    """
    text = " ".join(line.split())
    start = _BY.match(text)
    if len(text.split()) > MAX_BYLINE_WORDS:
        return ""
    if start:
        return _read_names(text[start.end() :], 1)
    late = _LATE_BY.match(text) if any(find_dates(text)) else None
    if late:
        return _read_names(text[late.end() :], 1)
    before = _HANDLE.sub("", text) if _HANDLE.search(text) else cut_at_date(text)
    names = read_bare_names(before.rstrip(" -–—|•·/,")) if before.strip() and before != text else ""
    return "" if looks_like_outlet(names) else names


def read_bare_names(line: str) -> str:
    """Return the names in a line of nothing but names of persons; empty if it holds anything else."""
    text = line.strip()
    names = _read_names(text, 2)
    words = [word.casefold() for word in text.split()]
    is_plain = not set(words) & (_NO_NAME - {"in", "and", "for"}) and not set(words) <= _DAYS
    most = len(names.split()) + 4 if text.upper() != text.lower() else MAX_WORDS_WITHOUT_CASE
    return names if is_plain and names and len(words) <= most else ""


def read_agency(line: str) -> str:
    """Return the news agency in a line that names nothing else, but for a date."""
    match = _AGENCY.fullmatch(cut_at_date(" ".join(line.split())).strip(" -–—|•·/,"))
    return match["name"].removesuffix(" Staff") if match else ""


def is_role(line: str) -> bool:
    """Whether `line` is what a journalist is, such as `Space correspondent`."""
    return len(line.split()) <= 5 and bool(_ROLE.search(line))


def _read_names(text: str, fewest: int) -> str:
    """Return the names that `text` begins with; each has `fewest` words or more."""
    return ", ".join(_list_names(_GLUED_TAIL.sub(" | ", cut_at_date(text)), fewest))


def _list_names(text: str, fewest: int) -> Iterator[str]:
    for position, piece in enumerate(_BETWEEN_NAMES.split(text)):
        name = _NAME_END.split(f"{piece} ")[0].strip(" .,:–-")
        words = name.split()
        is_later = position > 0 and (_ROLE.search(name) or len(words) < 2)
        is_name = _NAME.fullmatch(name) and fewest <= len(words) <= MAX_NAME_WORDS
        is_common = {word.casefold() for word in words} & _NO_NAME and not (fewest == 1 and is_role(words[-1]))
        if not is_name or is_later or is_common:
            return
        yield _set_case(name)
        if len(name) < len(piece.strip(" .,:–-")):
            return


def _set_case(name: str) -> str:
    """Return a name that is all in capitals as names are written."""
    is_loud = name.isupper() and len(name) > 4
    return " ".join(word.title() if len(word.strip(".")) > 1 else word for word in name.split()) if is_loud else name
