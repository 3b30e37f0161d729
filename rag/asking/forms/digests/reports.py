"""The articles about a topic, sentence by sentence: what summaries, timelines and the latest news are made of."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

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
MOST_SAID = 0.5
"""A sentence that shares more than this of its words with one that was chosen says nothing new. By hand."""
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

_CALL = re.compile(
    r"\W*(?:sign up|subscribe|follow|click|tap|turn to|tune in|watch|listen|download|join|register|editor.s note"
    r"|see also|read (?:more|our|the|here)|get (?:our|the|your)|this (?:story|article|post|piece) (?:is|was|has|first)"
    r"|a version of this)\b|.*\b(?:your inbox|newsletter|just watched)\b",
    re.IGNORECASE,
)
"""What is said to readers, not of the news."""


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
        return stands_alone(self.text)


@dataclass(frozen=True, slots=True)
class Report:
    """An article about a topic: its quotable sentences in order, at least one, its lead, and how relevant it is."""

    source: Source
    sentences: tuple[Sentence, ...]
    lead: Sentence
    relevance: float
    story: int | None = None

    @property
    def day(self) -> date:
        """When it was published; the first of all days where that is unknown."""
        return self.source.published or date.min

    def write(self, sentences: int | None = None) -> str:
        """Return the title and the text of so many sentences, or all, one on each line."""
        return "\n".join([self.source.title, *(each.text for each in self.sentences[:sentences])])

    def opens_on(self, topic: str) -> bool:
        """Whether title and beginning have more than half of a topic's words, and so are about it."""
        terms = list_content(topic)
        return 2 * len(terms & list_content(self.write(LEADING))) > len(terms)

    def open_on(self, topic: str) -> tuple[Sentence, ...]:
        """Return the lead; or, if the beginning is not about the topic, up to three other sentences with its words."""
        terms = list_content(topic)
        told = {each: len(terms & list_content(each.text)) for each in self.sentences}
        begin = "\n".join(each.text for each in self.sentences[:LEADING])
        is_about = terms & list_content(begin) and not find_foreign(f"about {topic}", begin)
        if is_about or not any(told.values()):
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
    least = min(FULL_RELEVANCE, max((each.score for each in found), default=0.0)) - gap
    terms = list_content(topic)
    near = [
        each
        for each in list_best(found)
        if each.score >= max(least, LEAST_OF_ALL if _says(topic, each) else LEAST_RELEVANCE)
    ]
    return _keep_named(topic, read_reports(near, tools, terms)), tuple(found)


def list_best(found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Return the best passage of each article, the best first; of copies of one story, that of the first article."""
    best: dict[str, ScoredPassage] = {}
    for each in found:
        best.setdefault(each.source.id, each)
    stories: dict[int | str, ScoredPassage] = {}
    for each in best.values():
        key = each.story or each.source.id
        known = stories.setdefault(key, each)
        if (each.source.published or date.max) < (known.source.published or date.max):
            stories[key] = replace(each, score=max(each.score, known.score))
    return sorted(stories.values(), key=lambda each: (-each.score, each.source.id))


def read_reports(found: Sequence[ScoredPassage], tools: Tools, terms: frozenset[str] = frozenset()) -> list[Report]:
    """Return the articles of these passages that have quotable sentences; one that several have is furniture of a page.

    The lead is one of the first sentences: the one with the most words of the title and of the topic, whose terms are
    given; a word less for each sentence before it.
    """
    articles = [(each, _read_sentences(each, tools)) for each in found]
    counts = Counter(chain.from_iterable({each.text for each in sentences} for _, sentences in articles))
    reports = []
    for each, sentences in articles:
        own = tuple(sentence for sentence in sentences if counts[sentence.text] == 1)
        if own:
            title = list_content(each.source.title)
            able = [sentence for sentence in own[:HEAD] if sentence.stands_alone] or [own[0]]
            lead = max(able, key=lambda one: (_count_said(one, title, terms) - one.index, -one.index))
            reports.append(Report(each.source, own, lead, each.score, each.story))
    return reports


def _read_sentences(found: ScoredPassage, tools: Tools) -> list[Sentence]:
    sentences: list[Sentence] = []
    for embedded in tools.retriever.catalog.read_embedded(found.source.id):
        passage = embedded.passage
        for start, end in passage.sentences:
            text, place = passage.text[start:end], (passage.start + start, passage.start + end)
            if is_quotable(text):
                sentences.append(Sentence(found.source, place, text, len(sentences), found.story))
    return sentences


def _count_said(sentence: Sentence, title: frozenset[str], terms: frozenset[str]) -> int:
    said = list_content(sentence.text)
    return len(said & title) + len(said & terms)


def stands_alone(text: str) -> bool:
    """Whether a sentence can be understood without the one before it."""
    return not _LEANING.match(text)


def is_said(text: str, others: Iterable[str]) -> bool:
    """Whether one of the other sentences says mostly the same."""
    terms = list_content(text)
    said = map(list_content, others)
    return any(len(terms & other) > MOST_SAID * min(len(terms), len(other)) for other in said)


def is_quotable(text: str) -> bool:
    """Whether a text is a whole sentence of prose, and not furniture of a page."""
    if _CALL.match(text) or text[:1].islower():
        return False
    is_whole = text.rstrip("\"'\u201d\u2019)]")[-1:] in (".", "!") and len(text.split()) >= LEAST_WORDS
    return is_whole and "\n" not in text and judge(text) is LineKind.SENTENCE


def _says(topic: str, found: ScoredPassage) -> bool:
    """Whether title and passage have all words of a topic, its names as they are spelled: "Reading" is no "read"."""
    text = f"{found.source.title}\n{found.passage.text}"
    names = (word for word in topic.split() if word[:1].isupper())
    return list_content(topic) <= list_content(text) and all(name in text for name in names)


def _keep_named(topic: str, reports: Sequence[Report]) -> list[Report]:
    """Keep the articles that name what the topic names: at their beginning, if any does there."""
    for sentences in (HEAD, None):
        kept = [report for report in reports if not find_foreign(f"about {topic}", report.write(sentences))]
        if kept:
            return kept
    return []
