"""The one JSON form of answers, articles and receipts: printed, sent over HTTP, returned by MCP tools, kept in files.

Each value below is one JSON object that programs get or send. Its fields are the object's keys in their order, and
pydantic makes the JSON schema from the same fields. Programs read the docstrings there, so the usage example is here:

    to_json(describe_answer(chatbot.invoke(Question("Who handed over the US reply?"))))["answer_span"]
    TypeAdapter(AnswerReply).json_schema()
"""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic_core import to_jsonable_python

from corpus.article import Article, Source
from rag.answer import Answer, Quote, ScoredPassage, Status, Usage, Verdict
from rag.library.records import Entry, Outcome, Receipt
from rag.question import Kind

Record = dict[str, Any]
_OPEN = ConfigDict(extra="allow")
"""Later versions may add keys, and a program that checks what it gets must expect that."""

ArticleId = Annotated[str, Field(description="The article's id, as list_articles shows it.")]
Characters = Annotated[int, Field(description="Position in the article's text, in characters.")]
Published = Annotated[str | None, Field(description="Date of publication, like 2022-01-26; null where unknown.")]
Scanned = Annotated[bool, Field(description="Whether a machine read it from pictures (OCR): letters may be wrong.")]
Positions = Annotated[tuple[int, ...], Field(description="Positions in the answer's list of quotes, from 0.")]


@dataclass(frozen=True, slots=True)
class QuoteReply:
    """Words that stand exactly so in an article: its text from `start` to `end`."""

    __pydantic_config__ = _OPEN

    text: str
    article: ArticleId
    start: Characters
    end: Characters
    title: str
    outlet: str
    published: Published
    url: str
    scanned: Scanned
    score: Annotated[float, Field(description="From 0 to 1: how likely it answers; in a search, how well it fits.")]


@dataclass(frozen=True, slots=True)
class ClaimReply:
    """A sentence that a chat model wrote over the quotes, and what its check came to."""

    __pydantic_config__ = _OPEN

    text: str
    quotes: Positions
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class SideReply:
    """One of several answers where sources differ."""

    answer: str
    quotes: Positions


@dataclass(frozen=True, slots=True)
class PartReply:
    """What stands under a heading of its own: one side of a comparison, one day, one of two questions."""

    heading: str
    answer: Annotated[str, Field(description="The part's short answer; may be empty.")]
    quotes: Positions


