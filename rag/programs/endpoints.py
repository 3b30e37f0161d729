"""What programs can ask for: one function for each endpoint, whichever way the call comes in.

The edges (`http.py`, `mcp.py`, and the web's own for Gradio) only carry arguments in and replies out. Programs read the
docstrings of the endpoints and the descriptions of their parameters.
"""

from collections.abc import Callable
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar, cast

from langchain_core.runnables import Runnable
from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ArgsKwargs, ErrorDetails

from corpus.calendar import read_day
from corpus.loading.record import article_from_record
from rag.answer import Answer
from rag.asking.retrieval import PassageRetriever
from rag.errors import USER_ERRORS, RequestError, RunError, UnknownArticleError
from rag.library.library import Library
from rag.library.scope import resolve_scope
from rag.question import Question, Scope, Turn
from rag.wire import (
    AnswerReply,
    ArticleReply,
    EvaluationReply,
    QuoteReply,
    ReceiptReply,
    RemovalReply,
    TurnArgument,
    WholeArticleReply,
    describe_answer,
    describe_article,
    describe_entry,
    describe_passage,
    describe_receipt,
)

if TYPE_CHECKING:
    from rag.evaluation.run import Prepare

MAX_CASES = 1_000
"""Of one evaluation."""
PASSAGES, ARTICLES, RUN = 10, 100, "api"
"""How many passages and articles come back, and what a run is called, unless the caller says."""
SOURCE = "article"
"""What an article that a program adds is called in receipts and errors."""
_MISTAKES = {"missing_argument": "is missing", "unexpected_keyword_argument": "is not an argument"}

Endpoint = Callable[..., Any]

_Arguments = ParamSpec("_Arguments")
_Reply = TypeVar("_Reply")

_Outlets = Annotated[list[str] | None, Field(description="Only articles of these outlets; none given: of all.")]
_Topics = Annotated[list[str] | None, Field(description="Only articles on these topics; none given: on all.")]
_Since = Annotated[str | None, Field(description="Only articles published on this day or later, like 2022-01-26.")]
_Until = Annotated[str | None, Field(description="Only articles published on this day or earlier, like 2022-02-28.")]
_Id = Annotated[str, Field(description="The article's id, as list_articles shows it.")]


