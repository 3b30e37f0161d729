"""Which capitalised words are a person's name: Jordan in Michael Jordan and in Jordan Peterson, May in Theresa May."""

import re
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

_FOLDER = Path(__file__).parent


def _read(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text("utf-8").casefold().splitlines()
    return "\n".join(line for line in lines if not line.startswith("#")).split("\n\n")


MALE_NAMES, FEMALE_NAMES = (frozenset(_read(f"{sex}.txt")[0].split()) for sex in ("male", "female"))
_OTHERS, _FAMILY_NAMES = (frozenset(names.split()) for names in _read("people.txt"))
_GIVEN_NAMES = (MALE_NAMES | FEMALE_NAMES | _OTHERS) - {"will"}
_OF_COUNTRIES = frozenset("America Asia Chad France Georgia India Ireland Israel Jordan Kenya London Paris".split())

_BEFORE = re.compile(r"(?:(?<!\w)(Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.?|(?<!\w)([^\W\d_]+)(?: [A-Z]\.)?) \Z")
_AFTER = re.compile(r" (?:([A-Z])\. )?([A-Z][^\W\d_]*(?:[-’'][^\W\d_]+)*)")
LONGEST = 40
"""Characters before a word that are looked at."""
FREQUENT, RARE = 600, 250
"""How often a word stands in the dictionary's film subtitles: ceasefire 678 times, airways 538, Hilton 177."""


def is_given_name(word: str) -> bool:
    """Whether the word is a given name, and also one that countries have."""
    return word.casefold() in _GIVEN_NAMES or word in _OF_COUNTRIES


def has_given_name(text: str, start: int) -> bool:
    """Whether a given name, or Mr and the like, stands right before the place `start`."""
    found = _BEFORE.search(text, max(0, start - LONGEST), start)
    return bool(found and (found[1] or found[2].casefold() in _GIVEN_NAMES))


def has_family_name(text: str, end: int) -> bool:
    """Whether a family name stands right behind the place `end`: a frequent one, or a word that English seldom has."""
    found = _AFTER.match(text, end)
    if found is None:
        return False
    return bool(found[1]) or found[2].casefold() in _FAMILY_NAMES or _count(found[2]) < RARE


def is_common(word: str) -> bool:
    """Whether a word is a frequent one of English, and no person's name."""
    return _count(word) >= FREQUENT and word.casefold() not in _GIVEN_NAMES | _FAMILY_NAMES


def _count(word: str) -> int:
    return int(open_dictionary().word_frequency[word])


@cache
def open_dictionary() -> SpellChecker:
    """Return the dictionary, which also lists what is a letter away from a word."""
    return SpellChecker(language="en", distance=1)
