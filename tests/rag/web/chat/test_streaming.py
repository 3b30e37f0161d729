"""An answer under way: it grows, fails, and stops at once whatever it waits for."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rag.answer import Answer
from rag.web.chat.streaming import AnswerStream
from tests.rag.web.samples import WHOLE, AnswerSource, make_answer


def test_each_version_arrives_when_it_is_there_and_the_last_one_always() -> None:
    source = AnswerSource()
    seen = []
    for answer in AnswerStream(source.stream()):
        seen.append(answer)
        source.go.set()
    assert seen == [make_answer(), WHOLE]
    assert source.closed.wait(5)


def test_versions_that_come_too_fast_are_left_out() -> None:
    versions = [replace(WHOLE, confidence=number / 1000) for number in range(1000)]
    seen = list(AnswerStream(iter(versions)))
    assert len(seen) < 100
    assert seen[-1] == versions[-1]


def test_stopping_ends_it_while_the_model_is_still_at_work_and_closes_the_stream() -> None:
    source = AnswerSource()
    stream = AnswerStream(source.stream())
    answers = iter(stream)
    assert next(answers) == make_answer()
    stream.stop()
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
        for answer in AnswerStream(fail()):
            seen.append(answer)
    assert seen in ([], [make_answer()])
