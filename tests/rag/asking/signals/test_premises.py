"""What a question takes for granted, and what the article says instead."""

from datetime import date

import pytest

from corpus.article import Source
from rag.asking.signals.premises import find_contradicted
from rag.asking.signals.statements import Statement


def state(sentence: str, published: date | None = date(2024, 3, 12), title: str = "") -> Statement:
    return Statement("it", sentence, f"{title}\n{sentence}", Source("a", title, "", "", published, "", ""))


@pytest.mark.parametrize(
    ("question", "lacking", "sentence", "expected"),
    [
        ("Who spoke on 6 March?", ["6 March"], "Ana Ruiz spoke on Monday, 11 March.", {"6 March": "11 March 2024"}),
        ("Who won in March 2019?", ["March 2019"], "Ana Ruiz won.", {"March 2019": "12 March 2024"}),
        ("What did Ana Lund say?", ["Ana Lund"], "The mayor, Ana Ruiz, said no.", {"Ana Lund": "Ana Ruiz"}),
        ("Who runs the Bank of Peru?", ["Bank of Peru"], "The Bank of Chile spoke.", {"Bank of Peru": "Bank of Chile"}),
        ("Where were the 300 soldiers sent?", [], "The 200 soldiers were sent to Narvik.", {"300": "200"}),
        ("Where were the 200 soldiers sent?", [], "The 200 soldiers were sent to Narvik.", {}),
        ("Where were the 200 soldiers sent?", [], "Two hundred soldiers and 30 horses were sent.", {}),
        ("What did Peru do?", ["Peru"], "The mayor, Ana Ruiz, said no.", {}),
        ("Who won in 2023?", ["2023"], "Ana Ruiz won the prize of May 2021.", {}),
    ],
)  # fmt: skip
def test_what_the_article_says_instead(
    question: str, lacking: list[str], sentence: str, expected: dict[str, str]
) -> None:
    assert find_contradicted(question, state(sentence), lacking) == expected


@pytest.mark.parametrize("day", range(1, 29, 9))
@pytest.mark.parametrize("month", ["January", "June", "October"])
def test_any_other_day_of_the_year(day: int, month: str) -> None:
    asked = f"{day} {month} 2023"
    told = state(f"Ana Ruiz won the race on {day} {month} 2024.", published=None)
    assert find_contradicted(f"Who won on {asked}?", told, [asked]) == {asked: f"{day} {month} 2024"}
