"""What each article answers to one question, the newest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Offsets, Source
from rag.answer import Answer, Quote, ScoredPassage, Status
from rag.asking.forms.digests.composing import ANSWERED
from rag.asking.forms.digests.reports import Sentence
from rag.asking.forms.form import Tools
from rag.asking.openings import find_opening_kind
from rag.asking.topics import find_office
from rag.english.countries import split_countries
from rag.english.days import find_day
from rag.english.names import find_foreign
from rag.english.terms import list_terms
from rag.question import Kind, Scope

MOST_LATER = 4
"""Passages that are looked at besides, since they are newer than all that fit best."""
SURE_ENOUGH = 0.9
"""An article may answer if its answer has this share of the confidence of the surest. By hand, as the next."""
NEAR_ENOUGH = 0.2
"""Its sentence may be so much less like the question than that which is most."""
LONG_AGO = 366
"""Days: what an article says of a time before them is no news."""
BESIDE = 40
"""Characters around the name of an office, within which its country and its holder stand: "British Premier Reed"."""
_PAST = re.compile(r"\b(?:former|ex|outgoing|late|then|stepped down|resigned|next|incoming)\b", re.IGNORECASE)
"""Beside an office, says that its holder is another by now."""

_LOOKS_BACK = re.compile(r"\bhad\b")
"""Says in a report that something was before what is reported."""
_NOWS = re.compile(r"\b(?:now|currently|current)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What one article answers, and how alike its sentence and the question are.

    `names_holder` says that the sentence names the holder of the office that is asked for beside it; `lacking` is how
    many names of the question neither sentence nor title has.
    """

    source: Source
    story: int | None
    answer: Answer
    likeness: float
    names_holder: bool
    lacking: int

    @property
    def day(self) -> date:
        """When it was published; the first of all days where that is unknown."""
        return self.source.published or date.min

    @property
    def status(self) -> Status:
        """How the answer should be read."""
        return Status.ANSWERED if self.names_holder else self.answer.status

    @property
    def confidence(self) -> float:
        """How likely it is right."""
        return max(self.answer.confidence, ANSWERED) if self.names_holder else self.answer.confidence

    @property
    def is_old(self) -> bool:
        """Whether the sentence is of a time long before the article."""
        time = find_day(self.sentence.text, self.source.published)
        return bool(time and time.period and (self.day - time.period[1]).days > LONG_AGO)

    @property
    def sentence(self) -> Sentence:
        """What is quoted."""
        quote = self.answer.quotes[self.answer.main]
        return Sentence(self.source, (quote.start, quote.end), quote.text, 0, self.story, quote.span)

    def is_known_by(self, last: date) -> bool:
        """Whether it was published by that day, or reports something of a day up to then."""
        time = find_day(self.sentence.text, self.source.published)
        return self.day <= last or bool(time and time.day and time.period and time.period[0] <= last)


def find_newest(question: str, tools: Tools, scope: Scope) -> list[ScoredPassage]:
    """Return the passages that fit a question best, and of those as new as the newest of them some more."""
    found = tools.find(question, scope)
    newest = max((each.source.published for each in found if each.source.published), default=None)
    later = tools.find(question, replace(scope, since=newest), MOST_LATER) if newest else []
    known = {each.passage.key for each in found}
    return [*found, *(each for each in later if each.passage.key not in known)]


def list_told(question: str, found: Sequence[ScoredPassage], tools: Tools, last: date | None = None) -> list[Told]:
    """Return what those articles answer that are sure and near enough, the newest first, each story when it was new.

    With a last day, it is only what was known by then.
    """
    told = [each for each in _read_each(question, found, tools) if last is None or each.is_known_by(last)]
    office = find_office(question)
    sure = [each for each in told if each.status is Status.ANSWERED and not each.is_old]
    sure = [each for each in sure if not office or is_holder(each.answer.answer_span)]
    if find_opening_kind(question) is Kind.STATEMENT:
        fewest = min((each.lacking for each in sure), default=0)
        sure = [each for each in sure if each.lacking == fewest]
    surest = max((each.confidence for each in sure), default=0.0)
    nearest = max((each.likeness for each in sure), default=0.0)
    kept = [each for each in sure if each.names_holder] or [
        each
        for each in sure
        if each.confidence >= SURE_ENOUGH * surest
        and each.likeness >= nearest - NEAR_ENOUGH
        and (not office or names_office(office, each.sentence.text))
    ]
    stories: dict[int | str, Told] = {}
    for each in sorted(kept, key=lambda each: (each.day, -each.confidence)):
        stories.setdefault(each.story or each.source.id, each)
    return sorted(stories.values(), key=lambda each: (each.day, each.confidence), reverse=True)


def _read_each(question: str, found: Sequence[ScoredPassage], tools: Tools) -> list[Told]:
    passages: dict[str, list[ScoredPassage]] = {}
    for each in found:
        passages.setdefault(each.source.id, []).append(each)
    answers = [(parts[0], tools.answer_from(question, parts)) for parts in passages.values()]
    answered = [(part, answer) for part, answer in answers if answer.quotes and answer.answer_span]
    alike = tools.compare(question, [answer.quotes[answer.main].text for _, answer in answered]) if answered else []
    return [
        Told(
            part.source,
            part.story,
            answer,
            like,
            names_holder(question, answer.quotes[answer.main]),
            len(find_foreign(question, f"{part.source.title}\n{answer.quotes[answer.main].text}")),
        )
        for (part, answer), like in zip(answered, alike, strict=True)
    ]


def is_holder(answer: str) -> bool:
    """Whether an answer may be who holds an office: it begins like a name, and is more than a country or people."""
    rest, _ = split_countries(answer)
    return answer[:1].isupper() and any(map(str.isalpha, rest))


def names_office(office: str, text: str) -> bool:
    """Whether a text names an office, or all its words, and not only a former or a future holder of it."""
    beside = [text[begin:end] for begin, end in _list_beside(office, text)]
    is_past = bool(beside) and all(map(_PAST.search, beside))
    return list_terms(office) <= list_terms(text) and not is_past


def names_holder(question: str, quote: Quote) -> bool:
    """Whether a quote names the office that a question asks for with its country or body, and the answer beside it."""
    office = find_office(question)
    if not office or not quote.span or _LOOKS_BACK.search(quote.text):
        return False
    if not is_holder(quote.text[slice(*quote.span)]):
        return False
    asked = list_terms(_NOWS.sub("", question))
    return any(
        begin <= quote.span[0] <= end
        and asked <= list_terms(quote.text[begin:end])
        and not _PAST.search(quote.text, begin, end)
        for begin, end in _list_beside(office, quote.text)
    )


def _list_beside(office: str, text: str) -> list[Offsets]:
    """Return where the office is named in the text, with what stands beside it."""
    places = re.finditer(rf"\b{re.escape(office)}\b", text, re.IGNORECASE)
    return [(max(0, found.start() - BESIDE), found.end() + BESIDE) for found in places]