class Endpoints:
    """Asks, searches and changes one library for programs.

    Example:
        endpoints = build_endpoints(settings, library, chatbot)
        endpoints.functions["ask"](question="Who handed over the US reply?").answer_span
    """

    def __init__(
        self,
        chatbot: Runnable[Question, Answer],
        retriever: PassageRetriever,
        library: Library,
        prepare: "Prepare",
        runs: Path,
    ) -> None:
        """Offer what these parts can do.

        Args:
            chatbot: Answers the questions.
            retriever: Finds the passages of a search.
            library: Holds the articles.
            prepare: Returns the chatbot of an evaluation, and the settings and models in force.
            runs: The folder in which evaluations are kept.
        """
        self._chatbot = chatbot
        self._retriever = retriever
        self._library = library
        self._prepare = prepare
        self._runs = runs
        self._evaluating = Lock()

    @cached_property
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
        since: _Since = None,
        until: _Until = None,
        history: Annotated[
            list[TurnArgument] | None,
            Field(description="Earlier questions with their answers, oldest first, if the question builds on them."),
        ] = None,
    ) -> AnswerReply:
        """Answer a question from the news articles in word-for-word quotes with sources, or say that they do not."""
        turns = tuple(Turn(turn.question, turn.answer) for turn in history or ())
        asked = Question(question, turns, self._read_scope(outlets, topics, since, until))
        return describe_answer(self._chatbot.invoke(asked))

    def search(
        self,
        query: Annotated[str, Field(description="What the passages should be about: a question or some words.")],
        k: Annotated[int | None, Field(description="How many passages come back at most.", ge=1, le=100)] = PASSAGES,
        outlets: _Outlets = None,
        topics: _Topics = None,
        since: _Since = None,
        until: _Until = None,
    ) -> list[QuoteReply]:
        """Find the passages of the news articles that fit best, by meaning and by words, best first."""
        asked = Question(query, scope=self._read_scope(outlets, topics, since, until))
        return [describe_passage(each) for each in self._retriever.retrieve(asked.text, k or PASSAGES, asked.scope)]

    def list_articles(
        self,
        limit: Annotated[int | None, Field(description="How many come back at most.", ge=1, le=10_000)] = ARTICLES,
        offset: Annotated[int | None, Field(description="How many of the newest are left out.", ge=0)] = 0,
    ) -> list[ArticleReply]:
        """List the saved articles without their texts, newest first."""
        first = offset or 0
        entries = self._library.catalog.list_entries()[first : first + (limit or ARTICLES)]
        return [describe_entry(entry) for entry in entries]

    def show_article(self, id: _Id) -> WholeArticleReply:
        """Return one article with its whole text."""
        found = self._library.catalog.find_version(id)
        if found is None:
            raise UnknownArticleError(id)
        return describe_article(*found)

    def add_article(
        self,
        text: Annotated[str, Field(description="The article's text, without its headline; it is kept as it is.")],
        title: Annotated[str | None, Field(description="Its headline.")] = None,
        published: Annotated[str | None, Field(description="Its date, like 2022-01-26.")] = None,
        outlet: Annotated[str | None, Field(description="Who published it.")] = None,
        author: Annotated[str | None, Field(description="Who wrote it.")] = None,
        url: Annotated[str | None, Field(description="Where it stands; nothing is fetched from there.")] = None,
        topic: Annotated[str | None, Field(description="What it is about, in a word or two.")] = None,
        id: Annotated[str | None, Field(description="Its id, if it has one; a known id or url is replaced.")] = None,
    ) -> ReceiptReply:
        """Save one article, which is then searched and quoted like all others."""
        details = {"published": published, "outlet": outlet, "author": author, "url": url, "topic": topic}
        record = {"id": id, "title": title, "text": text, **details}
        (receipt,) = self._library.add([article_from_record(SOURCE, record)])
        return describe_receipt(receipt, SOURCE)

    def remove_article(self, id: _Id) -> RemovalReply:
        """Remove one article with its earlier versions for good: from all answers now, from all files soon after."""
        (receipt,) = self._library.remove([id])
        return RemovalReply(id, receipt.id, receipt.outcome, receipt.message, receipt.is_erased)

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
        name: Annotated[str | None, Field(description="What the run is called on the page.", max_length=60)] = RUN,
    ) -> EvaluationReply:
        """Ask many questions whose answers are known, and measure the replies. The run is kept for the page."""
        from rag.evaluation.run import run_cases

        if not self._evaluating.acquire(blocking=False):
            raise RunError("another evaluation is under way: wait for its end")
        try:
            return run_cases(name or RUN, cases, self._library.catalog, self._prepare, self._runs)
        finally:
            self._evaluating.release()

    def _read_scope(
        self, outlets: list[str] | None, topics: list[str] | None, since: str | None, until: str | None
    ) -> Scope:
        days = _read_day("since", since), _read_day("until", until)
        return resolve_scope(self._library.catalog, Scope(frozenset(outlets or ()), frozenset(topics or ()), *days))


def _checked(endpoint: Callable[_Arguments, _Reply]) -> Callable[_Arguments, _Reply]:
    adapter = TypeAdapter[_Reply](cast(Any, endpoint))

    @wraps(endpoint)
    def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Reply:
        try:
            return adapter.validate_python(ArgsKwargs(args, kwargs))
        except ValidationError as error:
            raise RequestError(_explain(error)) from error
        except USER_ERRORS as error:
            raise RequestError(str(error)) from error

    return call


def _explain(error: ValidationError) -> str:
    """Return what is wrong with the arguments, in one sentence; the values are the caller's own."""
    return "; ".join(map(_explain_one, error.errors()))


def _explain_one(mistake: ErrorDetails) -> str:
    name, message = ".".join(map(str, mistake["loc"])), mistake["msg"]
    if mistake["type"] in _MISTAKES:
        return f"{name} {_MISTAKES[mistake['type']]}"
    return f"{name} {message.removeprefix('Input ')}" if message.startswith("Input ") else f"{name}: {message}"


def _read_day(name: str, value: str | None) -> date | None:
    try:
        return read_day(value)
    except ValueError as error:
        raise RequestError(f"{name}: {error}") from error
