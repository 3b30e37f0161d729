"""What a text is compared by: the stems of its words, with one term for all names of a country and of a number."""

import re
from collections.abc import Iterable

import Stemmer

from rag.english.countries import fold, split_countries

FREQUENT = (
    "what which who whom whose when where why how did do does is are was were be a an the of to in on at for by from "
    "and or s t"
).split()
"""Words that ask, and words that nearly all passages have: the word index leaves them out.

Not more: of "It Must Have Been Love" hardly anything else than function words is known.
"""
FUNCTION_WORDS = frozenset(
    [
        *FREQUENT,
        *"done doing has have had been being can could will would shall should may might must i me my you your".split(),
        *"he him his she her we us our they them their but if with about into as than then that this these".split(),
        *"those there it its not no re ve ll d m so such also just very please tell say many much".split(),
    ]
)
"""Texts that share only these have nothing in common."""
_BESIDE_THE_POINT = (
    "the while after before during since until over around about roughly nearly almost some up out down which whose"
    " said says told according among also still then because however meanwhile later earlier there only both each other"
)
"""Words that say how, when or by whom, rather than what."""
OPENERS = frozenset(
    """mr mrs ms miss dr sir after although because before both despite during each here however instead later
    meanwhile more most neither none nor once one only other overall over since some though through under unlike
    until whether while within without yet yes additionally furthermore moreover according around roughly nearly
    almost up out""".split()
)
"""Other words that begin a sentence, or a name, and are no names themselves."""
NUMERALS = dict(pair.split("=") for pair in "ii=2 iii=3 iv=4 vi=6 vii=7 viii=8 ix=9 xii=12 xiv=14 xvi=16".split())
"""Roman numbers that stand in names, as in World War II; not those that are letters, or a name themselves (Xi)."""

_WORD = re.compile(r"[^\W_]+")


def list_terms(text: str) -> frozenset[str]:
    """Return the stemmed words of the text without function words, and the full names of the countries in it.

    `list_terms("U.S. demands in World War II")` is {"United States", "demand", "world", "war", "2"}.
    """
    rest, countries = split_countries(text)
    words = (word for word in _WORD.findall(fold(rest)) if word not in FUNCTION_WORDS)
    return frozenset([*countries, *list_stems(words)])


def list_stems(words: Iterable[str]) -> list[str]:
    """Return the stem of each word in small letters; that of a Roman number is the number."""
    stems = Stemmer.Stemmer("english").stemWords(list(words))  # a stemmer for each call: none may serve two threads
    return [NUMERALS.get(stem, stem) for stem in stems]


def list_content(text: str) -> frozenset[str]:
    """Return the terms of a text without those that say how, when or by whom, rather than what."""
    return list_terms(text) - _OF_NO_CONTENT


_OF_NO_CONTENT = list_terms(_BESIDE_THE_POINT)
