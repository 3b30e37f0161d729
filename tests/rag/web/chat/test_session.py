"""A session of the chat: answers grow, are stopped and replaced, and late ones change nothing."""

from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from rag.answer import Answer
from rag.library.library import Library
from rag.question import Scope
from rag.web.chat.exchange import Exchange
from rag.web.chat.judging import Judging
from rag.web.chat.page import ChatPage
from rag.web.chat.session import Session
from rag.web.chat.streaming import AnswerStream
from rag.web.evaluation.case_sets import CaseSets
from tests.rag.web.samples import WHOLE, AnswerSource, make_answer


def ask(
    session: Session, answers: Iterator[Answer], question: str = "Why?", number: int | None = None
) -> list[Exchange]:
    return list(session.follow(session.begin(Exchange(question), number), AnswerStream(answers)))


def test_a_visit_keeps_what_was_answered_until_it_was_stopped() -> None:
    session, source = Session(), AnswerSource()
    number = session.begin(Exchange("Why?"))
    assert session.is_busy
    following = session.follow(number, AnswerStream(source.stream()))
    assert next(following) == Exchange("Why?", make_answer(), is_open=True)
    session.stop()
    assert list(following) == []
    assert session.conversation == (Exchange("Why?", make_answer(), is_stopped=True),)
    assert not session.is_busy
    source.go.set()


def test_a_scope_that_is_chosen_while_another_is_looked_at_stays() -> None:
    session, thaw, snow = Session(), Scope(topics=frozenset({"Thaw"})), Scope(topics=frozenset({"Snow"}))

    def look(scope: Scope) -> Scope:
        session.choose(thaw)
        return scope

    session.keep_of_scope(look)
    assert session.scope == thaw
    session.keep_of_scope(lambda _: snow)
    assert session.scope == snow


def test_a_new_question_stops_the_one_before() -> None:
    session, source = Session(), AnswerSource()
    first = session.follow(session.begin(Exchange("Why?")), AnswerStream(source.stream()))
    next(first)
    assert [exchange.answer for exchange in ask(session, iter([WHOLE]), "When?")] == [WHOLE]
    assert list(first) == []
    assert [(each.question, each.answer, each.is_stopped) for each in session.conversation] == [
        ("Why?", make_answer(), True),
        ("When?", WHOLE, False),
    ]
    source.go.set()


def test_an_edited_question_takes_the_place_of_the_old_one() -> None:
    session = Session()
    ask(session, iter([make_answer()]), "Why?")
    ask(session, iter([make_answer()]), "When?")
    ask(session, iter([WHOLE]), "Where?", number=1)
    assert [each.question for each in session.conversation] == ["Why?", "Where?"]
    assert session.conversation[1].answer == WHOLE


def test_an_answer_that_comes_late_changes_nothing() -> None:
    session = Session()
    stream = AnswerStream(iter([WHOLE]))
    number = session.begin(Exchange("Why?"))
    session.open("other", (Exchange("Old?", make_answer()),))
    assert not session.update_from(stream, number, answer=WHOLE)
    assert session.conversation == (Exchange("Old?", make_answer()),)
    assert (session.find(0), session.find(1)) == (session.conversation[0], None)


def test_filters_that_arrive_out_of_turn_do_not_undo_later_ones() -> None:
    session, first, second = Session(), Scope(topics=frozenset({"Fires"})), Scope(topics=frozenset({"Fires", "Banks"}))
    session.limit(second, 2)
    session.limit(first, 1)
    assert session.scope == second
    session.limit(first, 3)
    assert session.scope == first


def test_a_click_on_an_exchange_that_is_gone_changes_nothing(library: Library, tmp_path: Path) -> None:
    chat, session = ChatPage(None, library), Session()  # type: ignore[arg-type]  # no question is asked
    session.open("kept", (Exchange("Why?", make_answer()),))
    before, gone = session.conversation, gr.EventData(None, {"exchange": 1, "opinion": "right"})
    for (shown, *others), *rest in (chat.ask_again(session, gone), chat.ask_everywhere(session, gone)):
        assert "a halt to expansion" in shown  # Gradio empties what a handler yields nothing for
        assert (others, rest) == ([gr.skip()] * len(others), [])
    judging = Judging(
        CaseSets(tmp_path / "cases"), show=lambda session: str(session.conversation), keep=lambda session: None
    )
    assert judging.judge(session, gone) == str(before)
    assert not (tmp_path / "cases").exists()
    assert session.conversation == before
