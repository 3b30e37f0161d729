"""What can be looked up in a claim: words in quotation marks, numbers, days, negations, opposites, swapped names."""

import re
from dataclasses import replace

from corpus.passages import split_sentences
from rag.english.dates import list_dates, list_weekdays
from rag.english.names import list_names
from rag.english.numbers import list_numbers
from rag.english.terms import list_content
from rag.prose.contradiction import find_negation, find_opposite, find_swap
from rag.prose.evidence import Evidence
from rag.prose.limits import STANDARD_LIMITS

_QUOTED = re.compile(r"[“„\"]([^“”„\"]+)[”“\"]|«([^«»]+)»|(?<!\w)‘((?:[^‘’]|’\w)+)’(?!\w)")
_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
LEAST_LEAD = 2
"""Words of content before a colon that tell more than who speaks."""
LEAST_HELD = 0.75
"""The share of a claim's words that stand behind it."""
_SHIFTED = re.compile(r"\b(?:yesterday|tomorrow|last night)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_STRAIGHT = str.maketrans("“”„’‘", '"""\'\'')


def find_plain_fault(claim: str, evidence: Evidence) -> str:
    """Return what a claim says that does not stand in the evidence, or otherwise there; '' if there is nothing."""
    return (
        _find_repetition(claim, evidence)
        or _find_misquote(claim, evidence)
        or _find_address(claim, evidence)
        or _find_cut_lead(claim, evidence)
        or _find_wrong_number(claim, evidence)
        or _find_wrong_day(claim, evidence)
        or _find_contradiction(claim, evidence)
    )


def _find_repetition(claim: str, evidence: Evidence) -> str:
    words = [word for word in _WORD.findall(claim) if list_content(word)]
    is_copied = _level(claim) in _level(evidence.text)
    if (
        not is_copied
        and len(words) >= STANDARD_LIMITS.least_repeated
        and len(list_content(claim)) < STANDARD_LIMITS.least_variety * len(words)
    ):
        return "it only repeats itself"
    return ""


def _find_misquote(claim: str, evidence: Evidence) -> str:
    for found in _QUOTED.finditer(claim):
        quoted = next(filter(None, found.groups()))
        words = _level(quoted).strip(" .,;!?")
        if not any(words in _level(text) for text in evidence.articles):
            return f"the words “{quoted}” do not stand in the article"
    return ""


def _find_address(claim: str, evidence: Evidence) -> str:
    for address in _ADDRESS.findall(claim):
        if not any(address.rstrip(".,;:!?)") in text for text in evidence.articles):
            return f"the address {address} does not stand in the article"
    return ""


def _find_cut_lead(claim: str, evidence: Evidence) -> str:
    """Return that what a claim says stands only behind a colon, and that it has nothing of the words before that."""
    said = list_content(claim)
    held: list[tuple[float, str]] = []
    for place in split_sentences(evidence.text):
        lead, _, told = evidence.text[slice(*place)].partition(": ")
        words = list_content(lead)
        is_cut = bool(told) and len(words) >= LEAST_LEAD and said.isdisjoint(words)
        held.append((len(said & list_content(told if is_cut else f"{lead} {told}")), lead if is_cut else ""))
    most, lead = max(held, key=lambda each: (each[0], not each[1]), default=(0, ""))
    return f"the quote says so only behind “{lead}:”" if lead and most >= LEAST_HELD * len(said) else ""


def _find_wrong_number(claim: str, evidence: Evidence) -> str:
    quoted = list_numbers(evidence.text)
    for number in list_numbers(claim):
        same = [other for other in quoted if number.covers(other)]
        is_counted = bool(number.unit) and any(
            (other.kind, other.unit) == (number.kind, number.unit) for other in quoted
        )
        if not same and (is_counted or not number.is_casual):
            return f"the number {number.written} does not stand in the quote"
        if is_counted and same and all(other.unit not in ("", number.unit) for other in same):
            return f"the number {number.written} counts something else in the quote"
    return ""


def _find_wrong_day(claim: str, evidence: Evidence) -> str:
    known = f"{evidence.text} {evidence.around} {evidence.dates}"
    told = list_dates(known)
    in_text = list_dates(f"{evidence.text} {evidence.around}")
    years = {None, *(each.year for each in told)}
    for asked in list_dates(claim):
        in_any_year = replace(asked, year=None)
        is_told = any(each.covers(in_any_year) and each.may_be(asked) for each in told)
        if asked.year not in years or not is_told:
            return f"{asked.text} does not stand there"
        if (other := _find_other_day(evidence)) and not any(each.may_be(asked) for each in in_text):
            return f"{asked.text} is the day of publication; the quote says “{other}”"
    days = {found[0].casefold() for found in list_weekdays(known)}
    missing = (found[0] for found in list_weekdays(claim) if found[0].casefold() not in days)
    return next((f"{day} is not named there" for day in missing), "")


def _find_other_day(evidence: Evidence) -> str:
    """Return the word by which a quote names another day than that of its publication; '' if it names none."""
    published = {f"{source.published:%A}" for source in evidence.sources if source.published}
    named = [found[0].capitalize() for found in list_weekdays(evidence.text)]
    others = [day for day in named if day not in published]
    shifted = _SHIFTED.search(evidence.text)
    return others[0] if others and len(others) == len(named) else shifted[0] if shifted else ""


def _find_contradiction(claim: str, evidence: Evidence) -> str:
    if cue := find_negation(claim, evidence.text):
        return f"claim and quote differ in “{cue}”"
    if pair := find_opposite(claim, evidence.text):
        return f"the quote says “{pair[1]}”, not “{pair[0]}”"
    names = [word for name in list_names(claim, evidence.ordinary) for word in name.words]
    if swapped := find_swap(claim, evidence.text, names):
        return f"{swapped[0]} and {swapped[1]} have changed places"
    return ""


def _level(text: str) -> str:
    """Return a text with straight quotation marks, single spaces and small letters."""
    return _SPACE.sub(" ", text.translate(_STRAIGHT)).casefold()
