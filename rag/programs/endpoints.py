"""What programs can ask for: one function for each endpoint, whichever way the call comes in.

The edges (`rag/mcp.py`, `rag/web/api.py`) only carry arguments in and records out.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar, cast

from langchain_core.runnables import Runnable
from pydantic import ConfigDict, Field, ValidationError, validate_call

from corpus.calendar import read_day
from corpus.loading.record import article_from_record
from rag.answer import Answer
from rag.asking.retrieval import PassageRetriever
from rag.errors import USER_ERRORS, RequestError, RunError, UnknownArticleError
from rag.library.library import Library
from rag.programs.replies import (
    AnswerReply,
    ArticleReply,
    EvaluationReply,
    QuoteReply,
    ReceiptReply,
    TurnArgument,
    WholeArticleReply,
)
from rag.question import Question, Scope, Turn
from rag.wire import answer_record, article_record, entry_record, passage_record, receipt_record

if TYPE_CHECKING:
    from rag.evaluation.run import Prepare

MAX_CASES = 1_000
"""Of one evaluation."""
SOURCE = "article"
"""What an article that a program adds is called in receipts and errors."""

Endpoint = Callable[..., Any]

_Arguments = ParamSpec("_Arguments")
_Reply = TypeVar("_Reply")

_Outlets = Annotated[list[str] | None, Field(description="Only articles of these outlets; none given: of all.")]
_Topics = Annotated[list[str] | None, Field(description="Only articles on these topics; none given: on all.")]
_Since = Annotated[str, Field(description="Only articles published on this day or later, like 2022-01-26.")]
_Until = Annotated[str, Field(description="Only articles published on this day or earlier, like 2022-02-28.")]
_Id = Annotated[str, Field(description="The article's id, as list_articles shows it.")]


class Endpoints:
    """Asks, searches and changes one library for programs."""

    def __init__(
        self,
        chatbot: Runnable[Question, Answer],
        retriever: PassageRetriever,
        library: Library,
        prepare: "Prepare",
        runs: Path,
    ) -> None:
        """Answer with `chatbot`, search with `retriever`, and keep evaluations of what `prepare` returns in `runs`."""
        self._chatbot = chatbot
        self._retriever = retriever
        self._library = library
        self._prepare = prepare
        self._runs = runs
        self._evaluating = Lock()

    @property
    def functions(self) -> dict[str, Endpoint]:
        """The endpoints by name. Each checks its arguments; a caller's mistake is always a `RequestError`."""
        offered = (
            self.ask,
            self.search,
            self.list_articles,
            self.show_article,
            self.add_article,
            self.remove_article,
            self.evaluate,
        )
        return {endpoint.__name__: _checked(endpoint) for endpoint in offered}

    def ask(
        self,
        question: Annotated[str, Field(description="A question, in English.")],
        outlets: _Outlets = None,
        topics: _Topics = None,
        since: _Since = "",
        until: _Until = "",
        history: Annotated[
            list[TurnArgument] | None,
            Field(description="Earlier questions with their answers, oldest first, if the question builds on them."),
        ] = None,
    ) -> AnswerReply:
        """Answer a question from the news articles in word-for-word quotes with sources, or say that they do not."""
        turns = tuple(Turn(turn["question"], turn["answer"]) for turn in history or ())
        asked = Question(question, turns, _read_scope(outlets, topics, since, until))
        return cast(AnswerReply, answer_record(self._chatbot.invoke(asked)))

    def search(
        self,
        query: Annotated[str, Field(description="What the passages should be about: a question or some words.")],
        k: Annotated[int, Field(description="How many passages come back at most.", ge=1, le=100)] = 10,
        outlets: _Outlets = None,
        topics: _Topics = None,
        since: _Since = "",
        until: _Until = "",
    ) -> list[QuoteReply]:
        """Find the passages of the news articles that fit best, by meaning and by words, best first."""
        asked = Question(query, scope=_read_scope(outlets, topics, since, until))
        found = self._retriever.retrieve(asked.text, k, asked.scope)
        return [cast(QuoteReply, passage_record(each)) for each in found]

    def list_articles(
        self,
        limit: Annotated[int, Field(description="How many come back at most.", ge=1, le=10_000)] = 100,
        offset: Annotated[int, Field(description="How many of the newest are left out.", ge=0)] = 0,
    ) -> list[ArticleReply]:
        """List the saved articles without their texts, newest first."""
        entries = self._library.catalog.list_entries()[offset : offset + limit]
        return [cast(ArticleReply, entry_record(entry)) for entry in entries]

    def show_article(self, id: _Id) -> WholeArticleReply:
        """Return one article with its whole text."""
        found = self._library.catalog.find_version(id)
        if found is None:
            raise UnknownArticleError(id)
        return cast(WholeArticleReply, article_record(*found))

    def add_article(
        self,
        text: Annotated[str, Field(description="The article's text, without its headline; it is kept as it is.")],
        title: Annotated[str, Field(description="Its headline.")] = "",
        published: Annotated[str, Field(description="Its date, like 2022-01-26.")] = "",
        outlet: Annotated[str, Field(description="Who published it.")] = "",
        author: Annotated[str, Field(description="Who wrote it.")] = "",
        url: Annotated[str, Field(description="Where it stands; nothing is fetched from there.")] = "",
        topic: Annotated[str, Field(description="What it is about, in a word or two.")] = "",
        id: Annotated[str, Field(description="Its id, if it has one; a known id or url is replaced.")] = "",
    ) -> ReceiptReply:
        """Save one article, which is then searched and quoted like all others."""
        record = {"id": id, "title": title, "text": text, "published": published, "outlet": outlet} | {
            "author": author,
            "url": url,
            "topic": topic,
        }
        (receipt,) = self._library.add([article_from_record(SOURCE, record)])
        return cast(ReceiptReply, receipt_record(receipt, SOURCE))

    def remove_article(self, id: _Id) -> ReceiptReply:
        """Remove one article with its earlier versions for good: its text leaves every file."""
        (receipt,) = self._library.remove([id])
        return cast(ReceiptReply, receipt_record(receipt, id))

    def evaluate(
        self,
        cases: Annotated[
            list[dict[str, Any]],
            Field(
                description='Questions with their answers, such as {"question": "Who...?", "answers": ["Ann"]}; an'
                " empty list of answers means that the articles do not say. Optional: id, article (ids), evidence"
                " (sentences).",
                min_length=1,
                max_length=MAX_CASES,
            ),
        ],
        name: Annotated[str, Field(description="What the run is called on the page.", max_length=60)] = "api",
    ) -> EvaluationReply:
        """Ask many questions whose answers are known, and measure the replies. The run is kept for the page."""
        from rag.evaluation.running import run_cases

        if not self._evaluating.acquire(blocking=False):
            raise RunError("another evaluation is under way: wait for its end")
        try:
            run = run_cases(name, cases, self._library.catalog, self._prepare, self._runs)
        finally:
            self._evaluating.release()
        return cast(EvaluationReply, run)


def _checked(endpoint: Callable[_Arguments, _Reply]) -> Callable[_Arguments, _Reply]:
    validated = validate_call(config=ConfigDict(arbitrary_types_allowed=True))(endpoint)

    @wraps(endpoint)
    def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Reply:
        try:
            return validated(*args, **kwargs)
        except ValidationError as error:
            raise RequestError(_explain(error)) from error
        except USER_ERRORS as error:
            raise RequestError(str(error)) from error

    return call


def _explain(error: ValidationError) -> str:
    """Return what is wrong with the arguments, as a line; the values are the caller's own."""
    return "; ".join(f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors())


def _read_scope(outlets: list[str] | None, topics: list[str] | None, since: str, until: str) -> Scope:
    return Scope(
        frozenset(outlets or ()), frozenset(topics or ()), _read_day("since", since), _read_day("until", until)
    )


def _read_day(name: str, value: str) -> date | None:
    try:
        return read_day(value)
    except ValueError as error:
        raise RequestError(f"{name}: {error}") from error
