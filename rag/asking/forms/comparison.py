"""A comparison: what the articles say of each side, from a search of its own, side by side."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.article import format_date
from rag.answer import NOT_FOUND, Answer, Quote, ScoredPassage, Status
from rag.asking.forms.digests.reports import is_quotable, is_said, stands_alone
from rag.asking.forms.form import Request, Tools
from rag.asking.forms.joining import join_answers
from rag.asking.grammar.comparing import Sides, find_sides
from rag.asking.quoting import number_sources
from rag.english.dates import PartialDate, list_dates, list_reported, measure_fit
from rag.english.names import find_foreign
from rag.english.terms import list_terms

MOST_SENTENCES = 3
"""Of one side."""
SLACK = 0.16
"""How much less to the point than the best sentence of a side another may be. By hand, as the following."""
LEAD, NAMED, BOTH = 0.15, 0.1, 0.1
"""How much more the first sentence of an article counts, one that names the side, and one that names both."""
DATED = 0.3
"""How much more a sentence of the day counts that the side is named with, and how much less one of another day."""
LEAST_LIKENESS, SURE_LIKENESS = 0.3, 0.65
"""From the first on a sentence is quoted, and an answer is confident; from the second on it is as sure as it can be."""
LEAST_CONFIDENCE, MOST_CONFIDENCE = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence of an article that names a side: where it stands, and how much it is to the point."""

    found: ScoredPassage
    start: int
    text: str
    weight: float

    @property
    def order(self) -> tuple[str, str, int]:
        """What sentences of a side are sorted by: day, article, place."""
        return str(self.found.source.published or ""), self.found.source.id, self.start


def compare_sides(request: Request, tools: Tools) -> Answer:
    """Answer with one part a side, below the sentence that compares both, if there is one."""
    sides = find_sides(request.alone)
    if sides is None:
        return tools.answer(request.alone, request.scope)
    one, other = sides.names
    told = [(name, _tell(name, rival, sides, request, tools)) for name, rival in ((one, other), (other, one))]
    headed = [(_write_heading(name, answer), answer) for name, answer in told]
    both = _find_both(sides, request, tools)
    if both is None:
        return join_answers(request.alone, headed)
    rest = [(heading, _leave_out(both.quotes[0], answer)) for heading, answer in headed]
    return join_answers(request.alone, [(f"{_capitalize(one)} and {other}", both), *rest])


def _leave_out(quote: Quote, answer: Answer) -> Answer:
    """Return an answer without the quote, if there are others."""
    kept = tuple(each for each in answer.quotes if (each.article_id, each.start) != (quote.article_id, quote.start))
    return replace(answer, quotes=kept or answer.quotes)


def _find_both(sides: Sides, request: Request, tools: Tools) -> Answer | None:
    """Return the sentence that answers the question and names both sides; None if there is none for sure."""
    plain = tools.answer(request.alone, request.scope)
    is_direct = plain.status is Status.ANSWERED and all(_names(name, plain.quotes[0].text) for name in sides.names)
    return replace(plain, quotes=plain.quotes[:1], notice="") if is_direct else None


def _tell(name: str, rival: str, sides: Sides, request: Request, tools: Tools) -> Answer:
    """Return what the articles say of one side: the sentences that name it and are most to the point, by day."""
    passages = tools.find(sides.describe(name), request.scope)
    chosen = sorted(choose_mentions(_weigh(name, rival, sides, passages, tools)), key=lambda each: each.order)
    chosen = list(map(_go_on, chosen)) if len(chosen) == 1 else chosen
    best = max((each.weight for each in chosen), default=0.0)
    nothing = Answer(request.alone, NOT_FOUND, "", (), (), 1 - MOST_CONFIDENCE, Status.NOT_FOUND, tuple(passages), 0.0)
    return _cite(nothing, chosen, _rate(best)) if chosen else nothing


