"""A conversation that was kept comes back as it was, with the text looked up, and without what is no longer there."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.article import Article
from rag.answer import NOT_FOUND, Answer, Part, Status
from rag.errors import ConversationError
from rag.library.library import Library
from rag.library.records import Collection
from rag.question import Kind, Scope
from rag.web.chat.exchange import Conversation, Exchange, Judgement, Opinion
from rag.web.chat.stored import exchange_record, read_conversation
from tests.rag.web.samples import CLAIMS, SIDES, make_answer, make_article

SCOPE = Scope(frozenset({"Our paper"}), frozenset(), date(2021, 1, 1))
SEARCHED = Collection(1, 1, date(2021, 12, 17), date(2021, 12, 17))


def keep(library: Library, *exchanges: Exchange) -> str:
    return library.conversations.write("", map(exchange_record, exchanges))


def come_back(library: Library, name: str) -> Conversation:
    return read_conversation(library.conversations.read(name), library.catalog)


@pytest.fixture
def filled(library: Library) -> Library:
    library.add([make_article()])
    return library


def test_parts_and_replies_come_back(filled: Library) -> None:
    answer = make_answer()
    parts = (Part("Moscow", (0,), "a halt"), Part("Kyiv", ()))
    text = f"Moscow\n“{answer.quotes[0].text}” [1]\n\nKyiv\nNot in these articles."
    split = replace(answer, text=text, kind=Kind.COMPARISON, parts=parts, considered=())
    reply = Answer("Hello", "Ask me.", "", (), (), 1.0, Status.ANSWERED, (), 0.1, kind=Kind.HELP)
    exchanges = Exchange(split.question, split), Exchange("Hello", reply)
    assert come_back(filled, keep(filled, *exchanges)) == exchanges


def test_what_comes_back_is_what_was_kept(filled: Library) -> None:
    answer = make_answer()
    answer = replace(answer, question="Why?", text=f"“{answer.quotes[0].text}” [1]", claims=CLAIMS, notice="Slow.")
    answer = replace(answer, sides=(SIDES[0], replace(SIDES[1], quotes=(0,))), searched_for="Why a halt?")
    missing = replace(make_answer(status=Status.NOT_FOUND), question="Who?")
    exchanges = (
        Exchange(
            "Why?",
            answer,
            scope=SCOPE,
            searched=SEARCHED,
            judgement=Judgement("chat-1", Opinion.WRONG, is_settled=True),
        ),
        Exchange("Who?", missing),
        Exchange("?", problem="write more"),
        Exchange("When?", is_stopped=True),
    )
    name = keep(filled, *exchanges)
    whole = replace(exchanges[0], answer=replace(answer, considered=()))
    assert come_back(filled, name) == (whole, *exchanges[1:])


@pytest.mark.parametrize("broken", [{"question": "x"}, {"status": "answered"}, {"scope": 7}, {"status": "x"}])
def test_an_exchange_that_another_version_wrote_is_named(filled: Library, broken: dict[str, Any]) -> None:
    record = filled.conversations.read(keep(filled, Exchange("Who burned?")))
    exchange = broken if "question" in broken else record["exchanges"][0] | broken
    with pytest.raises(ConversationError, match=r"^the conversation “Who burned\?” cannot be shown"):
        read_conversation(record | {"exchanges": [exchange]}, filled.catalog)


def test_no_text_of_an_article_is_written_down(filled: Library) -> None:
    record = json.dumps([exchange_record(Exchange("Why?", make_answer())) for _ in range(2)])
    assert not any(words in record for words in ("Moscow", "demanded", "halt", "NATO", "Draft", "paper"))


def test_a_quote_of_an_earlier_version_is_still_found_and_one_of_a_removed_article_is_lost(filled: Library) -> None:
    name = keep(filled, Exchange("Why?", make_answer()), Exchange("Who?", make_answer(status=Status.NOT_FOUND)))
    filled.add([make_article(text="It was all taken back.")])
    filled.add([make_article(text="It was all taken back again.")])
    (first, _) = come_back(filled, name)
    assert first.answer and first.answer.quotes == make_answer().quotes
    filled.remove(["a1"])
    (first, second) = come_back(filled, name)
    assert first.answer and second.answer
    assert (first.answer.text, first.answer.status, first.answer.quotes) == (NOT_FOUND, Status.NOT_FOUND, ())
    assert (first.lost, second.lost, second.answer.considered) == (1, 0, ())


def test_another_article_under_the_old_id_is_not_taken_for_the_old_one(filled: Library) -> None:
    name = keep(filled, Exchange("Why?", make_answer()))
    record = filled.conversations.read(name)
    filled.remove(["a1"])
    filled.add([Article(id="a1", text="Something else stands where the old words stood, quite another thing.")])
    (exchange,) = read_conversation(record, filled.catalog)
    assert (exchange.lost, exchange.answer and exchange.answer.quotes) == (1, ())
