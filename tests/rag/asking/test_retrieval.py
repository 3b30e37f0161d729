"""Retrievers: fusion by hand, LangChain's own suite for each, and a total order."""

from dataclasses import replace
from datetime import date
from math import log1p
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests

from corpus.article import Article
from rag.asking.retrieval import (
    FusedRetriever,
    PassageRetriever,
    Ranking,
    VectorRetriever,
    WordRetriever,
    complete_cosines,
    fuse,
)
from rag.asking.weights import STANDARD_WEIGHTS
from rag.assembly import build_retriever
from rag.errors import IndexMismatchError
from rag.library.library import Library
from rag.settings import Settings
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder

QUESTION = "What did Russia demand of NATO in the draft treaties?"
scores = st.floats(0.0, 1.0)
rankings = st.dictionaries(st.sampled_from("abcdefgh"), scores).map(lambda found: sorted(found.items()))


def test_fuse_by_hand() -> None:
    by_meaning, by_words = [("a", 0.9), ("b", 0.8), ("c", 0.5)], [("b", 1.0), ("d", 0.4)]
    assert fuse(by_meaning, by_words, word_weight=0.5) == [
        ("b", pytest.approx((0.8 + 0.5 * 1.0) / 1.5)),
        ("a", pytest.approx(0.9 / 1.5)),
        ("d", pytest.approx((0.5 + 0.5 * 0.4) / 1.5)),
        ("c", pytest.approx(0.5 / 1.5)),
    ]


def test_fuse_when_one_finds_nothing() -> None:
    assert fuse([], []) == []
    assert fuse([("a", 0.6)], []) == [("a", pytest.approx(0.6 / (1 + STANDARD_WEIGHTS.word_weight)))]
    assert fuse([], [("a", 1.0)]) == [
        ("a", pytest.approx(STANDARD_WEIGHTS.word_weight / (1 + STANDARD_WEIGHTS.word_weight)))
    ]


def test_first_in_both_with_full_marks_scores_1() -> None:
    assert fuse([("a", 1.0)], [("a", 1.0)]) == [("a", pytest.approx(1.0))]


@given(rankings, rankings)
def test_fusion_is_complete_and_totally_ordered(by_meaning: Ranking, by_words: Ranking) -> None:
    fused = fuse(by_meaning, by_words)
    assert {key for key, _ in fused} == {key for key, _ in by_meaning + by_words}
    assert fused == sorted(fused, key=lambda item: (-item[1], item[0]))
    assert fused == fuse(by_meaning[::-1], by_words[::-1])
    assert all(0 <= score <= 1 for _, score in fused)


class RetrieverSuite(RetrieversIntegrationTests):
    library: Library

    @pytest.fixture(autouse=True)
    def _use_starter_articles(self, starter_library: Library) -> None:
        self.library = starter_library

    @property
    def retriever_query_example(self) -> str:
        return QUESTION


class TestVectorRetriever(RetrieverSuite):
    @property
    def retriever_constructor(self) -> type[VectorRetriever]:
        return VectorRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        library = self.library
        return {"catalog": library.catalog, "encoder": library.encoder, "vectors": library.vectors}


class TestWordRetriever(RetrieverSuite):
    @property
    def retriever_constructor(self) -> type[WordRetriever]:
        return WordRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"catalog": self.library.catalog, "words": self.library.words}


class TestFusedRetriever(RetrieverSuite):
    @property
    def retriever_constructor(self) -> type[FusedRetriever]:
        return FusedRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        catalog = self.library.catalog
        vectors = VectorRetriever(catalog=catalog, encoder=self.library.encoder, vectors=self.library.vectors)
        words = WordRetriever(catalog=catalog, words=self.library.words)
        return {"catalog": catalog, "by_meaning": vectors, "by_words": words, "pool": 20}


@pytest.fixture(scope="module")
def retriever(starter_settings: Settings, starter_library: Library) -> FusedRetriever:
    return build_retriever(starter_settings, starter_library)


def list_parts(retriever: FusedRetriever) -> list[PassageRetriever]:
    return [retriever, retriever.by_meaning, retriever.by_words]


def test_a_question_departs_from_one_about_another_event(retriever: FusedRetriever) -> None:
    last = "What did Russia demand of NATO?"
    about_the_same, about_a_fire = "Who handed over the reply?", "How many people died in the fire?"
    assert retriever.measure_departure(about_the_same, last) < STANDARD_WEIGHTS.most_departure_if_said
    assert retriever.measure_departure(about_a_fire, last) > STANDARD_WEIGHTS.most_departure


def test_passages_are_verbatim(retriever: FusedRetriever, starter_articles: dict[str, Article]) -> None:
    for part in list_parts(retriever):
        for found in part.retrieve(QUESTION, 20):
            article = starter_articles[found.source.id]
            assert found.source == article.source
            assert article.text[found.passage.start : found.passage.end] == found.passage.text


def test_the_mark_of_a_question_makes_no_difference(retriever: FusedRetriever) -> None:
    for part in list_parts(retriever):
        assert part.retrieve(QUESTION) == part.retrieve(QUESTION.rstrip("?"))


