"""Of what is reported again and again, the time that was asked about answers: the real models on sixty months."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.article import Article
from rag.asking.chatbot import Chatbot
from rag.asking.retrieval import list_timely
from rag.assembly import build_chatbot, open_library
from rag.question import EVERYTHING, Question, Scope
from rag.settings import Settings

STEPS = ("a quarter of a point", "half a point", "three quarters of a point", "a tenth of a point")
MONTHS = [date(2019 + number // 12, 1 + number % 12, 15) for number in range(60)]
QUESTION = "By how much did the Bank of Atlantis raise its key rate"


@pytest.fixture(scope="module")
def chatbot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chatbot]:
    """Sixty articles alike but for the step and the month, which only the date of publication tells."""
    settings = Settings(home=Path(tmp_path_factory.mktemp("timely") / "home"))
    articles = [
        Article(
            id=f"{day:%Y-%m}",
            title="Bank of Atlantis raises its key rate",
            text=f"The Bank of Atlantis raised its key interest rate by {STEPS[number * 7 % 4]} on Wednesday. Governor"
            f" Ann Reed called inflation too high. Prices had been rising for {number + 2} months.",
            published=day,
        )
        for number, day in enumerate(MONTHS)
    ]
    with open_library(settings) as library:
        library.add(articles)
        yield build_chatbot(settings, library)


@pytest.mark.parametrize("number", range(60))
def test_the_month_asked_about_answers(chatbot: Chatbot, number: int) -> None:
    answer = chatbot.invoke(Question(f"{QUESTION} in {MONTHS[number]:%B %Y}?"))
    assert {quote.article_id for quote in answer.quotes} == {f"{MONTHS[number]:%Y-%m}"}
    assert answer.quotes[0].text.endswith(f"by {STEPS[number * 7 % 4]} on Wednesday.")
    assert not answer.sides  # another month is no contradiction


def test_the_passages_are_as_many_as_for_any_question(chatbot: Chatbot) -> None:
    questions = (QUESTION, f"{QUESTION} in March 2021?", f"{QUESTION} in May 2020, June 2020 and July 2020?")
    for question in questions:
        found = chatbot.retriever.retrieve(question, 9)
        assert len({each.passage.key for each in found}) == len(found) == 9
        assert found == sorted(found, key=lambda each: (-each.score, each.passage.key))
    assert {"2020-05", "2020-06", "2020-07"} <= {each.source.id for each in found}
    assert len(chatbot.retriever.retrieve(questions[1], 1)) == 1


def test_the_scope_holds_for_the_time_too(chatbot: Chatbot) -> None:
    scope = Scope(until=date(2020, 12, 31))
    found = chatbot.retriever.retrieve(f"{QUESTION} in March 2021?", scope=scope)
    assert all(each.source.published and each.source.published.year < 2021 for each in found)


@pytest.mark.parametrize(
    ("question", "scope", "parts"),
    [
        ("in February 2024?", EVERYTHING, [Scope(since=date(2024, 2, 1), until=date(2024, 3, 2))]),
        ("on 31 December 2021?", EVERYTHING, [Scope(since=date(2021, 12, 31), until=date(2022, 1, 2))]),
        ("in 2021, in 2021?", EVERYTHING, [Scope(since=date(2021, 1, 1), until=date(2022, 1, 2))]),
        ("in 2021?", Scope(since=date(2021, 6, 1)), [Scope(since=date(2021, 6, 1), until=date(2022, 1, 2))]),
        ("in 2021?", Scope(until=date(2020, 1, 1)), []),
        ("in June, or on 31 February 2021?", EVERYTHING, []),
    ],
)
def test_parts_of_a_scope(question: str, scope: Scope, parts: list[Scope]) -> None:
    assert list_timely(question, scope) == parts