@dataclass(frozen=True, slots=True)
class TurnArgument:
    """An earlier question and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerReply:
    """An answer made of quotes, or the news that the articles hold none."""

    __pydantic_config__ = _OPEN

    question: str
    searched_for: Annotated[str, Field(description="The question that stands alone, where it is another; else empty.")]
    kind: Annotated[Kind, Field(description="What was asked for, and so the form of the answer.")]
    answer: Annotated[str, Field(description='The quotes with their [n] marks, or "Not in these articles."')]
    status: Annotated[Status, Field(description="unsure: the articles may not answer this; not_found: they do not.")]
    confidence: Annotated[float, Field(description="From 0 to 1: the probability that the answer is right.")]
    quotes: tuple[QuoteReply, ...]
    answer_span: Annotated[
        str, Field(description="The shortest exact answer, a part of a quote, or yes or no; may be empty.")
    ]
    claims: Annotated[tuple[ClaimReply, ...], Field(description="What a chat model wrote, if one is set up.")]
    notice: Annotated[str, Field(description="Why there is less than was asked for, or what to know of it.")]
    sides: Annotated[tuple[SideReply, ...], Field(description="Two answers or more where sources differ, else none.")]
    parts: Annotated[tuple[PartReply, ...], Field(description="What stands under headings of its own; often none.")]
    searches: Annotated[tuple[str, ...], Field(description="What a chat model searched for besides.")]
    usage: Annotated[Usage | None, Field(description="What a chat model did for it; null where none was asked.")]
    retrieved: Annotated[tuple[ArticleId, ...], Field(description="Articles that were considered, best first.")]
    seconds: float


@dataclass(frozen=True, slots=True)
class ArticleReply:
    """An article without its text."""

    __pydantic_config__ = _OPEN

    id: ArticleId
    title: str
    outlet: str
    author: str
    published: Published
    url: str
    topic: str
    state: Annotated[str, Field(description="live; or superseded, which is an earlier version.")]
    version: int
    story: Annotated[int | None, Field(description="The same in articles that tell one story in the same words.")]
    characters: int
    passages: int
    scanned: Scanned


@dataclass(frozen=True, slots=True)
class WholeArticleReply(ArticleReply):
    """An article with its text."""

    language: str
    credits: str
    place: Annotated[str, Field(description="Where it was written, as its dateline says; may be empty.")]
    agency: Annotated[str, Field(description="Which agency it is from, as its dateline says; may be empty.")]
    text: Annotated[str, Field(description="Exactly as it was added: quotes are parts of it.")]


@dataclass(frozen=True, slots=True)
class ReceiptReply:
    """What was done with one article."""

    __pydantic_config__ = _OPEN

    source: str
    id: ArticleId
    state: Annotated[Outcome, Field(description="duplicate: its title and text are here already; failed: see message.")]
    message: str


@dataclass(frozen=True, slots=True)
class RemovalReply(ReceiptReply):
    """What was done with one article that was to be removed."""

    erased: Annotated[bool | None, Field(description="Whether its text has left all files; null: none was removed.")]


@dataclass(frozen=True, slots=True)
class EvaluationReply:
    """What a run over cases came to."""

    report: Annotated[Record, Field(description="As report.json: settings, models, metrics with n, faults.")]
    results: Annotated[
        tuple[Record, ...], Field(description="One for each case: its id, the answer as ask gives it, and scores.")
    ]


def to_json(reply: object) -> Any:
    """Return a value of this module, or a sequence of such, as what `json.dumps` takes."""
    return to_jsonable_python(reply)


def describe_answer(answer: Answer) -> AnswerReply:
    """Return what `ask --json` prints."""
    sources = {citation.number: citation.source for citation in answer.citations}
    return AnswerReply(
        question=answer.question,
        searched_for=answer.searched_for,
        kind=answer.kind,
        answer=answer.text,
        status=answer.status,
        confidence=round(answer.confidence, 4),
        quotes=tuple(_describe_quote(quote, sources[quote.citation]) for quote in answer.quotes),
        answer_span=answer.answer_span,
        claims=tuple(ClaimReply(claim.text, claim.quotes, claim.verdict, claim.reason) for claim in answer.claims),
        notice=answer.notice,
        sides=tuple(SideReply(side.answer, side.quotes) for side in answer.sides),
        parts=tuple(PartReply(part.heading, part.answer, part.quotes) for part in answer.parts),
        searches=answer.searches,
        usage=answer.usage,
        retrieved=tuple(answer.retrieved),
        seconds=round(answer.seconds, 4),
    )


def describe_entry(entry: Entry) -> ArticleReply:
    """Return an article's line of `list --json`."""
    return ArticleReply(**_list_details(entry))


def describe_article(article: Article, entry: Entry) -> WholeArticleReply:
    """Return what `show --json` prints."""
    own = {name: getattr(article, name) for name in ("language", "credits", "place", "agency", "text")}
    return WholeArticleReply(**_list_details(entry), **own)


def describe_passage(found: ScoredPassage) -> QuoteReply:
    """Return a passage that was found, in the form of a quote."""
    passage = found.passage
    quote = Quote(passage.article_id, passage.start, passage.end, passage.text, 0, found.score)
    return _describe_quote(quote, found.source)


def describe_receipt(receipt: Receipt, source: str) -> ReceiptReply:
    """Return a line of `add --json`, or of `remove --json`; `source` says where the article was read."""
    values = source, receipt.id, receipt.outcome, receipt.message
    return ReceiptReply(*values) if receipt.is_erased is None else RemovalReply(*values, receipt.is_erased)


def _list_details(entry: Entry) -> Record:
    own = ("state", "version", "story", "characters", "passages")
    details = {name: getattr(entry.source, name) for name in ("id", "title", "outlet", "author", "url", "topic")}
    made = {"published": _write_day(entry.source), "scanned": entry.source.is_scanned}
    return details | {name: getattr(entry, name) for name in own} | made


def _describe_quote(quote: Quote, source: Source) -> QuoteReply:
    return QuoteReply(
        text=quote.text,
        article=quote.article_id,
        start=quote.start,
        end=quote.end,
        title=source.title,
        outlet=source.outlet,
        published=_write_day(source),
        url=source.url,
        scanned=source.is_scanned,
        score=round(quote.score, 4),
    )


def _write_day(source: Source) -> str | None:
    return source.published.isoformat() if source.published else None