def _weigh(name: str, rival: str, sides: Sides, passages: Iterable[ScoredPassage], tools: Tools) -> list[Mention]:
    """Return the sentences that stand alone and name the side, or whose title does."""
    dates = list_dates(name)
    named = [
        Mention(found, found.passage.start + start, text, _add_weight(name, rival, dates, found, start, text))
        for found in passages
        for start, text in ((start, found.passage.text[start:end]) for start, end in found.passage.sentences)
        if _is_about(name, rival, found.source.title, text)
    ]
    if not named:
        return []
    alike = tools.compare(sides.describe(name), [f"{each.found.source.title}\n{each.text}" for each in named])
    if sides.topic:
        to_topic = tools.compare(sides.topic, [each.text for each in named])
        alike = [(one + other) / 2 for one, other in zip(alike, to_topic, strict=True)]
    return [replace(each, weight=each.weight + likeness) for each, likeness in zip(named, alike, strict=True)]


def _is_about(name: str, rival: str, title: str, text: str) -> bool:
    """Whether a sentence stands alone and names the side, or its title does and the sentence names no other."""
    if not (stands_alone(text) and is_quotable(text)):
        return False
    return _names(name, text) or (_names(name, f"{title}\n{text}") and not _names(rival, text))


def _add_weight(
    name: str, rival: str, dates: Sequence[PartialDate], found: ScoredPassage, start: int, text: str
) -> float:
    """Return what a sentence counts beside its likeness."""
    weight = LEAD * (found.passage.start + start == 0) + _names(name, text) * (NAMED + BOTH * _names(rival, text))
    if dates:
        published = found.source.published
        weight += DATED * measure_fit(dates, list_dates(text, published), list_reported(published), [])
    return weight


def _names(name: str, text: str) -> bool:
    """Whether the text has the names in the name of a side, and the noun at its end."""
    plain = re.sub(r" (?:on|in|of|at|from|for|to|by)\b.*", "", name)
    return not find_foreign(f"about {name}", text) and list_terms(plain.split()[-1]) <= list_terms(text)


def choose_mentions(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the few sentences that are most like what is asked, each of which says something else."""
    ranked = sorted(mentions, key=lambda each: (-each.weight, *each.order))
    least = max(LEAST_LIKENESS, ranked[0].weight - SLACK) if ranked else 0.0
    chosen: list[Mention] = []
    for each in ranked:
        same_day = (one.text for one in chosen if one.found.source.published == each.found.source.published)
        if each.weight >= least and len(chosen) < MOST_SENTENCES and not is_said(each.text, same_day):
            chosen.append(each)
    return chosen


def _go_on(mention: Mention) -> Mention:
    """Return the sentence with the one behind it, where that goes on about the same: "It burned ..."."""
    passage, start = mention.found.passage, mention.start - mention.found.passage.start
    behind = next((place for place in passage.sentences if place[0] > start), None)
    goes_on = behind is not None and not stands_alone(passage.text[slice(*behind)])
    return replace(mention, text=passage.text[start : behind[1]]) if behind and goes_on else mention


def _rate(weight: float) -> float:
    share = min(1.0, max(0.0, (weight - LEAST_LIKENESS) / (SURE_LIKENESS - LEAST_LIKENESS)))
    return LEAST_CONFIDENCE + share * (MOST_CONFIDENCE - LEAST_CONFIDENCE)


def _cite(nothing: Answer, chosen: Sequence[Mention], confidence: float) -> Answer:
    citations = number_sources((each.found.source, each.found.story) for each in chosen)
    quotes = tuple(
        Quote(
            each.found.source.id,
            each.start,
            each.start + len(each.text),
            each.text,
            citations[each.found.source.id].number,
            confidence,
        )
        for each in chosen
    )
    return replace(
        nothing,
        quotes=quotes,
        citations=tuple(citations.values()),
        confidence=confidence,
        status=Status.ANSWERED,
    )


def _write_heading(name: str, answer: Answer) -> str:
    """Return the side's name, and the day where all that is said of it was published on one."""
    days = {citation.source.published for citation in answer.citations}
    day = f" ({format_date(days.pop())})" if len(days) == 1 and None not in days and not list_dates(name) else ""
    return f"{_capitalize(name)}{day}"


def _capitalize(name: str) -> str:
    return name[:1].upper() + name[1:]
