"""A timeline: what the articles about a topic say happened, day by day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.article import format_date
from corpus.calendar import MONTHS
from rag.answer import Answer
from rag.asking.forms.digests.composing import Section, compose, rate
from rag.asking.forms.digests.reports import Report, Sentence, find_reports, is_said
from rag.asking.forms.digests.times import split_time
from rag.asking.forms.form import Request, Tools
from rag.asking.topics import find_wish
from rag.english.dates import PartialDate
from rag.english.days import find_day
from rag.english.names import find_foreign
from rag.english.terms import list_content

MOST_DAYS = 12
"""In one timeline."""
MOST_REPORTS = 12
"""Articles that it is made of."""
MOST_OF_DAY = 2
"""Sentences on one day, of different articles."""
LEAD = 0.25
"""How much more than others a lead counts: it reports what is new. By hand, as the following."""
SOON = 2
"""Days after which a sentence looks back, rather than reports."""
LOOKS_BACK = 0.1
"""How much less it counts then."""
NEAR = 0.5
"""A sentence is at least so much like the topic as the one that is most; of a lead, half of that is enough."""
FEW_DAYS = 3
"""With as many days, months and years are left out: they mostly give the background."""
REPORT_GAP = 0.25
"""How far below the best article another may be: its sentences are chosen one by one."""

_MEETING = re.compile(
    r"\b(?:me(?:e)?t(?:s|ings?)?|talks?|talked|summits?|sessions?|(?:tele)?phone calls?|spoke|negotiat\w+|trips?"
    r"|visit(?:s|ed)?|conferred|conversations?|received|conven\w+|encounters?)\b",
    re.IGNORECASE,
)
"""People come together, or talk."""


@dataclass(frozen=True, slots=True)
class Event:
    """A sentence, the time of what it reports, and how much it is to the point."""

    time: PartialDate
    sentence: Sentence
    weight: float

    @property
    def order(self) -> tuple[int, int, int]:
        """What it is sorted by: a month or a year comes before its days."""
        return self.time.year or 0, self.time.month or 0, self.time.day or 0


def tell_events(request: Request, tools: Tools) -> Answer:
    """Answer with one part a day, in order: the sentences that report what happened then."""
    wish = find_wish(request.alone)
    topic, _ = split_time(wish.topic if wish and wish.topic else request.alone, tools)
    _, time = split_time(request.alone, tools)
    reports, found = find_reports(topic, tools, request.scope, REPORT_GAP)
    events = list_events(topic, reports[:MOST_REPORTS], tools)
    events = choose_events(each for each in events if time is None or each.time.covers(time))
    return compose(request.alone, _divide(events), found, rate(reports))


def list_events(topic: str, reports: Iterable[Report], tools: Tools) -> list[Event]:
    """Return the dated sentences of the reports that stand alone and are near enough to the topic."""
    terms = list_content(topic)
    dated: list[tuple[PartialDate, Sentence, bool]] = []
    for report in reports:
        for each in report.sentences:
            is_lead = each == report.lead
            time = find_day(each.text, each.source.published)
            if time is None and is_lead and terms & list_content(each.text):
                time = _find_publication(each)
            if time and (is_lead or each.stands_alone) and has_event(topic, each):
                dated.append((time, each, is_lead))
    texts = [f"{each.source.title}\n{each.text}" for _, each, _ in dated]
    alike = tools.compare(topic, texts) if texts else []
    least = NEAR * max(alike, default=0.0)
    return [
        Event(time, each, like + LEAD * is_lead)
        for (time, each, is_lead), like in zip(dated, alike, strict=True)
        if like >= (least / 2 if is_lead else least)
    ]


def has_event(topic: str, sentence: Sentence) -> bool:
    """Whether a sentence tells of an event of the kind, and of those, that the topic names; others name no kind."""
    if not _MEETING.search(topic):
        return True
    text = f"{sentence.source.title}\n{sentence.text}"
    return bool(_MEETING.search(sentence.text)) and not find_foreign(topic, text)


def choose_events(events: Iterable[Event]) -> list[Event]:
    """Return the events most to the point, in order, of twelve days at most, and each told once on its day."""
    ranked = sorted(
        events,
        key=lambda each: (LOOKS_BACK * _looks_back(each) - each.weight, each.sentence.source.id, each.sentence.index),
    )
    exact = {each.order for each in ranked if each.time.day}
    days: dict[tuple[int, int, int], list[Event]] = {}
    for event in ranked:
        told = days.get(event.order, [])
        is_new = not told and len(days) < MOST_DAYS and (event.time.day or len(exact) < FEW_DAYS)
        sources = [each.sentence.source.id for each in told]
        is_other = 0 < len(told) < MOST_OF_DAY and event.sentence.source.id not in sources and not _looks_back(event)
        if is_new or (is_other and not is_said(event.sentence.text, (each.sentence.text for each in told))):
            days[event.order] = [*told, event]
    return [event for order in sorted(days) for event in days[order]]


def write_time(time: PartialDate) -> str:
    """Return a day, a month or a year as people write it."""
    if time.year and time.month and time.day:
        return format_date(date(time.year, time.month, time.day))
    return f"{MONTHS[time.month - 1]} {time.year}" if time.month else str(time.year)


def _divide(events: Iterable[Event]) -> list[Section]:
    days: dict[tuple[int, int, int], list[Event]] = {}
    for event in events:
        days.setdefault(event.order, []).append(event)
    return [Section(write_time(told[0].time), tuple(each.sentence for each in told)) for told in days.values()]


def _find_publication(sentence: Sentence) -> PartialDate | None:
    published = sentence.source.published
    return PartialDate(published.year, published.month, published.day) if published else None


def _looks_back(event: Event) -> bool:
    published, period = event.sentence.source.published, event.time.period
    return bool(published and period and (published - period[0]).days > SOON)
