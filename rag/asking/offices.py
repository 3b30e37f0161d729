"""Whose office it is: asked for Ukraine's president, the Russian one is no answer, however near he stands."""

import re
from dataclasses import dataclass

from rag.english.countries import CANONICAL
from rag.english.names import spell, to_words
from rag.library.words import list_content

LONGEST = 6
"""Words of a name with its titles: a longer span is no holder's."""
AROUND = 80
"""Characters before a name that are looked at: an unbroken word of thousands would take seconds."""

_COUNTRIES = frozenset(CANONICAL.values())
_LESSER, _ACTING = map(list_content, ("former deputy assistant vice", "acting interim"))
_ASKING = list_content("name names called current currently now today new present serves serving")
_WHO = re.compile(r"\W*(?:and\s+)?(?:who\b|whose\b|what\b.{0,12}\bname\b)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:[\w-]+['\u2019]?s?,?\s+){1,4}$")
_AFTER = re.compile(r",[^,;.]{1,60}[,;.]")
_REST = re.compile(r"(?:\s+[\w-]+){1,3}")


@dataclass(frozen=True, slots=True)
class Office:
    """The countries that a text names, and what else it says: "who is Ukraine's president" asks for a president."""

    countries: frozenset[str]
    others: frozenset[str]

    @classmethod
    def ask(cls, question: str) -> "Office":
        """Read what a question asks for, if it is one for a person; else an office that nobody holds."""
        if not _WHO.match(question):
            return cls(frozenset(), frozenset())
        asked = cls.read(question)
        return cls(asked.countries, asked.others - _ASKING)

    @classmethod
    def read(cls, text: str) -> "Office":
        """Read what a question, or the words around a name, say."""
        words = list(to_words(text))
        return cls(_COUNTRIES & set(words), list_content(" ".join(word for word in words if word not in _COUNTRIES)))

    def is_of_another(self, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]` holds the office asked for, but of another country, or as a deputy; or is its name.

        It holds it where all that is asked for stands beside it: "who met Ukraine's president" asks for more.
        """
        if not self.countries or not self.others or len(text[start:end].split()) > LONGEST:
            return False
        said = Office.read(text[start:end])
        held = Office.read(_gather_around(text, start, end, is_of_country=bool(said.countries)))
        is_elsewhere = bool(held.countries) and not held.countries & self.countries
        is_less = bool(held.others & _LESSER - self.others) and not held.others & _ACTING
        return self.others <= held.others and (is_elsewhere or is_less or said.others == self.others)


def _gather_around(text: str, start: int, end: int, *, is_of_country: bool) -> str:
    """Return the span, up to four words before it, and what is said of it between commas behind it.

    Behind the name of a country or its people it need not be between commas.
    """
    before, after = _BEFORE.search(spell(text[max(0, start - AROUND) : start])), _AFTER.match(text, end)
    if after is None and is_of_country:
        after = _REST.match(text, end)
    return " ".join((before[0] if before else "", text[start:end], after[0] if after else ""))
