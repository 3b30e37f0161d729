"""A summary: the leads of the articles about a topic, and the sentences nearest to their middle, by date."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from corpus.article import format_date
from rag.answer import Answer
from rag.asking.forms.digests.composing import Section, compose, rate
from rag.asking.forms.digests.reports import Report, Sentence, find_reports, is_said
from rag.asking.forms.digests.times import limit_to_time, report_time, split_time
from rag.asking.forms.form import Request, Tools
from rag.asking.topics import asks_for_deeds, find_wish
from rag.english.terms import list_content

MOST_SENTENCES = 7
"""In one summary."""
MOST_OF_ONE = 5
"""In the summary of a single article."""
MOST_OF_EACH = 3
"""From one of several articles."""
MOST_COMPARED = 20
"""Sentences of an article, from its beginning: what is central comes early in news."""


def summarize(request: Request, tools: Tools) -> Answer:
    """Answer with the lead of each article about the topic, and the most central of its other sentences.

    What happened on a day, or in a month, is told by the articles of that time.
    """
    wish = find_wish(request.alone)
    topic, time = split_time(wish.topic if wish and wish.topic else request.alone, tools)
    if time and not list_content(topic):
        return report_time(time, request, tools)
    scope = limit_to_time(request.scope, time) if time else request.scope
    reports, found = find_reports(topic, tools, scope)
    if not reports and (time or asks_for_deeds(request.alone)):
        return tools.answer(request.alone, request.scope)
    chosen = choose_sentences(topic, reports[:MOST_SENTENCES], tools)
    return compose(request.alone, divide_by_day(chosen), found, rate(reports))


def choose_sentences(topic: str, reports: Sequence[Report], tools: Tools) -> list[Sentence]:
    """Return the leads, and what else the reports say that is central and new, at most seven sentences."""
    chosen = [each for report in reports for each in report.open_on(topic)][:MOST_SENTENCES]
    central = [report for report in reports if report.lead in chosen]
    most = MOST_OF_EACH if len(reports) > 1 else MOST_OF_ONE
    for sentence in _rank_others(topic, central, tools) if len(chosen) < MOST_SENTENCES else []:
        of_article = sum(each.source.id == sentence.source.id for each in chosen)
        is_known = is_said(sentence.text, (each.text for each in chosen))
        if len(chosen) < MOST_SENTENCES and of_article < most and not is_known:
            chosen.append(sentence)
    return chosen


def _rank_others(topic: str, reports: Sequence[Report], tools: Tools) -> list[Sentence]:
    """Return the sentences besides the leads that stand alone, those most like topic and lead first."""
    ranked: list[tuple[float, int, int, Sentence]] = []
    for number, report in enumerate(reports):
        lead = report.lead
        others = [each for each in report.sentences if each.stands_alone or each.index == lead.index + 1]
        others = [each for each in others if each != lead][:MOST_COMPARED]
        alike = tools.compare(f"{topic}. {report.source.title}", [each.text for each in others]) if others else []
        ranked += [(-like, number, each.index, each) for each, like in zip(others, alike, strict=True)]
    return [each for *_, each in sorted(ranked, key=lambda item: item[:3])]


def divide_by_day(chosen: Iterable[Sentence]) -> list[Section]:
    """Return the sentences in the order of date and text, under the days of publication if there are several."""
    ordered = sorted(chosen, key=lambda each: (_find_day(each), each.source.id, each.index))
    days = [(day, tuple(group)) for day, group in groupby(ordered, key=_find_day)]
    if len(days) < 2:
        return [Section("", tuple(ordered))] if ordered else []
    return [Section(format_date(day) if day > date.min else "Undated", group) for day, group in days]


def _find_day(sentence: Sentence) -> date:
    return sentence.source.published or date.min
