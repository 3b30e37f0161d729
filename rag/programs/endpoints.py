"""What programs can ask for: one function for each endpoint, whichever way the call comes in.

The edges (`http.py`, `mcp.py`, and the web's own for Gradio) only carry arguments in and replies out. Programs read the
docstrings of the endpoints and the descriptions of their parameters.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any, cast

from langchain_core.runnables import Runnable
from pydantic import Field

from corpus.loading.record import article_from_record
from rag.answer import Answer
from rag.asking.retrieval import PassageRetriever
from rag.errors import RunError, UnknownArticleError
from rag.library.library import Library
from rag.library.records import Details
from rag.library.scope import resolve_scope
from rag.programs.checking import check_arguments, read_day_argument
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
Endpoint = Callable[..., Any]

_Outlets = Annotated[
    list[str] | None, Field(description='Only articles of these outlets ("": without one); none given: of all.')
]
_Topics = Annotated[
    list[str] | None, Field(description='Only articles on these topics ("": without one); none given: on all.')
]
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
            self.edit_articles,
            self.remove_article,
            self.evaluate,
        )
        return {endpoint.__name__: check_arguments(endpoint) for endpoint in offered}

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
        outlets: _Outlets = None,
        topics: _Topics = None,
        since: _Since = None,
        until: _Until = None,
    ) -> list[ArticleReply]:
        """List the saved articles without their texts, newest first."""
        first, catalog = offset or 0, self._library.catalog
        inside = catalog.list_ids(self._read_scope(outlets, topics, since, until))
        entries = [entry for entry in catalog.list_entries() if entry.source.id in inside]
        return [describe_entry(entry) for entry in entries[first : first + (limit or ARTICLES)]]

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

    def edit_articles(
        self,
        ids: Annotated[list[str], Field(description="The articles' ids, as list_articles shows them.", min_length=1)],
        title: Annotated[str | None, Field(description="Their headline.")] = None,
        published: Annotated[str | None, Field(description="Their date, like 2022-01-26.")] = None,
        outlet: Annotated[str | None, Field(description="Who published them.")] = None,
        author: Annotated[str | None, Field(description="Who wrote them.")] = None,
        url: Annotated[str | None, Field(description="Where one of them stands; no two have the same.")] = None,
        topic: Annotated[str | None, Field(description="What they are about, in a word or two.")] = None,
    ) -> list[ArticleReply]:
        """Give articles other details: what is left out stays as it is, an empty one is cleared. Texts never change."""
        given = {"title": title, "outlet": outlet, "author": author, "url": url, "topic": topic, "published": published}
        details: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if "published" in details:
            details["published"] = read_day_argument("published", published)
        for id in ids:
            self._library.read(id)
        self._library.correct_each(dict.fromkeys(ids, cast(Details, details)))
        found = (self._library.catalog.find_version(id) for id in dict.fromkeys(ids))
        return [describe_entry(version[1]) for version in found if version]

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
        days = read_day_argument("since", since), read_day_argument("until", until)
        return resolve_scope(self._library.catalog, Scope(frozenset(outlets or ()), frozenset(topics or ()), *days))
