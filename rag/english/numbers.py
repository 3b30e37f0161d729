"""The numbers in a text as typed values: £1.5m is 1,500,000 pounds, seventeen is 17, and 5 % is not 5 people."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from math import inf, isclose

from rag.english.dates import list_dates
from rag.english.numerals import ORDINAL, VALUE, evaluate
from rag.english.terms import list_terms

ROUNDING = 0.02
"""A number that is called approximate stands for all that differ from it by so much of it; chosen by hand."""

REACH = 0.2
"""A bound says numbers that are beyond it by so much of them: 115 is "more than 100", 300 is not; chosen by hand."""

_SPANS = {
    **{"second": ("day", 1 / 86400), "minute": ("day", 1 / 1440), "hour": ("day", 1 / 24), "day": ("day", 1.0)},
    **{"week": ("day", 7.0), "fortnight": ("day", 14.0), "month": ("year", 1 / 12), "year": ("year", 1.0)},
    **{"decade": ("year", 10.0), "century": ("year", 100.0), "centurie": ("year", 100.0)},
}
"""What lengths of time are measured in; days and years are not made into each other."""
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee", "₽": "rouble"}
_CURRENCIES = {name: name for name in _SIGNS.values()} | {"ruble": "rouble", "pound sterling": "pound"}
_CURRENCIES |= {name: name for name in "yuan hryvnia franc krona krone zloty forint peso shekel lira".split()}

_NUMBER = re.compile(
    r"(?P<clock>\b\d{1,2}(?:[:.]\d\d)?\s?(?P<half>[ap])\.?m\b\.?|\b\d{1,2}:\d\d\b)"
    r"|(?P<decade>(?<![\w.,])\d{1,3}0['\u2019]?s\b)"
    rf"|(?P<ordinal>\b\d+(?:st|nd|rd|th)\b|\b{ORDINAL}\b)"
    r"|(?P<minus>\bminus\s|(?<!\S)[-\u2212](?=[\d$£€]))?(?P<sign>(?:US|AU?|CA?|NZ|HK)?[$£€¥₹₽]\s?)?"
    rf"(?:(?<=between\s)(?P<least>{VALUE})\sand\s|(?<!from\s)(?P<low>{VALUE})"
    r"(?:(?P<dash>(?<=[\dkmn])\s?[-\u2013]\s?(?=[\d$£€]))|\s(?:to|or)\s))?"
    rf"(?:(?<=[-\u2013\s])[$£€])?(?P<value>{VALUE})",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?%|[-\s]*per\s?cent(?:age[-\s]points?)?\b|\s?pc\b|[-\s](?P<basis>basis)[-\s]points?\b", re.I)
_NEXT_WORD = re.compile(
    r"(?:(?:(?<=half)|(?<=quarter)|(?<=quarters))(?:\sof)?\san?)?(?:\sof(?:\sthe)?)?[-\s]*(?P<word>[^\W\d]+)", re.I
)
_IS_LENGTH = re.compile(r"\s(?:tall|long|wide|high|deep|away|above|below|sprint|race|final|hurdles)\b")
_IS_WON = re.compile(
    r"\b(?:w[io]n|beat|lost|lose|drew|draw|led|score|victory|defeat|vote|voted|ahead)\b[^.;]{0,40}$", re.I
)
_BEFORE = re.compile(
    r"\b(?:(?P<about>about|around|roughly|nearly|almost|approximately|some|(?:an\s)?estimated|close\sto)"
    r"|(?P<least>more\sthan|over|above|at\sleast|exceed(?:s|ed|ing)|upwards\sof|no\s(?:fewer|less)\sthan)"
    r"|(?P<most>(?:less|fewer)\sthan|under|below|at\smost|up\sto|as\s(?:many|much)\sas|(?:no|not)\smore\sthan))"
    r"\s(?:the\s|another\s)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"(?P<least>\+|\sor\smore\b|\splus\b)|(?P<most>\sor\s(?:fewer|less)\b)|(?P<about>\sor\sso\b)")
_NO_ONE = re.compile(r"\b(?:no|the|this|that|every|each|any|which|another|not)[-\s]$", re.IGNORECASE)


class Kind(Enum):
    """What sort of thing a number says; only numbers of one kind can be compared."""

    PLAIN = auto()
    PERCENT = auto()
    MONEY = auto()
    DURATION = auto()
    ORDINAL = auto()
    DECADE = auto()
    CLOCK = auto()
    SCORE = auto()


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a range or a bound with `low` and `high`, either of which may be infinite.

    `unit` is the stem of the word that it counts, "day" or "year" for a length of time, or a currency; '' if there is
    none. `written` is how it was written.

    Example:
        >>> list_numbers("up to £1.5m")[0]
        Number(low=-inf, high=1500000.0, kind=<Kind.MONEY: 3>, unit='pound', written='£1.5m', is_approximate=False)
    """

    low: float
    high: float
    kind: Kind
    unit: str
    written: str
    is_approximate: bool = False

    @property
    def is_casual(self) -> bool:
        """Whether it may count nothing: "one", "first" and the like."""
        return self.written.casefold() in ("one", "a", "an", "first", "1st", "second", "half")

    @property
    def _edge(self) -> float:
        """The number of a bound."""
        return self.low if self.high == inf else self.high

    def is_comparable(self, other: "Number") -> bool:
        """Whether both may measure the same; a bare number may measure anything that is counted."""
        kinds = {self.kind, other.kind}
        if len(kinds) > 1:
            has_bare = any(each.kind is Kind.PLAIN and each.unit in ("", "point") for each in (self, other))
            return has_bare and kinds <= {Kind.PLAIN, Kind.PERCENT, Kind.MONEY, Kind.DURATION}
        return self.kind not in (Kind.MONEY, Kind.DURATION) or self.unit == other.unit

    def may_be(self, other: "Number") -> bool:
        """Whether both can be true of one thing: 100,000 is "about 100,000", and 115 is "more than 100"."""
        if not self.is_comparable(other):
            return False
        if self.kind is Kind.SCORE:
            return (self.low, self.high) == (other.low, other.high)
        slack = ROUNDING * abs(self._edge) if self.is_approximate or other.is_approximate else 0.0
        low, high = max(self.low, other.low), min(self.high, other.high)
        is_bound = inf in (self.high, -self.low) and inf in (other.high, -other.low)
        return low < high + slack or (isclose(low, high) and not is_bound)

    def covers(self, other: "Number") -> bool:
        """Whether the other, as it stands or made less sharp, says this one; "at least 100" says 100 here, too."""
        reach = REACH if self.low <= other.low and other.high <= self.high else ROUNDING * self.is_approximate
        return self.may_be(other) and isclose(self._edge, other._edge, rel_tol=max(reach, 1e-9))


