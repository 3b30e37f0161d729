"""The parts of the chat as HTML."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.article import Article, Offsets, Source
from rag.answer import NOT_FOUND, Answer, Claim, Quote, ScoredPassage, Verdict
from rag.english.terms import list_terms
from rag.question import GATHERED, MAX_CHARACTERS, Scope
from rag.web import wording
from rag.web.chat.citing import write_apa, write_bibtex, write_quote
from rag.web.chat.exchange import LOST, Conversation, Exchange, find_span
from rag.web.chat.export import write_markdown, write_plain
from rag.web.render import render
from rag.web.segments import Segment, highlight

CLOSEST_PASSAGES = 3
SNIPPET_CHARACTERS = 240
CITED_AS = {"Plain text": write_plain, "Markdown": write_markdown, "APA": write_apa, "BibTeX": write_bibtex}
"""The styles in which an answer and its sources can be copied."""
_CONSTANTS = {
    "is_left_out": lambda claim: claim.verdict is Verdict.UNSUPPORTED,
    "is_unchecked": lambda claim: claim.verdict is Verdict.UNCHECKED,
    "write_plain": write_plain,
    "write_quote": write_quote,
    "cited_as": CITED_AS,
    "words": wording,
    "lost": LOST,
    "not_found": NOT_FOUND,
    "gathered": GATHERED,
}
"""What the template of a conversation needs beside the conversation."""


@dataclass(frozen=True, slots=True)
class Card:
    """A numbered source of an answer, and the quote that it opens at: `Card(1, source, quote, "3 weeks ago")`."""

    number: int
    source: Source
    quote: Quote
    age: str
    twin: int | None = None
    """The number of an earlier source with the same story."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that came close, and its sentence most like the question: `Passage(source, (57, 70), "It rained.")`."""

    source: Source
    place: Offsets
    snippet: str


def render_conversation(
    conversation: Conversation,
    examples: Sequence[str],
    *,
    name: str = "",
    titles: Mapping[str, str] = {},
    can_save: bool = False,
    watched: Collection[str] | None = None,
    is_empty: bool = False,
) -> str:
    """Return the questions and answers so far.

    Args:
        conversation: The exchanges, oldest first.
        examples: Questions that are offered while there is no exchange.
        name: The name under which the conversation is kept, which is in its address; empty while it is not.
        titles: Titles of the articles that were asked alone, by their ids.
        can_save: Whether answers can be saved as cases.
        watched: The questions that the visitor watches; None where none can be.
        is_empty: Whether there are no articles, so that the page says how to add some.
    """
    return render(
        "chat/conversation.html",
        conversation=conversation,
        name=name,
        titles=titles,
        examples=examples,
        can_save=can_save,
        watched=watched,
        is_empty=is_empty,
        is_busy=any(exchange.is_open for exchange in conversation),
        list_cards=list_cards,
        list_closest=list_closest,
        highlight_span=highlight_span,
        list_cited=list_cited,
        find_source=find_source,
        **_CONSTANTS,
    )


def render_composer(
    scope: Scope,
    outlets: Mapping[str, int],
    topics: Mapping[str, int],
    titles: Mapping[str, str] = {},
    change: int = 0,
) -> str:
    """Return the question box with its filters.

    Args:
        scope: The filters in force.
        outlets: The outlets to choose from, each with its number of articles.
        topics: The topics to choose from, each with its number of articles.
        titles: Titles of the articles that are asked alone, by their ids.
        change: The number of the visitor's change that gave the filters in force.
    """
    return render(
        "chat/composer.html",
        scope=scope,
        limits=wording.list_limits(scope, titles),
        outlets=outlets,
        topics=topics,
        change=change,
        most=MAX_CHARACTERS,
    )


def render_article(article: Article, quotes: Sequence[Quote], active: Offsets, today: date, number: int = 0) -> str:
    """Return a whole article with highlights.

    Args:
        article: The article.
        quotes: Quotes of an answer; those from this article are highlighted.
        active: Where the chosen quote stands, which is highlighted most.
        today: The day that the article's age is counted to.
        number: The number of the exchange that it was opened from, which is in its address.
    """
    quoted = [((quote.start, quote.end), "quoted") for quote in quotes if quote.article_id == article.id]
    segments = highlight(article.text, [*quoted, (active, "active")])
    age = wording.describe_age(article.published, today)
    return render(
        "chat/article.html",
        article=article,
        segments=segments,
        active=active,
        age=age,
        number=number,
        scanned=wording.SCANNED,
    )


def find_source(answer: Answer, quote: Quote) -> Source:
    """Return the source of a quote."""
    return next(citation.source for citation in answer.citations if citation.number == quote.citation)


def list_cards(answer: Answer) -> list[Card]:
    """Return the sources of an answer; a near-duplicate of an earlier one has its number as `twin`."""
    first: dict[int, int] = {}
    cards = []
    for citation in answer.citations:
        twin = first.setdefault(citation.story, citation.number) if citation.story else citation.number
        quote = next(quote for quote in answer.quotes if quote.citation == citation.number)
        age = wording.describe_age(citation.source.published, date.today())
        cards.append(Card(citation.number, citation.source, quote, age, None if twin == citation.number else twin))
    return cards


def list_closest(exchange: Exchange) -> list[Passage]:
    """Return the passages that came closest to an answer, one of each article."""
    considered = exchange.answer.considered if exchange.answer else ()
    first = {found.source.id: found for found in reversed(considered)}
    best = [first[id] for id in dict.fromkeys(found.source.id for found in considered)]
    return [_make_passage(found, exchange.question) for found in best[:CLOSEST_PASSAGES]]


def list_cited(claim: Claim, answer: Answer) -> Iterator[Quote]:
    """Yield the quotes that support a claim, one of each source."""
    quotes = [answer.quotes[position] for position in claim.quotes if position < len(answer.quotes)]
    first = {quote.citation: quote for quote in reversed(quotes)}
    return (first[number] for number in dict.fromkeys(quote.citation for quote in quotes))


def highlight_span(answer: Answer, quote: Quote) -> list[Segment]:
    """Return a quote in pieces, with the short answer highlighted unless it is the whole quote."""
    span = find_span(answer, quote)
    return highlight(quote.text, [(span, "span")] if span and span != (0, len(quote.text)) else [])


def _make_passage(found: ScoredPassage, question: str) -> Passage:
    passage, asked = found.passage, list_terms(question)
    sentences = passage.sentences or ((0, len(passage.text)),)
    start, end = max(sentences, key=lambda place: len(asked & list_terms(passage.text[slice(*place)])))
    text = passage.text[start:end]
    snippet = text if len(text) <= SNIPPET_CHARACTERS else text[:SNIPPET_CHARACTERS].rsplit(" ", 1)[0] + "…"
    return Passage(found.source, (passage.start + start, passage.start + end), snippet)
