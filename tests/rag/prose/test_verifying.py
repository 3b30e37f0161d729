"""Claims over two quotes of one article, checked with the real models."""

import pytest

from corpus.article import Article
from corpus.passages import split_article
from rag.answer import Answer, Citation, Claim, Quote, ScoredPassage, Status, Verdict
from rag.asking.chatbot import Chatbot
from rag.library.library import Library
from rag.prose.verifying import Verifier, list_parts
from rag.question import Question

REPLIES = "2022-01-26-written-replies"
QUOTED = (
    "The US ambassador to Russia, John Sullivan, handed over the American reply in person at the foreign ministry in"
    " Moscow.",
    "NATO sent its own document to Russia on the same day.",
    '"There is no change, there will be no change," Blinken said of the open-door policy of NATO.',
)
SUPPORTED, REPAIRED, UNSUPPORTED = Verdict.SUPPORTED, Verdict.REPAIRED, Verdict.UNSUPPORTED


@pytest.fixture(scope="module")
def answer(starter_articles: dict[str, Article]) -> Answer:
    article = starter_articles[REPLIES]
    starts = [article.text.index(text) for text in QUOTED]
    quotes = tuple(
        Quote(article.id, start, start + len(text), text, 1, 0.9) for start, text in zip(starts, QUOTED, strict=True)
    )
    considered = tuple(ScoredPassage(passage, article.source, 0.5) for passage in split_article(article))
    citation = Citation(1, article.source)
    return Answer("?", "", "John Sullivan", quotes, (citation,), 0.9, Status.ANSWERED, considered, 0.0)


@pytest.fixture(scope="module")
def verifier(chatbot: Chatbot, starter_library: Library, starter_articles: dict[str, Article]) -> Verifier:
    return Verifier(starter_library.encoder, chatbot.reader, lambda id: starter_articles[id].text, chatbot.verdicts)


@pytest.mark.parametrize(
    ("text", "cited", "verdict", "rests_on"),
    [
        ("John Sullivan handed over the American reply in Moscow.", (0,), SUPPORTED, (0,)),
        ("John Sullivan, the US ambassador, handed over the American reply in person.", (0, 1), SUPPORTED, (0,)),
        ("John Sullivan handed over the American reply in Moscow.", (1,), REPAIRED, (0,)),
        ("John Sullivan handed over the American reply in Moscow.", (), REPAIRED, (0,)),
        ("On 26 January, NATO sent its own document to Russia.", (1,), SUPPORTED, (1,)),
        ("Blinken said: “There is no change, there will be no change.”", (2,), SUPPORTED, (2,)),
        ("John Sullivan.", (0,), SUPPORTED, (0,)),
    ],
)
def test_what_the_quotes_say_is_supported(
    text: str, cited: tuple[int, ...], verdict: Verdict, rests_on: tuple[int, ...], answer: Answer, verifier: Verifier
) -> None:
    assert verifier(Question("Who?"), answer, [Claim(text, cited)]) == (Claim(text, rests_on, verdict),)


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        ("John Sullivan handed over two replies in Moscow.", (0,), "the number two does not stand in the quote"),
        ("On 27 January, NATO sent its own document to Russia.", (1,), "27 January does not stand there"),
        ("On Friday, NATO sent its own document to Russia.", (1,), "Friday is not named there"),
        ("John Kerry handed over the American reply in Moscow.", (0,), "the quote does not name John Kerry"),
        ("The EU sent its own document to Russia on that day.", (1,), "the quote does not name EU"),
        ("John Sullivan handed over the American reply in Paris.", (0,), "the quote does not name Paris"),
        (
            "Grushko sent a document to Russia on the same day.",
            (1,),
            "the quote says that of NATO, not of Grushko",
        ),
        ("John Sullivan did not hand over the American reply in Moscow.", (0,), "claim and quote differ in “not”"),
        (
            "Blinken said: “All change.”",
            (2,),
            "the words “All change.” do not stand in the article",
        ),
        ("Russia sent its own document to NATO on the same day.", (1,), "Russia and NATO have changed places"),
        ("John Sullivan thanked the foreign ministry in Moscow for its patience.", (0,), "the quote does not say this"),
        ("Alexander Grushko.", (0,), "the quote does not name Alexander Grushko"),
        ("Moscow.", (0,), "it says too little to be checked"),
        ("Yes.", (), "no quote says this"),
    ],
)
def test_what_they_do_not_say_is_not(
    text: str, cited: tuple[int, ...], reason: str, answer: Answer, verifier: Verifier
) -> None:
    claim = Claim(text, cited)
    assert verifier(Question("Who?"), answer, [claim]) == (Claim(text, cited, UNSUPPORTED, reason),)


def test_a_text_and_its_longer_parts() -> None:
    text = "He was born in 1856, came to New York by ship in the year 1884, and died in 1943."
    assert list_parts(text) == [
        text,
        "He was born in 1856, came to New York by ship in the year 1884,",
        "came to New York by ship in the year 1884,",
        "came to New York by ship in the year 1884, and died in 1943.",
    ]
