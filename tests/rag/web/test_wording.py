"""Values in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rag.answer import Status, Trust
from rag.question import Scope
from rag.web.wording import count_bars, describe_age, describe_seconds, list_limits
from tests.rag.web.samples import make_answer

TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("confidence", "trust", "bars"),
    [(0.95, Trust.SURE, 4), (0.75, Trust.SURE, 4), (0.74, Trust.CHECK, 2), (0.4, Trust.CHECK, 2)],
)
def test_how_far_an_answer_can_be_relied_on(confidence: float, trust: Trust, bars: int) -> None:
    answer = make_answer(confidence=confidence)
    assert (answer.trust, count_bars(answer)) == (trust, bars)
    unsure = replace(answer, status=Status.UNSURE)
    assert (unsure.trust, count_bars(unsure)) == (Trust.UNSURE, 1)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (7, "1 week ago"),
        (29, "4 weeks ago"),
        (30, "1 month ago"),
        (364, "12 months ago"),
        (365, "1 year ago"),
        (800, "2 years ago"),
        (-1, ""),
    ],
)
def test_the_age_of_an_article(days: int, age: str) -> None:
    assert describe_age(TODAY - timedelta(days=days), TODAY) == age
    assert describe_age(None, TODAY) == ""


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0001, "0.01 s"), (0.084, "0.08 s"), (9.994, "9.99 s"), (12.4, "12 s")]
)
def test_seconds(seconds: float, words: str) -> None:
    assert describe_seconds(seconds) == words


def test_limits_of_a_scope_in_a_steady_order() -> None:
    scope = Scope(frozenset({"Post", "Mail"}), frozenset({"Fires"}), date(2022, 1, 2), date(2022, 2, 3))
    assert list_limits(scope) == [
        ("outlet", "Mail", "Mail"),
        ("outlet", "Post", "Post"),
        ("topic", "Fires", "Fires"),
        ("since", "2022-01-02", "Since 2 January 2022"),
        ("until", "2022-02-03", "Until 3 February 2022"),
    ]
    assert list_limits(Scope()) == []
