"""The parts of the chat as HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.article import Article, Offsets, Source
from rag.answer import Answer, Claim, Quote, ScoredPassage, Verdict
from rag.library.words import list_terms
from rag.question import Scope
from rag.web import wording
from rag.web.chat.exchange import LOST, Conversation, Exchange, find_span
from rag.web.chat.export import write_markdown, write_plain
from rag.web.chat.marking import Segment, mark_text
from rag.web.render import render

CLOSEST_PASSAGES = 3
SNIPPET_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Card:
    """A numbered source of an answer, with the quote that it opens at."""

    number: int
    source: Source
    quote: Quote
    age: str
    twin: int | None = None
    """The number of an earlier source that tells the same story."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that came close: its source, where it stands, and the sentence most like the question."""

    source: Source
    place: Offsets
    snippet: str


def render_conversation(
    conversation: Conversation, examples: Sequence[str], *, can_save: bool = False, is_empty: bool = False
) -> str:
    """Return the questions and answers so far; while there are none, examples, or how to add articles."""
    return render(
        "chat/conversation.html",
        conversation=conversation,
        examples=examples,
        can_save=can_save,
        is_empty=is_empty,
        is_busy=any(exchange.is_open for exchange in conversation),
        list_cards=list_cards,
        list_closest=list_closest,
        mark_span=mark_span,
        list_marks=list_marks,
        is_left_out=lambda claim: claim.verdict is Verdict.UNSUPPORTED,
        is_unchecked=lambda claim: claim.verdict is Verdict.UNCHECKED,
        write_plain=write_plain,
        write_markdown=write_markdown,
        words=wording,
        lost=LOST,
    )


def render_composer(scope: Scope, outlets: Mapping[str, int], topics: Mapping[str, int], name: str = "") -> str:
    """Return the question box with the filters in force, and what can be filtered: value -> number of articles."""
    return render(
        "chat/composer.html", scope=scope, limits=wording.list_limits(scope), outlets=outlets, topics=topics, name=name
    )


def render_article(article: Article, quotes: Sequence[Quote], active: Offsets, today: date) -> str:
    """Return the whole article, with the quotes from it marked, and `active` most of all."""
    marks = [((quote.start, quote.end), "quoted") for quote in quotes if quote.article_id == article.id]
    segments = mark_text(article.text, [*marks, (active, "active")])
    age = wording.describe_age(article.published, today)
    return render("chat/article.html", article=article, segments=segments, age=age)


def list_cards(answer: Answer) -> list[Card]:
    """Return the sources of an answer; near-duplicates of an earlier one say so."""
    first: dict[int, int] = {}
    cards = []
    for citation in answer.citations:
        twin = first.setdefault(citation.story, citation.number) if citation.story else citation.number
        quote = next(quote for quote in answer.quotes if quote.citation == citation.number)
        age = wording.describe_age(citation.source.published, date.today())
        cards.append(Card(citation.number, citation.source, quote, age, None if twin == citation.number else twin))
    return cards


def list_closest(exchange: Exchange) -> list[Passage]:
    """Return the passages that came closest, one an article, each with the sentence most like the question."""
    considered = exchange.answer.considered if exchange.answer else ()
    first = {found.source.id: found for found in reversed(considered)}
    best = [first[id] for id in dict.fromkeys(found.source.id for found in considered)]
    return [_make_passage(found, exchange.question) for found in best[:CLOSEST_PASSAGES]]


def list_marks(claim: Claim, answer: Answer) -> Iterator[Quote]:
    """Yield the quotes that a claim rests on, one for each source."""
    quotes = [answer.quotes[position] for position in claim.quotes if position < len(answer.quotes)]
    first = {quote.citation: quote for quote in reversed(quotes)}
    return (first[number] for number in dict.fromkeys(quote.citation for quote in quotes))


def mark_span(answer: Answer, quote: Quote) -> list[Segment]:
    """Cut a quote where the short answer stands in it."""
    span = find_span(answer, quote)
    return mark_text(quote.text, [(span, "span")] if span and span != (0, len(quote.text)) else [])


def _make_passage(found: ScoredPassage, question: str) -> Passage:
    passage, asked = found.passage, list_terms(question)
    sentences = passage.sentences or ((0, len(passage.text)),)
    start, end = max(sentences, key=lambda place: len(asked & list_terms(passage.text[slice(*place)])))
    text = passage.text[start:end]
    snippet = text if len(text) <= SNIPPET_CHARACTERS else text[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0] + "…"
    return Passage(found.source, (passage.start + start, passage.start + end), snippet)
