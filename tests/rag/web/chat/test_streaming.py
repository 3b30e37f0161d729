"""An answer under way: it grows, fails, and stops at once whatever it waits for."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from rag.answer import Answer, Claim
from rag.question import Scope
from rag.web.chat.exchange import Exchange
from rag.web.chat.session import Visit
from rag.web.chat.streaming import Asking
from tests.rag.web.samples import make_answer

WHOLE = replace(make_answer(), claims=(Claim("Moscow wanted a halt."),))


class Source:
    """Streams an answer, then waits until it is closed or `go` is set, then streams another."""

    def __init__(self) -> None:
        self.go, self.closed = Event(), Event()

    def stream(self) -> Iterator[Answer]:
        try:
            yield make_answer()
            self.go.wait(30)
            yield WHOLE
        finally:
            self.closed.set()


def test_each_version_comes_when_it_is_there_and_the_last_one_always() -> None:
    source = Source()
    seen = []
    for answer in Asking(source.stream()):
        seen.append(answer)
        source.go.set()
    assert seen == [make_answer(), WHOLE]
    assert source.closed.wait(5)


def test_versions_that_nobody_had_time_for_are_left_out() -> None:
    versions = [replace(WHOLE, confidence=number / 1000) for number in range(1000)]
    seen = list(Asking(iter(versions)))
    assert len(seen) < 100
    assert seen[-1] == versions[-1]


def test_stopping_ends_it_while_the_model_is_still_at_work_and_closes_the_stream() -> None:
    source = Source()
    asking = Asking(source.stream())
    answers = iter(asking)
    assert next(answers) == make_answer()
    asking.stop()
    assert list(answers) == []
    assert not source.closed.is_set(), "the model is still waiting for its next word"
    source.go.set()
    assert source.closed.wait(5)


def test_what_the_chatbot_raises_is_raised() -> None:
    def fail() -> Iterator[Answer]:
        yield make_answer()
        raise ValueError("no model")

    seen = []
    with pytest.raises(ValueError, match="no model"):
        for answer in Asking(fail()):
            seen.append(answer)
    assert seen in ([], [make_answer()])


def ask(visit: Visit, answers: Iterator[Answer], question: str = "Why?", number: int | None = None) -> list[Exchange]:
    return list(visit.follow(visit.begin(Exchange(question), number), Asking(answers)))


def test_a_visit_keeps_what_was_answered_until_it_was_stopped() -> None:
    visit, source = Visit(), Source()
    number = visit.begin(Exchange("Why?"))
    assert visit.is_busy
    following = visit.follow(number, Asking(source.stream()))
    assert next(following) == Exchange("Why?", make_answer(), is_open=True)
    visit.stop()
    assert list(following) == []
    assert visit.conversation == (Exchange("Why?", make_answer(), is_stopped=True),)
    assert not visit.is_busy
    source.go.set()


def test_a_new_question_stops_the_one_before() -> None:
    visit, source = Visit(), Source()
    first = visit.follow(visit.begin(Exchange("Why?")), Asking(source.stream()))
    next(first)
    assert [exchange.answer for exchange in ask(visit, iter([WHOLE]), "When?")] == [WHOLE]
    assert list(first) == []
    assert [(each.question, each.answer, each.is_stopped) for each in visit.conversation] == [
        ("Why?", make_answer(), True),
        ("When?", WHOLE, False),
    ]
    source.go.set()


def test_an_edited_question_takes_the_place_of_the_old_one() -> None:
    visit = Visit()
    ask(visit, iter([make_answer()]), "Why?")
    ask(visit, iter([make_answer()]), "When?")
    ask(visit, iter([WHOLE]), "Where?", number=1)
    assert [each.question for each in visit.conversation] == ["Why?", "Where?"]
    assert visit.conversation[1].answer == WHOLE


def test_an_answer_that_comes_late_changes_nothing() -> None:
    visit = Visit()
    asking = Asking(iter([WHOLE]))
    number = visit.begin(Exchange("Why?"))
    visit.open("other", (Exchange("Old?", make_answer()),))
    assert not visit.change(number, asking, answer=WHOLE)
    assert visit.conversation == (Exchange("Old?", make_answer()),)
    assert (visit.find(0), visit.find(1)) == (visit.conversation[0], None)


def test_filters_that_arrive_out_of_turn_do_not_undo_later_ones() -> None:
    visit, first, second = Visit(), Scope(topics=frozenset({"Fires"})), Scope(topics=frozenset({"Fires", "Banks"}))
    visit.limit(second, 2)
    visit.limit(first, 1)
    assert visit.scope == second
    visit.limit(first, 3)
    assert visit.scope == first
