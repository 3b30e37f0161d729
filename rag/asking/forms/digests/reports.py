"""The articles about a topic, sentence by sentence: what summaries, timelines and the latest news are made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Offsets, Source
from corpus.cleaning.furniture import Kind as LineKind
from corpus.cleaning.furniture import judge
from rag.answer import ScoredPassage
from rag.asking.forms.form import Tools
from rag.english.names import find_foreign
from rag.english.terms import list_content
from rag.question import EVERYTHING, Scope

POOL = 40
"""Passages that are looked through for articles about a topic."""
LEAST_RELEVANCE = 0.4
"""The least score of retrieval that the best passage of an article about a topic has. By hand, on 40 topics that the
starter articles report on and 20 that they do not."""
LEAST_OF_ALL = 0.25
"""The same where that passage and the title have every word of the topic."""
RELEVANCE_GAP = 0.16
"""How far below the best article another may be. By hand, on the same topics."""
MOST_MENTIONS = 3
"""Sentences of an article that mentions the topic, but is not about it."""
LEADING = 3
"""Sentences at the beginning, one of which is the lead."""
HEAD = 5
"""Sentences at the beginning, which name what the article is about."""
FULL_RELEVANCE = 0.7
"""More than this is only the title's having the words of the topic; the others are not compared with that."""
LEAST_WORDS = 5
"""Fewer are a heading, a caption or an interjection."""

_LEANING = re.compile(
    r"\W*(?:he|she|it|they|this|that|these|those|his|her|its|their|him|them|both|such|there|here|and|but|or|so|yet|also"
    r"|however|nevertheless|meanwhile|instead|otherwise|then|thus|therefore|another|others?|neither|none|some|most|few"
    r"|the (?:former|latter|same|two|three|other|others|move|decision|step|result|comments?|remarks)"
    r"|on the same|at the same|a day (?:earlier|later)|the (?:next|following|previous) (?:day|week|month|year))\b",
    re.IGNORECASE,
)
"""How a sentence begins that needs the one before it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: `place` is where it stands in its text, `index` its number there.

    `span` is where the short answer stands in the sentence, if it does.
    """

    source: Source
    place: Offsets
    text: str
    index: int
    story: int | None = None
    span: Offsets | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without the sentence before it."""
        return not _LEANING.match(self.text)


@dataclass(frozen=True, slots=True)
class Report:
    """An article about a topic: its quotable sentences in order, at least one, and how relevant it is."""

    source: Source
    sentences: tuple[Sentence, ...]
    relevance: float
    story: int | None = None

    @property
    def day(self) -> date:
        """When it was published; the first of all days where that is unknown."""
        return self.source.published or date.min

    def write(self, sentences: int | None = None) -> str:
        """Return the title and the text of so many sentences, or all, one on each line."""
        return "\n".join([self.source.title, *(each.text for each in self.sentences[:sentences])])

    @property
    def lead(self) -> Sentence:
        """The sentence at the beginning that says what the title does: the first, unless another has two words more."""
        title = list_content(self.source.title)
        first, *others = self.sentences[:LEADING]
        able = [first, *(each for each in others if each.stands_alone)]
        return max(able, key=lambda each: (len(title & list_content(each.text)) - 2 * each.index, -each.index))

    def open_on(self, topic: str) -> tuple[Sentence, ...]:
        """Return the lead; or, if the beginning has no word of the topic, up to three other sentences that have."""
        terms = list_content(topic)
        told = {each: len(terms & list_content(each.text)) for each in self.sentences}
        if terms & list_content(self.write(LEADING)) or not any(told.values()):
            return (self.lead,)
        most = sorted(filter(told.__getitem__, told), key=lambda each: (not each.stands_alone, -told[each], each.index))
        return tuple(most[:MOST_MENTIONS])


def find_reports(
    topic: str, tools: Tools, scope: Scope = EVERYTHING, gap: float = RELEVANCE_GAP
) -> tuple[list[Report], tuple[ScoredPassage, ...]]:
    """Return the articles about a topic, the most relevant first, and all passages looked through.

    Of each story it is the first article. The best passage of each is at most `gap` less relevant than the very best.
    """
    found = tools.find(topic, scope, POOL)
    best: dict[str, ScoredPassage] = {}
    for each in found:
        best.setdefault(each.source.id, each)
    least = min(FULL_RELEVANCE, max((each.score for each in found), default=0.0)) - gap
    terms = list_content(topic)
    told: dict[int | str, Report] = {}
    for each in best.values():
        key = each.story or each.source.id
        is_near = each.score >= max(least, LEAST_RELEVANCE if terms - _list_said(each) else LEAST_OF_ALL)
        report = read_report(each, tools) if is_near else None
        if report and (key not in told or report.day < told[key].day):
            told[key] = replace(report, relevance=max(report.relevance, told.get(key, report).relevance))
    return _keep_named(topic, list(told.values())), tuple(found)


def read_report(found: ScoredPassage, tools: Tools) -> Report | None:
    """Return the article of a passage with its quotable sentences; None if it has none, or is gone."""
    sentences: list[Sentence] = []
    index = 0
    for embedded in tools.retriever.catalog.read_embedded(found.source.id):
        passage = embedded.passage
        for start, end in passage.sentences:
            text = passage.text[start:end]
            place = passage.start + start, passage.start + end
            if is_quotable(text):
                sentences.append(Sentence(found.source, place, text, index, found.story))
                index += 1
    return Report(found.source, tuple(sentences), found.score, found.story) if sentences else None


def is_quotable(text: str) -> bool:
    """Whether a text is a whole sentence of prose, and not furniture of a page."""
    is_whole = text.rstrip("\"'\u201d\u2019)]")[-1:] in (".", "!") and len(text.split()) >= LEAST_WORDS
    return is_whole and "\n" not in text and judge(text) is LineKind.SENTENCE


def _list_said(found: ScoredPassage) -> frozenset[str]:
    return list_content(f"{found.source.title}\n{found.passage.text}")


def _keep_named(topic: str, reports: Sequence[Report]) -> list[Report]:
    """Keep the articles that name what the topic names: at their beginning, if any does there."""
    for sentences in (HEAD, None):
        kept = [report for report in reports if not find_foreign(f"about {topic}", report.write(sentences))]
        if kept:
            return kept
    return []
