"""Scopes: only articles within them answer, whichever way the passages are found."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from rag.assembly import build_retriever
from rag.errors import ScopeError
from rag.library.home import Home
from rag.library.library import Library
from rag.library.records import Collection
from rag.library.scope import keep_known, resolve_scope
from rag.question import EVERYTHING, Scope
from rag.settings import Settings
from tests.fakes import DialEncoder

ARTICLES = [
    Article(
        id=f"a:{number}",
        text=f"Fire number {number} burned.",
        outlet=("Post", "Mail", "")[number % 3],
        topic=("Fires", "Banks")[number % 2],
        published=date(2022, 1, 1 + number) if number < 28 else None,
    )
    for number in range(60)
]
outlets = st.frozensets(st.sampled_from(["Post", "Mail", "Nobody", ""]))
topics = st.frozensets(st.sampled_from(["Fires", "Banks"]))
days = st.none() | st.dates(date(2021, 12, 30), date(2022, 2, 1))
scopes = st.builds(Scope, outlets, topics, days, days)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Sixty articles whose vectors lie on half a circle; "0" is nearest to the first, "60" to the last."""
    home = Home(tmp_path_factory.mktemp("scoping") / "home")
    with Library(home, DialEncoder(60), max_article_characters=1_000) as library:
        library.add(ARTICLES)
        yield library


def list_inside(scope: Scope) -> list[str]:
    """Return what the scope says, in other words, nearest to "0" first."""
    return [
        article.id
        for article in ARTICLES
        if (not scope.outlets or article.outlet in scope.outlets)
        and (not scope.topics or article.topic in scope.topics)
        and (scope.since is None or (article.published is not None and article.published >= scope.since))
        and (scope.until is None or (article.published is not None and article.published <= scope.until))
    ]


@given(scopes)
def test_articles_passages_and_vectors_are_those_within(library: Library, scope: Scope) -> None:
    inside = list_inside(scope)
    keys, vectors = library.catalog.read_vectors(scope)
    assert library.catalog.list_ids(scope) == frozenset(inside)
    assert sorted(key.rsplit(":", 2)[0] for key in keys) == sorted(inside)
    assert len(vectors) == len(inside)
    found = library.catalog.read_collection(scope)
    dates = [article.published for article in ARTICLES if article.id in inside and article.published]
    assert found == Collection(len(inside), len(inside), min(dates, default=None), max(dates, default=None))


@pytest.mark.parametrize("exhaustive", [0, 20, 4_000], ids=["by the index", "mixed", "one by one"])
@given(scope=scopes, k=st.integers(1, 30))
def test_the_nearest_within_are_found_in_order_whichever_way(
    library: Library, exhaustive: int, scope: Scope, k: int
) -> None:
    retriever = build_retriever(Settings(), library)
    by_meaning = retriever.by_meaning.model_copy(update={"exhaustive": exhaustive})
    retriever = retriever.model_copy(update={"by_meaning": by_meaning})
    nearest = [found.source.id for found in by_meaning.retrieve("0", k, scope)]
    by_words = [found.source.id for found in retriever.by_words.retrieve("fire", k, scope)]
    fused = [found.source.id for found in retriever.retrieve("fire 0", k, scope)]
    assert nearest == list_inside(scope)[:k]
    assert len(by_words) == min(k, len(list_inside(scope)))
    assert {*by_words, *fused} <= {*list_inside(scope)}
    assert len(fused) == min(k, len(list_inside(scope)))


def test_scores_are_those_without_a_scope(library: Library) -> None:
    retriever = build_retriever(Settings(), library)
    everywhere = {found.source.id: found.score for found in retriever.by_meaning.retrieve("30", 60)}
    scope = Scope(topics=frozenset({"Fires"}))
    for found in retriever.by_meaning.retrieve("30", 60, scope):
        assert found.score == pytest.approx(everywhere[found.source.id], abs=1e-3)  # float16
    words = {found.source.id: found.score for found in retriever.by_words.retrieve("number", 60)}
    assert {found.source.id: found.score for found in retriever.by_words.retrieve("number", 60, scope)} == {
        id: pytest.approx(words[id]) for id in list_inside(scope)
    }


def test_values_to_choose_from_the_most_frequent_first(library: Library) -> None:
    assert library.catalog.count_values("outlet") == {"Mail": 20, "Post": 20}
    assert list(library.catalog.count_values("topic").items()) == [("Banks", 30), ("Fires", 30)]


def test_names_are_found_whatever_letters_are_large(library: Library) -> None:
    asked = Scope(frozenset({"post"}), frozenset({" FIRES"}), date(2022, 1, 1))
    assert resolve_scope(library.catalog, asked) == Scope(frozenset({"Post"}), frozenset({"Fires"}), date(2022, 1, 1))
    assert resolve_scope(library.catalog, EVERYTHING) == EVERYTHING


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        (Scope(outlets=frozenset({"Pots"})), "no article has the outlet 'Pots'; there is 'Mail', 'Post'"),
        (Scope(topics=frozenset({"Snow"})), "no article has the topic 'Snow'; there is 'Banks', 'Fires'"),
        (
            Scope(since=date(2022, 1, 2), until=date(2022, 1, 1)),
            "no day is both since 2022-01-02 and until 2022-01-01: swap them",
        ),
    ],
)
def test_what_no_article_has_is_named(library: Library, scope: Scope, message: str) -> None:
    with pytest.raises(ScopeError) as error:
        resolve_scope(library.catalog, scope)
    assert str(error.value) == message


def test_values_that_are_gone_are_left_out_of_a_kept_scope(library: Library) -> None:
    scope = Scope(frozenset({"Post", "Gone"}), frozenset({"Gone"}), date(2022, 1, 1))
    assert keep_known(library.catalog, scope) == Scope(frozenset({"Post"}), frozenset(), date(2022, 1, 1))