def list_numbers(text: str) -> list[Number]:
    """Return the numbers of a text, in digits or in words, in order.

    Dates and years are none, nor are a bare "a" and the "one" of "no one".
    """
    blank = text
    for start, end in (one.place for one in list_dates(text)):
        blank = f"{blank[:start]}{'¶' * (end - start)}{blank[end:]}"
    return [number for match in _NUMBER.finditer(blank) if (number := _read(match))]


def _read(match: re.Match[str]) -> Number | None:
    written = match[0].strip()
    if match["clock"]:
        hour, minute = (int(part or 0) for part in ([*re.findall(r"\d+", match["clock"]), 0])[:2])
        half = (match["half"] or "").casefold()
        moment = float(60 * (hour % 12 + 12 * (half == "p") if half else hour) + minute)
        return Number(moment, moment, Kind.CLOCK, "", written)
    if match["decade"]:
        year = float(re.sub(r"\D", "", written))
        return Number(year, year, Kind.DECADE, "", written)
    if match["ordinal"]:
        place = evaluate(match["ordinal"])
        return Number(place, place, Kind.ORDINAL, _find_unit(match), written)
    following = match.string[match.end() :]
    is_one = match["value"].casefold() == "one" and not match["sign"]
    if is_one and (_NO_ONE.search(match.string[: match.start()]) or re.match(r"\s(?:of|another|day)\b", following)):
        return None
    return _measure(match, written)


def _measure(match: re.Match[str], written: str) -> Number:
    """Return the number with its kind; a range shares the scale and the unit that its second part has."""
    kind, unit, factor = _find_kind(match)
    high = evaluate(match["value"], is_length=not match["sign"] and bool(_IS_LENGTH.match(match.string, match.end())))
    first = match["least"] or match["low"]
    if not first:
        value = (-high if match["minus"] else high) * factor
        return _bound(match, Number(value, value, kind, unit, written))
    low, plain = evaluate(first), evaluate(re.match(r"[\d.,]+|\S+", match["value"])[0])  # type: ignore[index]
    is_won = low >= high or bool(_IS_WON.search(match.string[: match.start()]))
    if match["dash"] and kind is Kind.PLAIN and first.isdigit() and match["value"].isdigit() and is_won:
        return Number(min(low, high), max(low, high), Kind.SCORE, "", written)
    if plain and high > plain > low:
        low *= high / plain  # "10 to 12 million"
    low, high = sorted((low * factor, high * factor))
    return _bound(match, Number(low, high, kind, unit, written))


def _find_kind(match: re.Match[str]) -> tuple[Kind, str, float]:
    """Return kind, unit, and what the number is multiplied by to be in that unit."""
    if percent := _PERCENT.match(match.string, match.end()):
        return Kind.PERCENT, "", 0.01 if percent["basis"] else 1.0
    following = _NEXT_WORD.match(match.string, match.end())
    word = following["word"].casefold() if following else ""
    word = word if word in _SPANS or word in _CURRENCIES else word.removesuffix("s")
    if match["sign"]:
        return Kind.MONEY, _SIGNS[match["sign"].strip()[-1]], 1.0
    if word in _CURRENCIES:
        return Kind.MONEY, _CURRENCIES[word], 1.0
    if word in _SPANS:
        return Kind.DURATION, *_SPANS[word]
    return Kind.PLAIN, _find_unit(match), 1.0


def _find_unit(match: re.Match[str]) -> str:
    following = _NEXT_WORD.match(match.string, match.end())
    return "".join(sorted(list_terms(following["word"]))) if following else ""


def _bound(match: re.Match[str], number: Number) -> Number:
    """Return the number as the words around it have it: "up to", "about", "or more"."""
    before = _BEFORE.search(match.string, 0, match.start())
    around = before or _BEHIND.match(match.string, match.end())
    if not around:
        return number
    low = -inf if around["most"] else number.low
    high = inf if around["least"] else number.high
    return Number(low, high, number.kind, number.unit, number.written, bool(around["about"]))
