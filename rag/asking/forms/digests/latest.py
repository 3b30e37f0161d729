"""How something stands, now or at a time: the newest of what answers, and below it what that replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from corpus.article import format_date
from rag.answer import Answer, ScoredPassage
from rag.asking.forms.digests.composing import Section, compose, rate
from rag.asking.forms.digests.newest import Told, find_newest, list_told
from rag.asking.forms.digests.reports import RELEVANCE_GAP, Report, Sentence, find_reports
from rag.asking.forms.digests.summary import MOST_OF_ONE, choose_sentences
from rag.asking.forms.digests.times import find_year, limit_to_since
from rag.asking.forms.form import Request, Tools
from rag.asking.signals.sameness import agree
from rag.asking.signals.updates import head_source
from rag.asking.topics import cut_cutoff, cut_now, find_cutoff, find_office, find_wish
from rag.english.dates import REPORTED_WITHIN
from rag.english.days import end_of
from rag.question import Scope

MOST_EARLIER = 3
"""What is told of earlier days."""
NEWS = 3
"""Sentences of the newest article."""


def tell_latest(request: Request, tools: Tools) -> Answer:
    """Answer with the newest article that answers, or with the newest ones about the topic, and what was before."""
    wish = find_wish(request.alone)
    if wish and wish.topic:
        topic, scope = limit_to_since(wish.topic, request.scope, tools)
        return tell_news(topic, request, tools, scope)
    return answer_newest(cut_now(request.alone), tools, request.scope)


def tell_state(request: Request, tools: Tools) -> Answer:
    """Answer from what was published up to the time that the question names, the newest first."""
    cutoff = find_cutoff(request.alone)
    is_dated = tools.retriever.catalog.read_collection(request.scope).newest is not None
    until = end_of(find_year(cutoff, tools), request.alone) if cutoff and is_dated else None
    if until is None:
        return tools.answer(request.alone, request.scope)
    scope = replace(request.scope, until=min(filter(None, (until, request.scope.until))))
    if scope.since and scope.since > until:
        return compose(request.alone, [], (), 0.0)
    question, topic = cut_cutoff(request.alone)
    if topic:
        return tell_news(topic, request, tools, scope, MOST_OF_ONE)
    return answer_newest(question, tools, scope, _find_late(question, tools, request.scope, until))


def tell_news(topic: str, request: Request, tools: Tools, scope: Scope, most: int = NEWS) -> Answer:
    """Answer with so many sentences of the newest article about the topic, and the leads of those before it."""
    near, found = find_reports(topic, tools, scope)
    least = max((report.relevance for report in near), default=0.0) - RELEVANCE_GAP
    reports = [report for report in near if report.opens_on(topic) or report.relevance >= least]
    by_day = sorted(reports, key=lambda each: (each.day, each.relevance), reverse=True)
    sections = [_head(each, choose_sentences(topic, [each], tools)[:most]) for each in by_day[:1]]
    sections += [_head(each, each.open_on(topic)[:1], is_earlier=True) for each in by_day[1 : 1 + MOST_EARLIER]]
    return compose(request.alone, sections, found, rate(reports))


def _find_late(question: str, tools: Tools, scope: Scope, until: date) -> list[ScoredPassage]:
    """Return passages published so soon after a day that they may report what was known on it."""
    first, last = until + timedelta(days=1), until + timedelta(days=REPORTED_WITHIN)
    begin, end = max(scope.since or first, first), min(scope.until or last, last)
    return tools.find(question, replace(scope, since=begin, until=end)) if begin <= end else []


def answer_newest(question: str, tools: Tools, scope: Scope, late: Sequence[ScoredPassage] = ()) -> Answer:
    """Answer a question from the newest article that does, and name the other answers that earlier ones give.

    Of the late passages, which are published after the scope, only what happened within it counts.
    """
    found = find_newest(question, tools, scope)
    plain = tools.answer_from(question, found)
    told = list_told(question, [*found, *late], tools, scope.until)
    if not plain.is_found and not told:
        return plain
    if not told:
        return compose(question, [], plain.considered, 0.0) if find_office(question) else plain
    newest, *earlier = told
    if newest.source.published is None:
        return plain
    sections = [_tell(newest, scope.until)]
    for each in earlier:
        if not any(agree(each.answer.answer_span, section.answer) for section in sections):
            sections.append(_tell(each, scope.until, is_earlier=True))
    newer = _tell_newer(question, newest, tools, scope)
    sections = [*sections[:1], *newer, *sections[1 : 1 + MOST_EARLIER]]
    answer = compose(question, sections, plain.considered, newest.confidence)
    return replace(answer, status=newest.status, notice=newest.answer.notice)


def _tell(told: Told, until: date | None, *, is_earlier: bool = False) -> Section:
    heading = head_source(told.source, not is_earlier)
    if until is not None and told.day > until:
        heading = f"As of {format_date(until)} ({', '.join(filter(None, _describe(told)))})"
    return Section(heading, (told.sentence,), told.answer.answer_span)


def _tell_newer(question: str, told: Told, tools: Tools, scope: Scope) -> list[Section]:
    """Return the lead of the newest article on the matter, if it is newer than the one that answers."""
    if find_office(question):
        return []
    reports, _ = find_reports(question, tools, replace(scope, since=told.day + timedelta(days=1)))
    others = (each for each in reports if each.story is None or each.story != told.story)
    newest = max((each for each in others if each.opens_on(question)), key=lambda each: each.day, default=None)
    if newest is None:
        return []
    heading = ", ".join(filter(None, ("Newer on this", format_date(newest.source.published), newest.source.outlet)))
    return [Section(heading, newest.open_on(question)[:1])]


def _describe(told: Told) -> tuple[str, str]:
    return told.source.outlet, format_date(told.source.published)


def _head(report: Report, sentences: Iterable[Sentence], *, is_earlier: bool = False) -> Section:
    ordered = sorted(sentences, key=lambda each: each.index)
    return Section(head_source(report.source, not is_earlier), tuple(ordered))
