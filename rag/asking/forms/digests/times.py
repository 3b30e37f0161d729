"""What the articles of a day, a month or a year report."""

import re
from dataclasses import replace

from rag.answer import Answer, ScoredPassage
from rag.asking.forms.digests.composing import SURE, Section, compose
from rag.asking.forms.digests.reports import POOL, Sentence, list_best, read_reports
from rag.asking.forms.form import Request, Tools
from rag.english.dates import PartialDate, list_dates
from rag.english.days import find_day
from rag.question import EVERYTHING, Scope

MOST_REPORTED = 7
"""Sentences on one time."""

_BEFORE_TIME = re.compile(
    r"\s*\b(?:on|in|of|at|during|from|the|\w+day,?|early|late|week|month|year)\s*\Z", re.IGNORECASE
)
_SINCE = re.compile(
    r"\s*\b(?:since|from)(?: (?:early|late|mid|the (?:start|beginning|end) of|\w+day,?))?\s*\Z", re.IGNORECASE
)


def split_time(topic: str, tools: Tools) -> tuple[str, PartialDate | None]:
    """Return a topic without the time that it names, and that time; a year it lacks is taken from the articles."""
    dates = list_dates(topic)
    if not dates:
        return topic, None
    begin, end = dates[0].start, dates[-1].place[1]
    before = topic[:begin]
    while shorter := _BEFORE_TIME.search(before):
        before = before[: shorter.start()]
    time = find_year(dates[0], tools)
    return f"{before} {topic[end:]}".strip(" ,"), time if time.period else None


def find_year(time: PartialDate, tools: Tools) -> PartialDate:
    """Return the date with the last year in which articles report on it, if it has no year; without any, as it is."""
    catalog = tools.retriever.catalog
    collection = catalog.read_collection()
    if time.year or not (collection.oldest and collection.newest):
        return time
    years = range(collection.newest.year, collection.oldest.year - 1, -1)
    dated = (replace(time, year=year) for year in years)
    return next((each for each in dated if catalog.list_ids(limit_to_time(EVERYTHING, each))), time)


def limit_to_time(scope: Scope, time: PartialDate) -> Scope:
    """Return the part of the scope that was published then, or so soon after that it reports on it."""
    since, until = time.period if time.period else (scope.since, scope.until)
    begin = max(filter(None, (since, scope.since)), default=None)
    end = min(filter(None, (until, scope.until)), default=None)
    return replace(scope, since=begin, until=end)


def limit_to_since(topic: str, scope: Scope, tools: Tools) -> tuple[str, Scope]:
    """Return a topic without "since May" in it, and the part of the scope that was published from then on."""
    for one in list_dates(topic):
        cue, time = _SINCE.search(topic, 0, one.start), find_year(one, tools)
        if cue and time.period:
            rest = f"{topic[: cue.start()]} {topic[one.place[1] :]}".strip(" ,")
            return rest, replace(scope, since=max(filter(None, (time.period[0], scope.since))))
    return topic, scope


def report_time(time: PartialDate, request: Request, tools: Tools) -> Answer:
    """Answer with the leads that report on the time; without any, with what other articles say that happened then."""
    found = _find_within(limit_to_time(request.scope, time), request.alone, tools)
    leads = [report.lead for report in read_reports(list_best(found), tools) if _is_of(report.lead, time)]
    if not leads:
        found = tools.find(request.alone, request.scope, POOL)
        reports = read_reports(list_best(found), tools)
        leads = [each for report in reports for each in report.sentences if _names(each, time)]
    chosen = sorted(leads[:MOST_REPORTED], key=lambda each: (str(each.source.published), each.source.id, each.index))
    return compose(request.alone, [Section("", tuple(chosen))] if chosen else [], found, SURE)


def _find_within(scope: Scope, question: str, tools: Tools) -> list[ScoredPassage]:
    if scope.since and scope.until and scope.since > scope.until:
        return []
    return tools.find(question, scope, POOL)


def _is_of(sentence: Sentence, time: PartialDate) -> bool:
    """Whether a lead reports on the time: by its own words, or else by its publication."""
    published = sentence.source.published
    told = find_day(sentence.text, published)
    if told is None and published:
        told = PartialDate(published.year, published.month, published.day)
    return bool(told and told.covers(time))


def _names(sentence: Sentence, time: PartialDate) -> bool:
    told = find_day(sentence.text, sentence.source.published)
    return bool(told and told.covers(time) and sentence.stands_alone)
