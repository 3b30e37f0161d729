"""Numbers that tell one thing from others of its sort: Flight 518, Bill 27, phase 3, Toy Story 2."""

import re

from corpus.calendar import MONTHS
from rag.english.numerals import ONES

_NOUNS = """act amendment apollo area article bill boat camp car case chapter class clause corridor court day district
    engine episode exit flight floor formula game gate group grade heat highway hurdle interstate lap leg level line lot
    match matchday mission module number page paragraph part patient phase pier platform ply point proposition quarter
    race reactor region resolution road room round route row rover rule runway season section sector series set ship
    stage station step storm studio terminal test tier title track type unit version volume ward week year
    zone""".split()
_NUMBER = r"(?:\s|\s?#|\sno\.?\s)\d{1,4}\b(?![,.:/-]?\d|%|\s?(?:percent|per\scent|[mb]illion|people)\b)"
_OF_SORT = re.compile(rf"\b(?:{'|'.join(_NOUNS)}){_NUMBER}", re.IGNORECASE)
_TOLD = re.compile(
    rf"(?<=[a-z])(?:[\s#-]|\sno\.?\s)(\d{{1,4}}|{'|'.join(ONES)})\b(?!\s(?:{'|'.join(MONTHS)})|%|,\d)|[a-z](\d+)\b",
    re.IGNORECASE,
)
_YEAR = r"(?!\s(?:19|20)\d\d\b)"
_OF_NAME = re.compile(rf"{_YEAR}{_NUMBER}(?!\s(?!(?:was|is|has|does|as|its|this)\b)[a-z]+s\b)", re.IGNORECASE)


def list_designations(text: str) -> list[tuple[int, int]]:
    """Return where a noun that things are numbered by stands before a number: "flight 518", "Phase 3"."""
    return [found.span() for found in _OF_SORT.finditer(text)]


def extend_by_number(text: str, end: int) -> int:
    """Return where a name ends that ends at `end`, or at the number behind it, which counts nothing and is no year."""
    found = _OF_NAME.match(text, end)
    return found.end() if found else end


def list_named_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text that may be names, in digits: those behind a word, also one spelled out, or letters.

    `list_named_numbers("Rover two was on MH370 on 4 May")` is {"2", "370"}.
    """
    told = (found[1] or found[2] for found in _TOLD.finditer(text))
    return frozenset(str(ONES.index(one.casefold())) if one.isalpha() else one for one in told)
