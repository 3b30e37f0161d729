"""What the trained weights answer to plain questions, whichever way a processor rounds.

Where int8 sums saturate, the weights of the encoder have 7 bits, elsewhere 8. Facts that only the weights find stand
here; other tests that need a real answer ask the first of these questions.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article
from embeddings.minilm import MiniLmEncoder
from embeddings.precision import are_sums_exact
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot
from rag.library.home import Home
from rag.library.library import Library
from rag.question import Question
from rag.settings import Settings


@pytest.fixture(scope="module", params=[7, 8])
def rounded(
    request: pytest.FixtureRequest, starter_articles: dict[str, Article], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chatbot]:
    """A chatbot over the starter articles whose encoder has weights of 7 bits, or of 8."""
    if request.param == (8 if are_sums_exact() else 7):
        yield request.getfixturevalue("chatbot")
        return
    if request.param == 8:
        pytest.skip("this processor's int8 sums saturate: it has no VNNI instructions, and the encoder takes 7 bits")
    settings = Settings(home=Path(tmp_path_factory.mktemp("rounded") / "home"))
    with Library(Home(settings.home), MiniLmEncoder(bits=7), max_article_characters=100_000) as library:
        library.add(starter_articles.values())
        yield build_chatbot(settings, library)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who handed over the US reply in Moscow?", "John Sullivan"),
        ("who led the us delegation at the geneva talks on 10 january 2022", "Wendy Sherman"),
        ("Who signed the Minsk Protocol for the OSCE?", "Heidi Tagliavini"),
        ("When was the James Webb telescope launched?", "25 December 2021"),
        ("when was the famous banyan tree in lahaina planted", "1873"),
        ("euro area inflation june 2022", "8.6%"),
        ("How many F-35 jets did the Netherlands plan to station in Bulgaria?", "two F-35 jets"),
        ("Why did Zelensky want the West to stop creating panic?", "hurting the economy of his country"),
        ("Which fire was the largest ever recorded in the European Union?", "Evros"),
    ],
)
def test_a_plain_question_is_answered(rounded: Chatbot, question: str, answer: str) -> None:
    quotes = rounded.invoke(Question(question)).quotes
    assert quotes and answer in quotes[0].text