def test_the_order_is_total_and_the_same_every_time(retriever: FusedRetriever) -> None:
    for part in list_parts(retriever):
        found = part.retrieve(QUESTION, 20)
        assert found == sorted(found, key=lambda one: (-one.score, one.passage.key)) == part.retrieve(QUESTION, 20)
        assert len({one.passage.key for one in found}) == 20


def test_fewer_are_the_first_of_more(retriever: FusedRetriever) -> None:
    assert retriever.retrieve(QUESTION, 5) == retriever.retrieve(QUESTION, 20)[:5]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        (
            "Who received the American written reply in Moscow?",
            "US and NATO hand Russia written replies on security demands",
        ),
        ("Why did the sky over New York turn orange?", "Smoke from Canadian wildfires turns New York sky orange"),
    ],
)
def test_the_right_article_comes_first(retriever: FusedRetriever, question: str, title: str) -> None:
    assert [part.retrieve(question)[0].source.title for part in list_parts(retriever)] == [title] * 3


def test_words_score_the_share_of_the_question_that_a_passage_has(library: Library) -> None:
    articles = [
        Article(id="a", text="The fire burned."),
        Article(id="b", text="The fire burned a bank."),
        Article(id="c", text="It burned.", title="Fire"),
        Article(id="d", text="Snow fell."),
    ]
    library.add(articles)
    retriever = WordRetriever(catalog=library.catalog, words=library.words)
    fire, bank, unknown = (log1p((4 - having + 0.5) / (having + 0.5)) for having in (2, 1, 0))  # two texts have fire
    shares = {
        "a:0:16": fire / (fire + bank + unknown),
        "b:0:23": (fire + bank) / (fire + bank + unknown),
        "c:0:10": fire / (fire + bank + unknown),  # in its title
    }
    ranking = retriever.rank("Which bank, on fire, is unknown?", 9)
    assert [key for key, _ in ranking] == ["b:0:23", "a:0:16", "c:0:10"]
    assert all(0.95 * shares[key] <= score + 1e-6 and score < shares[key] for key, score in ranking)
    assert retriever.rank("unknown", 2) == []


def test_of_passages_with_the_same_words_the_one_that_has_them_more_often_is_first(library: Library) -> None:
    library.add([Article(id="a", text="The fire burned a bank."), Article(id="b", text="Fire on fire burned.")])
    assert [key for key, _ in library.words.search("fire", 2)] == ["b:0:20", "a:0:23"]


def test_a_fused_passage_carries_its_cosine(retriever: FusedRetriever) -> None:
    cosines = dict(retriever.by_meaning.rank(QUESTION, 50))
    found = retriever.retrieve(QUESTION)
    assert [each.similarity for each in found] == [
        cosines.get(each.passage.key, min(cosines.values())) for each in found
    ]
    assert found == [
        replace(each, similarity=same.similarity)
        for each, same in zip(retriever.catalog.read_ranking(retriever.rank(QUESTION, 12)), found, strict=True)
    ]


def test_what_only_the_words_found_has_the_lowest_cosine() -> None:
    assert complete_cosines([("a", 0.9), ("b", 0.4)], [("b", 1.0), ("c", 0.5)]) == {"a": 0.9, "b": 0.4, "c": 0.4}
    assert complete_cosines([], [("c", 0.5)]) == {"c": 0.0}


def test_a_langchain_document_says_where_it_is_from(library: Library) -> None:
    article = Article(
        id="a:1", title="Fire", text="The fire burned.", outlet="O", author="A", published=date(2023, 8, 9),
        url="https://x.org", topic="T",
    )  # fmt: skip
    library.add([article])
    retriever = WordRetriever(catalog=library.catalog, words=library.words)
    metadata = {
        "article": "a:1", "start": 0, "end": 16, "title": "Fire", "outlet": "O", "author": "A",
        "published": "2023-08-09", "url": "https://x.org", "topic": "T",
    }  # fmt: skip
    (found,) = retriever.invoke("fire")
    assert found == Document(id="a:1:0:16", page_content="The fire burned.", metadata=found.metadata)
    assert found.metadata == metadata | {"score": retriever.rank("fire", 1)[0][1]}


def test_after_removal_no_retriever_finds_it(library: Library) -> None:
    fire, bank = Article(id="f", text="The fire burned."), Article(id="b", text="The bank fire burned.")
    library.add([fire, bank])
    retriever = build_retriever(Settings(), library)
    assert [{one.source.id for one in part.retrieve("fire")} for part in list_parts(retriever)] == [{"f", "b"}] * 3
    library.remove(["f"])
    assert [{one.source.id for one in part.retrieve("fire")} for part in list_parts(retriever)] == [{"b"}] * 3


def test_an_empty_library_has_no_passages(library: Library) -> None:
    assert [part.retrieve("fire") for part in list_parts(build_retriever(Settings(), library))] == [[], [], []]


def test_another_encoder_is_refused(open_home: OpenLibrary) -> None:
    open_home().add([Article(text="The fire burned.")])
    with pytest.raises(IndexMismatchError):
        build_retriever(Settings(), open_home(WordEncoder(identity="other@2")))
