"""What an empty conversation offers: questions that are known to be answered by the articles that are there."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from threading import Lock, Thread
from time import monotonic, sleep

from corpus.article import Article
from corpus.passages import split_sentences
from rag.answer import Trust
from rag.asking.forms.candidates import list_candidates
from rag.asking.forms.facts import list_facts
from rag.library.catalog import Catalog
from rag.library.records import Collection
from rag.web.chat.suggestions import Ask

STARTER_QUESTIONS = (
    "What did Russia demand?",
    "Who handed over the US reply in Moscow?",
    "How long did the Normandy-format talks in Paris last?",
    "When was the James Webb Space Telescope launched?",
    "By how much did the Fed raise rates in June 2022?",
)
STARTER_TOPICS = {"Russia and NATO", "James Webb telescope", "Interest rates"}
MOST_KEPT = 5
MOST_TRIED = 25
"""Trying a question costs as much as answering it."""
MOST_ARTICLES = 100
"""Of the newest, that are looked through."""
MOST_OF_ONE = 2
"""Questions about an article that are tried."""
SECONDS_BETWEEN_LOOKS = 0.5
READ_CHARACTERS = 3_000
"""Of the start of each article."""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    question: str
    article: str
    content_hash: str


class FirstQuestions:
    """Finds the questions in a thread of its own, again when the collection has changed, and keeps them in memory.

    Example:
        questions = FirstQuestions(library.catalog, ask)
        for found in questions.watch():
            print(found)
    """

    def __init__(self, catalog: Catalog, ask: Ask) -> None:
        """Ask about articles of `catalog` with `ask`."""
        self._catalog = catalog
        self._ask = ask
        self._kept: list[_Kept] = []
        self._collection: Collection | None = None
        self._finding = Lock()

    def list_known(self) -> tuple[str, ...]:
        """Return the questions whose article is still as it was."""
        if self._is_starter():
            return STARTER_QUESTIONS
        return tuple(each.question for each in self._kept if self._is_current(each))

    def watch(self) -> Iterator[tuple[str, ...]]:
        """Find questions, unless that was done for this collection; yields them whenever they have become others."""
        shown = self.list_known()
        self._begin()
        is_finding = True
        while is_finding:
            is_finding = self._finding.locked()
            if (found := self.list_known()) != shown:
                shown = found
                yield found
            if is_finding:
                sleep(SECONDS_BETWEEN_LOOKS)

    def _begin(self) -> None:
        collection = self._catalog.read_collection()
        if collection == self._collection or self._is_starter() or not self._finding.acquire(blocking=False):
            return
        self._collection = collection
        Thread(target=self._find, daemon=True).start()

    def _find(self) -> None:
        """Ask at most half of the time: visitors come first."""
        try:
            self._kept = [each for each in self._kept if self._is_current(each)]
            if len(self._kept) == MOST_KEPT:
                return
            for article, question, answer in islice(self._list_candidates(), MOST_TRIED):
                began = monotonic()
                if self._is_sure(article, question, answer):
                    self._kept = [*self._kept, _Kept(question, article.id, article.content_hash)]
                if len(self._kept) == MOST_KEPT:
                    return
                sleep(monotonic() - began)
        except Exception:  # the page does without; most often, the library was closed meanwhile
            _LOG.info("no further questions to begin with", exc_info=True)
        finally:
            self._finding.release()

    def _list_candidates(self) -> Iterator[tuple[Article, str, str]]:
        """Yield facts of one article after another, and then what speakers said and what happened on days."""
        entries = self._catalog.list_entries()[:MOST_ARTICLES]
        articles = [article for entry in entries if (article := self._catalog.find(entry.source.id))]
        for list_pairs in (_list_article_facts, _list_reports):
            for article in articles:
                for question, answer in list_pairs(article):
                    if article.id not in {each.article for each in self._kept}:
                        yield article, question, answer

    def _is_sure(self, article: Article, question: str, answer: str) -> bool:
        found = self._ask(question)
        if found.trust is not Trust.SURE or found.sides:
            return False
        best = found.quotes[found.main]
        return best.article_id == article.id and answer in best.text

    def _is_current(self, kept: _Kept) -> bool:
        article = self._catalog.find(kept.article)
        return article is not None and article.content_hash == kept.content_hash

    def _is_starter(self) -> bool:
        return self._catalog.count_values("topic").keys() >= STARTER_TOPICS


def _list_article_facts(article: Article) -> Iterator[tuple[str, str]]:
    text = article.text[:READ_CHARACTERS]
    facts = (pair for start, end in split_sentences(text) for pair in list_facts(text[start:end]))
    return islice(facts, MOST_OF_ONE)


def _list_reports(article: Article) -> Iterator[tuple[str, str]]:
    return islice(list_candidates([article.text[:READ_CHARACTERS]]), MOST_OF_ONE)
