"""Which country a text names: US, U.S., America and Americans are the United States, and Michael Jordan is none."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from rag.english.people import has_family_name, has_given_name, is_given_name

_TABLE = (Path(__file__).parent / "countries.tsv").read_bytes()
EDITION = f"{crc32(_TABLE):08x}"
"""Of the table of countries: what was found by another one has to be found again."""

_WORD = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\b\.?|[^\W_]+")
_JOINT = re.compile(r"(?:\.?\s|[-’'])")
_ORDINARY = frozenset("us un fed png lao turkey turkeys polish pole poles china chile jordan chad guinea swede".split())
"""In small letters these are other words."""
SHOUTED = 3
"""Words all in capitals from which on they may be any words: fewer are such as US."""
_MARKS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Where a text names a country or its people, or the seat of its government.

    `find_countries("Kyiv and the Poles")` gives Ukraine, by its seat, and Poland.
    """

    start: int
    end: int
    country: str
    is_seat: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    country: str
    is_seat: bool
    is_acronym: bool


def fold(text: str) -> str:
    """Return a text in small letters and without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text.lower().translate(_MARKS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def find_countries(text: str) -> list[CountryMention]:
    """Return where the text names countries or their seats, without the persons that share their names.

    In small letters, words such as turkey are none, nor in a text all in capitals.
    """
    words, forms = list(_WORD.finditer(text)), _read_forms()
    is_shouted = text.isupper() and len(words) >= SHOUTED
    keys = [fold(word[0].replace(".", "")) for word in words]
    found, persons, place = list[CountryMention](), set[str](), 0
    for first in [first for first, key in enumerate(keys) if key in forms]:
        fitting = (form for form in forms[keys[first]] if form.words == tuple(keys[first : first + len(form.words)]))
        form = next(
            (form for form in fitting if _is_written(form, text, words[first : first + len(form.words)], is_shouted)),
            None,
        )
        if form is None or first < place:
            continue
        place = first + len(form.words)
        start, end = words[first].start(), words[place - 1].end()
        if len(form.words) == 1 and not is_shouted and _is_person(text, start, end):
            persons.add(text[start:end] if has_given_name(text, start) else "")
        elif form.country:
            found.append(CountryMention(start, end, form.country, form.is_seat))
    return [mention for mention in found if text[mention.start : mention.end] not in persons]


def split_countries(text: str) -> tuple[str, list[str]]:
    """Return a text without the names of countries, and the countries; the seats of their governments stay."""
    mentions = [mention for mention in find_countries(text) if not mention.is_seat]
    edges = [0, *(edge for mention in mentions for edge in (mention.start, mention.end)), len(text)]
    rest = " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return rest, [mention.country for mention in mentions]


def _is_written(form: _Form, text: str, words: Sequence[re.Match[str]], is_shouted: bool) -> bool:
    """Whether the words that have the form's letters have its capitals too, and stand close enough together."""
    first = words[0][0]
    if (first.islower() or is_shouted) and len(form.words) == 1 and form.words[0] in _ORDINARY:
        return "." in first
    if form.is_acronym and form.words[0] in _ORDINARY and not first.isupper():
        return False  # Us begins a sentence
    joints = (text[one.end() : other.start()] for one, other in pairwise(words))
    return all(map(_JOINT.fullmatch, joints))


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether a single word is a family name, or a given name before one, and not a country."""
    if has_given_name(text, start):
        return True
    following = _WORD.search(text, end)
    if following is None or fold(following[0]) in _read_forms():
        return False
    return text[start].isupper() and is_given_name(text[start:end]) and has_family_name(text, end)


def _read_rows() -> Iterator[list[str]]:
    return (line.split("\t") for line in _TABLE.decode().splitlines() if line[0] != "#")


@cache
def _read_forms() -> dict[str, tuple[_Form, ...]]:
    """Return all forms by their first words, the longest first."""
    forms = sorted((form for row in _read_rows() for form in _list_forms(*row)), key=lambda form: -len(form.words))
    return {
        first: tuple(form for form in forms if form.words[0] == first) for first in {form.words[0] for form in forms}
    }


def _list_forms(name: str, others: str = "", seats: str = "") -> Iterator[_Form]:
    country = "" if name == "-" else name
    for text in filter(None, (country, *others.split("|"), *seats.split("|"))):
        words = tuple(fold(word.replace(".", "")) for word in _WORD.findall(text))
        is_acronym, is_seat = text.isupper(), text in seats.split("|")
        yield _Form(words, country, is_seat, is_acronym)
        if not (is_acronym or is_seat or text == country or text.endswith("s")):
            yield _Form((*words[:-1], f"{words[-1]}s"), country, is_seat, is_acronym)  # the Poles


COUNTRY_OF_SEAT = {fold(seat): row[0] for row in _read_rows() if len(row) > 2 for seat in row[2].split("|")}
"""What may be called by a country, for it stands for its government; not the other way, for it is a place too."""
