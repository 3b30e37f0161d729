"""What programs get back: the records of `rag.wire`, with types and descriptions that a program can read."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

_OPEN = ConfigDict(extra="allow")
"""A record may grow: what is not described here is handed on all the same."""

ArticleId = Annotated[str, Field(description="The article's id, as list_articles shows it.")]
Characters = Annotated[int, Field(description="Position in the article's text, in characters.")]
Published = Annotated[str | None, Field(description="Date of publication, like 2022-01-26; null where unknown.")]


class QuoteReply(TypedDict):
    """Words that stand exactly so in an article: its text from `start` to `end`."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    text: str
    article: ArticleId
    start: Characters
    end: Characters
    title: str
    outlet: str
    published: Published
    url: str
    score: Annotated[float, Field(description="From 0 to 1: how likely it answers; in a search, how well it fits.")]


Positions = Annotated[list[int], Field(description="Positions in the answer's list of quotes, from 0.")]


class ClaimReply(TypedDict):
    """A sentence that a chat model wrote over the quotes, and what its check came to."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    text: str
    quotes: Positions
    verdict: Literal["unchecked", "supported", "repaired", "unsupported"]
    reason: str


class SideReply(TypedDict):
    """One of several answers where sources disagree."""

    answer: str
    quotes: Positions


class TurnArgument(TypedDict):
    """An earlier question and its answer."""

    question: str
    answer: str


class AnswerReply(TypedDict):
    """An answer made of quotes, or the news that the articles hold none."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    question: str
    searched_for: Annotated[str, Field(description="The question that stands alone, where it is another; else empty.")]
    answer: Annotated[str, Field(description='The quotes with their [n] marks, or "Not in these articles."')]
    status: Annotated[
        Literal["answered", "unsure", "not_found"],
        Field(description="unsure: the articles may not answer this; not_found: they do not."),
    ]
    confidence: Annotated[float, Field(description="From 0 to 1: the probability that the answer is right.")]
    quotes: list[QuoteReply]
    answer_span: Annotated[str, Field(description="The shortest exact answer, a part of a quote; may be empty.")]
    claims: Annotated[list[ClaimReply], Field(description="What a chat model wrote, if one is set up.")]
    notice: Annotated[str, Field(description="Why there is less than was asked for, if so.")]
    sides: Annotated[list[SideReply], Field(description="Two answers or more where sources disagree, else none.")]
    retrieved: Annotated[list[ArticleId], Field(description="Articles that were considered, best first.")]
    seconds: float


class ArticleReply(TypedDict):
    """An article without its text."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    id: ArticleId
    title: str
    outlet: str
    author: str
    published: Published
    url: str
    topic: str
    state: Annotated[str, Field(description="live; or superseded, which is an earlier version.")]
    version: int
    story: Annotated[
        int | None, Field(description="The same in articles that tell one story in mostly the same words.")
    ]
    characters: int
    passages: int


class WholeArticleReply(ArticleReply):
    """An article with its text."""

    language: str
    credits: str
    text: Annotated[str, Field(description="Exactly as it was added: quotes are parts of it.")]


class ReceiptReply(TypedDict):
    """What was done with one article."""

    __pydantic_config__ = _OPEN  # type: ignore[misc]

    source: str
    id: ArticleId
    state: Annotated[
        Literal["added", "replaced", "unchanged", "duplicate", "removed", "failed"],
        Field(description="duplicate: an article with this title and text is here already; failed: see the message."),
    ]
    message: str


class EvaluationReply(TypedDict):
    """What a run over cases came to."""

    report: Annotated[
        dict[str, Any],
        Field(description="As report.json: settings, models, metrics (each value, n and 95 % interval), faults."),
    ]
    results: Annotated[
        list[dict[str, Any]], Field(description="One for each case: its id, the answer as ask gives it, and scores.")
    ]
