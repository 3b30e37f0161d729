"""The chatbot as a LangChain runnable, and its answers' promise: every quote stands word for word in its article."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Lock

import pytest
from langchain_core.runnables import RunnableLambda

from corpus.article import Article
from embeddings.reader import CalibratedReader, Reading, ReadingText
from rag.answer import NOT_FOUND, Answer, Claim, Status, Verdict
from rag.asking.chatbot import Chatbot
from rag.asking.followup import RuleRewriter
from rag.asking.weights import STANDARD_WEIGHTS
from rag.assembly import build_chatbot
from rag.library.library import Library
from rag.prose.writing import Writer
from rag.question import Question, Scope
from rag.settings import Settings
from tests.fakes import ScriptedModel
from tests.rag.asking.readings import alike_in_nothing, confirm, depart

CORES = os.cpu_count() or 1
QUESTIONS = [
    "What did Russia demand?",
    "What did Russia demand of NATO in the draft treaties of December 2021?",
    "Who handed over the American reply in Moscow?",
    "What did Blinken say about the open door of NATO?",
    "Where did the Normandy format talks take place?",
    "How many troops did Biden order to Europe?",
    "What is the Minsk agreement?",
    "When was the James Webb telescope launched?",
    "How far is L2 from the Earth?",
    "By how much did the Fed raise rates in June 2022?",
    "What is the Transmission Protection Instrument?",
    "How many people died in Lahaina?",
    "Why did the sky over New York turn orange?",
    "Which fire was the largest ever recorded in the European Union?",
]


def check_quotes(answer: Answer, articles: dict[str, Article]) -> None:
    sources = {citation.number: citation.source for citation in answer.citations}
    assert list(sources) == list(range(1, len(sources) + 1))
    assert {quote.citation for quote in answer.quotes} == set(sources)
    for quote in answer.quotes:
        article = articles[quote.article_id]
        assert article.text[quote.start : quote.end] == quote.text
        assert sources[quote.citation] == article.source
        assert quote.text in answer.text
        assert f"[{quote.citation}]" in answer.text
    assert any(answer.answer_span in quote.text for quote in answer.quotes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_stands_word_for_word_in_its_article(
    chatbot: Chatbot, starter_articles: dict[str, Article], question: str
) -> None:
    answer = chatbot.invoke(Question(question))
    assert (answer.question, answer.is_found) == (question, True)
    check_quotes(answer, starter_articles)
    assert 0 < answer.confidence <= 1
    assert answer.seconds > 0


def without_seconds(answer: Answer) -> Answer:
    return Answer(**{name: getattr(answer, name) for name in Answer.__slots__} | {"seconds": 0.0, "usage": None})


class CountingReader:
    """Counts in how many threads it reads at once."""

    def __init__(self, reader: CalibratedReader) -> None:
        self._reader, self._lock, self._now = reader, Lock(), 0
        self.identity, self.calibration, self.most = reader.identity, reader.calibration, 0

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.02)
        readings = self._reader.read(question, texts)
        with self._lock:
            self._now -= 1
        return readings


def test_of_many_questions_a_few_are_read_at_a_time(quick: Chatbot) -> None:
    reader = CountingReader(quick.reader)
    chatbot = Chatbot(quick.retriever, reader, alike_in_nothing, RuleRewriter(depart))
    questions = [Question(f"How many buildings did fire {number} destroy?") for number in range(12 * CORES)]
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(chatbot.invoke, questions))
    assert [answer.question for answer in answers] == [question.text for question in questions]
    assert 1 < reader.most <= 2 * CORES


def test_it_composes_with_other_runnables(quick: Chatbot) -> None:
    chain = RunnableLambda(Question) | quick | RunnableLambda(lambda answer: (answer.text, answer.answer_span))
    expected = ("“The fire destroyed 2,200 buildings.” [1]", "2,200")
    assert chain.invoke("How many buildings did the fire destroy?") == expected


def test_a_batch_is_answered_in_order(quick: Chatbot) -> None:
    questions = (
        "What did the bank raise its key rate to?",
        "How many buildings did the fire destroy?",
        "Who held talks?",
    )
    assert [answer.text for answer in quick.batch(list(map(Question, questions)))] == [
        "“The bank raised its key rate to 2 percent.” [1]",
        "“The fire destroyed 2,200 buildings.” [1]",
        "“Russia and NATO held talks.” [1]",
    ]


async def test_it_answers_asynchronously(quick: Chatbot) -> None:
    question = Question("What did Russia tell NATO?")
    assert without_seconds(await quick.ainvoke(question)) == without_seconds(quick.invoke(question))


def test_a_stream_ends_with_the_answer(quick: Chatbot) -> None:
    question = Question("What did Russia tell NATO?")
    assert [without_seconds(answer) for answer in quick.stream(question)] == [without_seconds(quick.invoke(question))]


def test_with_a_writer_prose_grows_over_the_quotes(quick: Chatbot) -> None:
    question = Question("How many buildings did the fire destroy?")
    in_quotes = without_seconds(quick.invoke(question))
    model = ScriptedModel(script=["It destroyed ", 0.2, "2,200 buildings [1].", 0.2])
    writing = quick.with_writer(Writer(model, confirm))
    begun, whole = Claim("It destroyed"), Claim("It destroyed 2,200 buildings.", (0,))
    supported = replace(whole, verdict=Verdict.SUPPORTED)
    last = replace(in_quotes, text="It destroyed 2,200 buildings. [1]", claims=(supported,))
    assert list(dict.fromkeys(map(without_seconds, writing.stream(question)))) == [
        in_quotes,
        replace(in_quotes, claims=(begun,)),
        replace(in_quotes, claims=(whole,)),
        last,
    ]
    assert without_seconds(writing.invoke(question)) == last
    assert model.stopped.is_set()


@pytest.mark.parametrize(("gap", "quotes"), [(-1_000.0, 1), (1_000.0, 3)])
def test_weights_decide_what_is_quoted(quick: Chatbot, library: Library, gap: float, quotes: int) -> None:
    library.add([Article(id="s", title="Storm", text="The storm came. It destroyed 300 boats. Snow fell.")])
    parts = quick.retriever, quick.reader, alike_in_nothing, RuleRewriter(depart)
    weights = replace(STANDARD_WEIGHTS, evidence_gap=gap, listed_gap=1_000.0)
    assert len(Chatbot(*parts, weights=weights).ask("How many boats did the storm destroy?").quotes) == quotes


def test_a_follow_up_is_asked_with_the_turns_before_it(quick: Chatbot) -> None:
    first = quick.ask("What did the fire destroy?")
    assert quick.ask("When did it begin?", history=[first.turn]).searched_for == "When did the fire begin?"


def test_a_question_in_a_scope_is_answered_from_it_alone(quick: Chatbot) -> None:
    scope = Scope(since=date(2022, 1, 1))  # the three articles are undated
    assert quick.ask("What did the fire destroy?", scope=scope).considered == ()


def test_closing_the_stream_stops_the_writer(quick: Chatbot) -> None:
    model = ScriptedModel(script=["It destroyed ", 60, "2,200 buildings [1]."])
    stream = quick.with_writer(Writer(model, confirm)).stream(Question("What did the fire destroy?"))
    assert [bool(next(stream).claims) for _ in range(2)] == [False, True]
    stream.close()
    assert model.stopped.wait(10)


def test_where_the_articles_do_not_answer_no_model_is_asked(library: Library) -> None:
    model = ScriptedModel(script=["Russia demanded everything [1]."])
    chatbot = build_chatbot(Settings(), library).with_writer(Writer(model, confirm))
    assert [answer.text for answer in chatbot.stream(Question("What did Russia demand?"))] == [NOT_FOUND]
    assert model.asked == []


def test_an_empty_library_answers_nothing(library: Library) -> None:
    answer = build_chatbot(Settings(), library).invoke(Question("Who handed over the reply?"))
    expected = Answer("Who handed over the reply?", NOT_FOUND, "", (), (), 0.0, Status.NOT_FOUND, (), 0.0)
    assert without_seconds(answer) == expected
