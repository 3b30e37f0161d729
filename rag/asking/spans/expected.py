"""What sort of short answer a question expects, told by its words."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from rag.asking.grammar.lexicon import PEOPLE
from rag.asking.openings import find_opening
from rag.asking.spans.deeds import Deed, find_deed
from rag.english.dates import PartialDate
from rag.english.days import list_days
from rag.english.terms import list_terms


class Sort(Enum):
    """What sort of thing answers."""

    ANYTHING = auto()
    DATE = auto()
    LENGTH = auto()
    """A duration, or a length: what "how long" asks for."""
    COUNT = auto()
    AMOUNT = auto()
    """Any number, of money or another measure."""
    MONEY = auto()
    SHARE = auto()
    PLACE = auto()
    COUNTRY = auto()
    PERSON = auto()
    """A person, people, or a body that acts like one: what "who" asks for."""
    NAME = auto()
    """What has a name of its own: a company, a team, a ship."""
    REASON = auto()


@dataclass(frozen=True, slots=True)
class Expected:
    """What answers a question.

    Attributes:
        sort: the sort of answer.
        noun: the stem of what is counted: "troop" for "how many troops".
        is_plural: whether several answer.
        question: the question.
        words: its words in small letters.
        days: the days that it names.
        deed: whose words or act it asks for; None if for something else.
    """

    sort: Sort
    noun: frozenset[str] = frozenset()
    is_plural: bool = False
    question: str = ""
    words: frozenset[str] = frozenset()
    days: tuple[PartialDate, ...] = ()
    deed: Deed | None = None

    def within(self, article: str) -> "Expected":
        """Return the same of an article, of which so much text is known."""
        return replace(self, deed=replace(self.deed, article=article)) if self.deed else self

    @property
    def is_identity(self) -> bool:
        """Whether it is asked who somebody is."""
        return bool(_IDENTITY.match(find_opening(self.question)))


def _words(text: str) -> str:
    return rf"(?:{'|'.join(text.split())})"


_TIMES = _words("year date day month decade century time weekday season week hour period era")
_COUNTRIES = _words("country nation countries nations")
_PLACES = _words(
    "place city town village state province region island continent district county area location venue capital street"
    " river lake sea ocean park neighbourhood neighborhood resort hotel airport port station building stadium address"
)
_AMOUNTS = _words(
    "amount figure number price cost toll magnitude rate size height weight temperature speed total sum salary fee"
    " fine budget distance depth length width population percentage proportion share score value"
)
_SHARES = _words("percentage percent share proportion fraction")
_MONEYS = _words(
    "cost costs pay pays paid spend spends spent debt worth money fined damages salary fee budget earn earned"
    " donate donated dollars pounds euros price loan loans aid compensation bail funding bill"
)
_BODIES = _words(
    "company companies firm airline bank team club band group party university college school agency organisation"
    " organization newspaper magazine broadcaster outlet network platform ministry court committee council union church"
    " brand carmaker automaker manufacturer retailer supermarket chain restaurant studio show film movie series book"
    " novel song"
    " album single newspaper ship vessel"
    " spacecraft rocket hurricane storm award holiday tournament"
)
_PERSONS = "|".join(
    sorted(
        {
            *PEOPLE,
            *"athlete golfer celebrity star politician lawmaker billionaire musician rapper designer actor".split(),
            *"individual quarterback pitcher driver footballer boxer swimmer".split(),
        },
        key=len,
        reverse=True,
    )
)
_VERBS = "is|was|are|were|did|does|do|has|have|had|will|of|must|can|could|would|should|may|might"
_GAP = rf"(?:\s+(?!(?:{_VERBS})\b)[\w'\u2019&-]+){{0,4}}?\s+"
_ASKED = r"\b(?:what|which)"
_IS_THE = r"\bwhat\s+(?:is|was|were|are)\s+(?:the|its|their|his|her|a)\b"
_NOT_A_LINK = r"(?!['\u2019]s\b)"
_FIRST = r"(?:^|\b(?:and|but|by|to|with|from|of|for|against|since|until)\s)"
"""Where a word such as "when" asks, and begins no clause."""
_SORTS = [
    (Sort.SHARE, rf"{_ASKED}{_GAP}{_SHARES}\b|\bhow\s+(?:large|big)\s+a\s+(?:share|part)\b"),
    (Sort.DATE, rf"{_FIRST}when\b|\bhow\s+(?:soon|late|early)\b|{_ASKED}\s+(?:\w+\s+)?{_TIMES}\b"),
    (Sort.LENGTH, r"\bhow\s+long\b"),
    (Sort.COUNT, r"\bhow\s+many\b"),
    (Sort.MONEY, rf"\bhow\s+much\b(?=[^?]*\b{_MONEYS}\b)"),
    (
        Sort.AMOUNT,
        r"\bhow\s+(?:much|old|tall|high|deep|wide|far|big|large|fast|heavy|hot|cold)\b"
        rf"|{_ASKED}{_GAP}{_AMOUNTS}\b{_NOT_A_LINK}|{_IS_THE}{_GAP}{_AMOUNTS}\b",
    ),
    (Sort.PLACE, rf"{_FIRST}where\b"),
    (Sort.COUNTRY, rf"{_ASKED}{_GAP}{_COUNTRIES}\b{_NOT_A_LINK}"),
    (Sort.PLACE, rf"{_ASKED}{_GAP}{_PLACES}\b{_NOT_A_LINK}"),
    (Sort.PERSON, rf"{_FIRST}whom?\b|what\s+is\s+(?:his|her)\s+name\b|{_ASKED}{_GAP}(?:{_PERSONS})s?\b{_NOT_A_LINK}"),
    (
        Sort.NAME,
        rf"{_ASKED}{_GAP}{_BODIES}\b{_NOT_A_LINK}|\bwhat\s+(?:is|was)\s+the\s+name\s+of\b"
        r"|\bwhat\s+(?:is|was|are|were)\s[^?]*\b(?:called|named)\W*$",
    ),
    (Sort.REASON, rf"{_FIRST}why\b|\bhow\s+come\b|\bfor\s+what\s+reasons?\b"),
    (Sort.ANYTHING, r"\b(?:what|which|why|how)\b"),
]
_IDENTITY = re.compile(r"[Ww]ho(?:\s+(?:is|was)|['\u2019]s)\s+(?:[A-Z][\w'\u2019.-]*\s*){1,5}\W*$")
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"\bcountries\b|\bnations\b|\band\b", re.IGNORECASE)
_PATTERNS = [(sort, re.compile(pattern, re.IGNORECASE)) for sort, pattern in _SORTS]
_COUNTED = re.compile(
    r"\bhow\s+many\s+((?:[\w'\u2019-]+\s+){0,3}?(?:\w+s|people|men|women|children|personnel|police))\b", re.IGNORECASE
)


def expect(question: str) -> Expected:
    """Return what a question expects, told by the question word that comes first in it.

    `expect("Four ships sank. How many sailors drowned?")` is `Expected(Sort.COUNT, frozenset({"sailor"}))`.
    """
    opening = find_opening(question)
    words, days = frozenset(map(str.casefold, _WORD.findall(question))), tuple(list_days(question))
    found = [
        (match.start(), place, sort)
        for place, (sort, pattern) in enumerate(_PATTERNS)
        if (match := pattern.search(opening))
    ]
    if not found:
        return Expected(Sort.ANYTHING, question=question, words=words, days=days)
    *_, sort = min(found)
    counted = _COUNTED.search(opening) if sort is Sort.COUNT else None
    noun = list_terms(counted[1].split()[-1]) if counted else frozenset()
    return Expected(sort, noun, bool(_PLURAL.search(opening)), question, words, days, find_deed(question))
