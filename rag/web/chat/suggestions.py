"""Suggests further questions that the articles answer.

Two patterns make candidates from the speakers and the days in the passages of an answer. A candidate is suggested only
if the reader is sure of its answer, and quotes a sentence that has the name or the day and was not shown before.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, zip_longest

from rag.answer import Answer, Status
from rag.english.dates import list_dates

MAX_SUGGESTIONS = 3
MAX_TRIED = 6
"""Trying a candidate costs as much as answering a question."""

Ask = Callable[[str], Answer]
"""Answers a question from the articles, in quotes."""

_NAME = r"[A-Z][\w'-]*[a-z]\w*"
_SPEAKERS = re.compile(
    rf"\b((?:[Tt]he )?(?:(?:{_NAME}|[A-Z]{{2,}}) ){{0,5}}{_NAME}) (?:said|told|warned|added|announced)\b"
)
_NO_NAMES = set("He She They It We You This That These Those There Here Who What When But And In On At As".split())


def suggest_questions(answer: Answer, ask: Ask) -> Iterator[str]:
    """Yield up to three questions about the cited articles, or, if none is cited, about the closest three.

    Args:
        answer: The answer under which the questions stand.
        ask: Answers a candidate.
    """
    near = {citation.source.id for citation in answer.citations} or set(answer.retrieved[:3])
    texts = [found.passage.text for found in answer.considered if found.source.id in near]
    shown = {(quote.article_id, quote.start) for quote in answer.quotes}
    asked = {answer.question.casefold(), answer.searched_for.casefold()}
    tried = (pair for pair in list_candidates(texts) if pair[0].casefold() not in asked)

    def is_kept(question: str, subject: str) -> bool:
        found = ask(question)
        if found.status is not Status.ANSWERED:
            return False
        best = found.quotes[0]
        place = (best.article_id, best.start)
        is_new = place not in shown
        shown.add(place)
        return is_new and subject in best.text

    kept = (question for question, subject in islice(tried, MAX_TRIED) if is_kept(question, subject))
    return islice(kept, MAX_SUGGESTIONS)


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


def _name_speaker(words: list[str]) -> str:
    """Return "Jens Stoltenberg" of "NATO Secretary General Jens Stoltenberg", "the White House", and "" of "He"."""
    if words[0] in _NO_NAMES:
        return ""
    if words[0].casefold() == "the":
        return " ".join(["the", *words[1:]])
    return " ".join(words[-2:])
