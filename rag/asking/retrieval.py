"""Find the passages that may answer: by meaning, by words, and both fused. Each is a LangChain retriever."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables.config import ensure_config, get_callback_manager_for_config

from embeddings.encoder import Encoder
from rag.answer import ScoredPassage
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.english.dates import list_dates
from rag.library.catalog import Catalog
from rag.library.engines.contracts import Words
from rag.library.vectors import VectorIndex
from rag.question import EVERYTHING, Scope, close_question

Ranking = list[tuple[str, float]]
"""Passage keys with scores, best first."""

EXHAUSTIVE_PASSAGES = 4_000
"""A scope of at most this many passages is searched vector by vector."""
NEAREST = 3
"""Passages whose articles a question is taken to be about."""
SPARE = 3
"""For a larger scope the index is asked for its share of `k` times this, and what is out of scope is left out."""


class PassageRetriever(BaseRetriever):
    """A retriever of passages: `retrieve` returns our own type, `invoke` LangChain's documents.

    Callbacks see a run of either, and within a chain, such as the chatbot, they see it as a part of the chain's.

    Example:
        >>> [found.source.title for found in retriever.retrieve("Who handed over the US reply?", k=3)]
        >>> [document.page_content for document in retriever.invoke("Who handed over the US reply?", k=3)]
    """

    catalog: Catalog
    k: int = 12
    """How many passages come out."""

    @abstractmethod
    def rank(self, question: str, k: int, scope: Scope = EVERYTHING) -> Ranking:
        """Return the keys of the `k` best passages within the scope with their scores, best first."""

    def retrieve(self, question: str, k: int | None = None, scope: Scope = EVERYTHING) -> list[ScoredPassage]:
        """Return the `k` best passages that are live and within the scope, best first."""
        run = get_callback_manager_for_config(ensure_config()).on_retriever_start(None, question, name=self.get_name())
        try:
            found = self.find(question, k or self.k, scope)
        except Exception as error:
            run.on_retriever_error(error)
            raise
        run.on_retriever_end(list(map(to_document, found)))
        return found

    def find(self, question: str, k: int, scope: Scope = EVERYTHING) -> list[ScoredPassage]:
        """Return what `retrieve` does, unseen by callbacks."""
        return self.catalog.read_ranking(self.rank(question, k, scope))

    def measure_departure(self, question: str, last: str) -> float:
        """Return how much better the best passage fits a question than the articles that the last question finds.

        All articles count, whatever the questions' scopes: within one article, no question departs from another. About
        0 where both are about the same; without end where nothing is found.
        """
        ids = frozenset(each.source.id for each in self.find(last, NEAREST))
        best, within = (self.find(question, 1, scope) for scope in (EVERYTHING, Scope(articles=ids)))
        return best[0].score - within[0].score if ids and best and within else inf

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return list(map(to_document, self.find(query, k or self.k)))


class VectorRetriever(PassageRetriever):
    """Ranks passages by the cosine of their vector and the question's."""

    encoder: Encoder
    vectors: VectorIndex
    exhaustive: int = EXHAUSTIVE_PASSAGES
    """How many passages of a scope are gone through one by one."""

    def rank(self, question: str, k: int, scope: Scope = EVERYTHING) -> Ranking:
        """Return the `k` passages nearest in meaning.

        Chroma's own filters are slow. So a small scope is gone through vector by vector; for a larger one, more is
        asked of the index than is needed, and what is out of scope left out.
        """
        vector = self.encoder.embed_query(close_question(question))
        if scope == EVERYTHING:
            return self.vectors.search(vector, k)
        inside, total = self.catalog.count_passages(scope), self.catalog.count_passages()
        if inside > self.exhaustive:
            allowed = self.catalog.list_ids(scope)
            wide = self.vectors.search(vector, min(total, SPARE * k * total // inside))
            found = [(key, score) for key, score in wide if key.rsplit(":", 2)[0] in allowed]
            if len(found) >= k:
                return found[:k]
        return self._rank_all(vector, k, scope)

    def _rank_all(self, vector: Sequence[float], k: int, scope: Scope) -> Ranking:
        keys, vectors = self.catalog.read_vectors(scope)
        if not keys:
            return []
        query = np.array(vector, np.float32)
        lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(query)
        cosines = (vectors @ query / lengths).tolist()
        return sorted(zip(keys, cosines, strict=True), key=lambda item: (-item[1], item[0]))[:k]


class WordRetriever(PassageRetriever):
    """Ranks passages by the share of the question's words that they have."""

    words: Words

    def rank(self, question: str, k: int, scope: Scope = EVERYTHING) -> Ranking:
        """Return the `k` best passages of those that share a word with the question."""
        return self.words.search(question, k, None if scope == EVERYTHING else self.catalog.list_ids(scope))


class FusedRetriever(PassageRetriever):
    """Fuses meaning and words: see `fuse`."""

    by_meaning: PassageRetriever
    by_words: PassageRetriever
    pool: int = 50
    """How many passages of each retriever go in."""
    weights: Weights = STANDARD_WEIGHTS

    def rank(self, question: str, k: int, scope: Scope = EVERYTHING) -> Ranking:
        """Return the `k` passages with the highest fused scores."""
        return self._fuse(*self._rank_both(question, k, scope))[:k]

    def find(self, question: str, k: int, scope: Scope = EVERYTHING) -> list[ScoredPassage]:
        """Return the `k` best passages that are live and within the scope, best first, with their similarity.

        Some are from the time that the question names, if it names any: of what is reported again and again, such as a
        central bank's decisions, all others may be more similar.
        """
        best = self._find_fused(question, k, scope)
        scopes = list_timely(question, scope)
        share = int(self.weights.timely_share * k / len(scopes)) if scopes else 0
        if not share:
            return best
        found = {each.passage.key: each for part in scopes for each in self._find_fused(question, share, part)}
        others = [each for each in best if each.passage.key not in found]
        chosen = [*found.values(), *others[: k - len(found)]]
        return sorted(chosen, key=lambda each: (-each.score, each.passage.key))

    def _find_fused(self, question: str, k: int, scope: Scope) -> list[ScoredPassage]:
        rankings = self._rank_both(question, k, scope)
        cosines = complete_cosines(*rankings)
        found = self.catalog.read_ranking(self._fuse(*rankings)[:k])
        return [replace(each, similarity=cosines[each.passage.key]) for each in found]

    def _rank_both(self, question: str, k: int, scope: Scope) -> tuple[Ranking, Ranking]:
        pool = max(k, self.pool)
        return self.by_meaning.rank(question, pool, scope), self.by_words.rank(question, pool, scope)

    def _fuse(self, by_meaning: Ranking, by_words: Ranking) -> Ranking:
        return fuse(by_meaning, by_words, self.weights.word_weight)


def list_timely(question: str, scope: Scope) -> list[Scope]:
    """Return the parts of the scope that are from the times which the question names."""
    periods = dict.fromkeys(period for one in list_dates(question) if (period := one.period))
    parts = (
        replace(scope, since=max(begin, scope.since or begin), until=min(end, scope.until or end))
        for begin, end in periods
    )
    return [part for part in parts if part.since and part.until and part.since <= part.until]


def fuse(by_meaning: Ranking, by_words: Ranking, word_weight: float = STANDARD_WEIGHTS.word_weight) -> Ranking:
    """Rank by the weighted mean of cosine and share of words, which is 0 where the words did not find a passage.

    The mean of scores keeps how far apart they are, which reciprocal ranks lose (Bruch, Gai and Ingber, ACM TOIS 2023);
    on the development sets it found more.
    """
    cosines, shares = complete_cosines(by_meaning, by_words), dict(by_words)
    scores = {key: (cosine + word_weight * shares.get(key, 0.0)) / (1 + word_weight) for key, cosine in cosines.items()}
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


def complete_cosines(by_meaning: Ranking, by_words: Ranking) -> dict[str, float]:
    """Return the cosine of each passage of both rankings.

    One that only the words found has at most that of the last which meaning found, and is given that.
    """
    cosines = dict(by_meaning)
    lowest = min(cosines.values(), default=0.0)
    return {key: cosines.get(key, lowest) for key, _ in by_meaning + by_words}


def to_document(found: ScoredPassage) -> Document:
    """Return a passage as LangChain sees it, with its place, its source and its score as metadata."""
    source, passage = found.source, found.passage
    metadata: dict[str, Any] = {
        "article": source.id,
        "start": passage.start,
        "end": passage.end,
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "published": source.published and source.published.isoformat(),
        "url": source.url,
        "topic": source.topic,
        "score": found.score,
    }
    return Document(id=passage.key, page_content=passage.text, metadata=metadata)
