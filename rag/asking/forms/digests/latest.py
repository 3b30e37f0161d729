"""How something stands, now or at a time: the newest of what answers, and below it what that replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Source
from rag.answer import Answer, Quote, ScoredPassage, Status
from rag.asking.forms.digests.composing import Section, compose, rate, write_as_of, write_earlier
from rag.asking.forms.digests.reports import Report, Sentence, find_reports
from rag.asking.forms.digests.summary import MOST_OF_ONE, choose_sentences
from rag.asking.forms.digests.times import find_year
from rag.asking.forms.form import Request, Tools
from rag.asking.signals.sameness import agree
from rag.asking.topics import cut_cutoff, cut_now, find_cutoff, find_office, find_wish
from rag.english.days import end_of
from rag.english.terms import list_terms
from rag.question import Scope

MOST_EARLIER = 3
"""What is told of earlier days."""
NEWS = 3
"""Sentences of the newest article."""
SURE_ENOUGH = 0.85
"""An article may answer if its answer has this share of the confidence of the surest. By hand, as the next."""
NEAR_ENOUGH = 0.2
"""Its sentence may be so much less like the question than that which is most."""


def tell_latest(request: Request, tools: Tools) -> Answer:
    """Answer with the newest article that answers, or with the newest ones about the topic, and what was before."""
    wish = find_wish(request.alone)
    if wish and wish.topic:
        return tell_news(wish.topic, request, tools, request.scope)
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
    return tell_news(topic, request, tools, scope, MOST_OF_ONE) if topic else answer_newest(question, tools, scope)


def tell_news(topic: str, request: Request, tools: Tools, scope: Scope, sentences: int = NEWS) -> Answer:
    """Answer with so many sentences of the newest article about the topic, and the leads of those before it."""
    reports, found = find_reports(topic, tools, scope)
    newest, *earlier = sorted(reports, key=lambda each: (each.day, each.relevance), reverse=True) or [None]
    sections = [_head(newest, choose_sentences(topic, [newest], tools)[:sentences])] if newest else []
    sections += [_head(each, each.open_on(topic)[:1], is_earlier=True) for each in earlier[:MOST_EARLIER] if each]
    return compose(request.alone, sections, found, rate(reports))


def answer_newest(question: str, tools: Tools, scope: Scope) -> Answer:
    """Answer a question from the newest article that does, and name the other answers that earlier ones give."""
    found = tools.find(question, scope)
    plain = tools.answer_from(question, found)
    if not plain.is_found:
        return plain
    told = _list_told(question, found, tools)
    if not told or told[0].source.published is None:
        is_office = find_office(question) and not told
        return compose(question, [], plain.considered, 0.0) if is_office else plain
    sections = [told[0].to_section(is_earlier=False)]
    for each in told[1:]:
        if not any(agree(each.answer.answer_span, section.answer) for section in sections):
            sections.append(each.to_section(is_earlier=True))
    newest = compose(question, sections[: 1 + MOST_EARLIER], plain.considered, told[0].answer.confidence)
    return replace(newest, status=told[0].answer.status, notice=plain.notice)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one article answers, and how alike its sentence and the question are."""

    source: Source
    story: int | None
    answer: Answer
    likeness: float

    @property
    def day(self) -> date:
        return self.source.published or date.min

    @property
    def quote(self) -> Quote:
        return next((quote for quote in self.answer.quotes if quote.span), self.answer.quotes[0])

    def to_section(self, *, is_earlier: bool) -> Section:
        """Return the sentence with the answer, under its heading."""
        quote = self.quote
        sentence = Sentence(self.source, (quote.start, quote.end), quote.text, 0, self.story, quote.span)
        return Section(_write_heading(self.source, is_earlier), (sentence,), self.answer.answer_span)


def _list_told(question: str, found: Sequence[ScoredPassage], tools: Tools) -> list[_Told]:
    """Return what those articles answer that are sure and near enough, the newest first, each story when it was new."""
    passages: dict[str, list[ScoredPassage]] = {}
    for each in found:
        passages.setdefault(each.source.id, []).append(each)
    answers = [(parts[0], tools.answer_from(question, parts)) for parts in passages.values()]
    answered = [(part, answer) for part, answer in answers if answer.status is Status.ANSWERED and answer.answer_span]
    quoted = [answer.quotes[0].text for _, answer in answered]
    alike = tools.compare(question, quoted) if quoted else []
    told = [_Told(part.source, part.story, answer, like) for (part, answer), like in zip(answered, alike, strict=True)]
    surest = max((each.answer.confidence for each in told), default=0.0)
    nearest = max((each.likeness for each in told), default=0.0)
    office = list_terms(find_office(question))
    kept = [
        each
        for each in told
        if each.answer.confidence >= SURE_ENOUGH * surest
        and each.likeness >= nearest - NEAR_ENOUGH
        and office <= list_terms(each.quote.text)
    ]
    by_day = sorted(kept, key=lambda each: (each.day, -each.answer.confidence))
    stories: dict[int | str, _Told] = {}
    for each in by_day:
        stories.setdefault(each.story or each.source.id, each)
    return sorted(stories.values(), key=lambda each: (each.day, each.answer.confidence), reverse=True)


def _head(report: Report, sentences: Iterable[Sentence], *, is_earlier: bool = False) -> Section:
    ordered = sorted(sentences, key=lambda each: each.index)
    return Section(_write_heading(report.source, is_earlier), tuple(ordered))


def _write_heading(source: Source, is_earlier: bool) -> str:
    if source.published is None:
        return ""
    return write_earlier(source) if is_earlier else write_as_of(source)
