"""Questions that a text may answer, made by two patterns: what its speakers said, and what happened on its days."""

import re
from collections.abc import Iterable
from itertools import chain, zip_longest

from rag.asking.grammar.phrases import find_names
from rag.english.dates import list_dates

_NAME = r"[A-Z][\w'-]*[a-z]\w*"
_SPEAKERS = re.compile(
    rf"\b((?:[Tt]he )?(?:(?:{_NAME}|[A-Z]{{2,}}) ){{0,5}}{_NAME}) (?:said|told|warned|added|announced)\b"
)
_NO_NAMES = set("He She They It We You This That These Those There Here Who What When But And In On At As".split())


def list_candidates(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of a question and the name or day that its answer must have; speakers and days alternate."""
    speakers: dict[str, str] = {}
    days: dict[str, str] = {}
    for text in texts:
        for match in _SPEAKERS.finditer(text):
            name = _name_speaker(match[1].split())
            if name:
                speakers.setdefault(name.split()[-1], f"What did {name} say?")
        for day in (each.text for each in list_dates(text) if each.period and each.day):
            days.setdefault(day, f"What happened on {day}?")
    pairs = chain.from_iterable(zip_longest(speakers.items(), days.items()))
    return [(question, subject) for subject, question in filter(None, pairs)]


def list_topics(title: str) -> list[tuple[str, str]]:
    """Return a question for the latest on the first thing that a title names, and that name; none if it names none."""
    names = [each for each in find_names(title) if each not in title.split()[:1]]
    return [(f"What is the latest on {name}?", name) for name in names[:1]]


def _name_speaker(words: list[str]) -> str:
    """Return "Jens Stoltenberg" of "NATO Secretary General Jens Stoltenberg", "the White House", and "" of "He"."""
    if words[0] in _NO_NAMES:
        return ""
    if words[0].casefold() == "the":
        return " ".join(["the", *words[1:]])
    return " ".join(words[-2:])
