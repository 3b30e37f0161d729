"""What was read once is not read again, and is the same."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from embeddings.calibration import Calibration
from embeddings.reader import WEIGHTS, OnnxReader, Reading, ReadingText
from embeddings.remembering import RememberingReader

FIRE, BANK, STORM = (ReadingText("", f"The {word} was in the news.") for word in ("fire", "bank", "storm"))


class LengthReader:
    """A reader whose "no answer" is the length of question and text; `read_texts` keeps what it was given."""

    identity = "length@1"
    calibration = Calibration.read(WEIGHTS / "calibration.json")

    def __init__(self) -> None:
        self.read_texts: list[ReadingText] = []
        self.may_go_on = Event()
        self.may_go_on.set()
        self.has_begun = Event()
        self.fails = False

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        self.read_texts += texts
        self.has_begun.set()
        assert self.may_go_on.wait(30)
        if self.fails:
            raise ValueError("no")
        return [Reading((), float(len(question) + len(text.text))) for text in texts]


def test_only_new_texts_are_read_and_the_order_stays() -> None:
    inner = LengthReader()
    reader = RememberingReader(inner)
    first = reader.read("Who?", [FIRE, BANK, FIRE])
    assert [reading.no_answer for reading in first] == [29, 29, 29]
    assert [reading.no_answer for reading in reader.read("Who?", [STORM, BANK])] == [30, 29]
    assert inner.read_texts == [FIRE, BANK, STORM]
    assert reader.read("When?", [FIRE])[0].no_answer == 30
    assert inner.read_texts == [FIRE, BANK, STORM, FIRE]
    assert (reader.identity, reader.calibration) == (inner.identity, inner.calibration)


def test_a_text_under_another_title_is_another_text() -> None:
    inner = LengthReader()
    reader = RememberingReader(inner)
    reader.read("Who?", [FIRE, ReadingText("News", FIRE.text)])
    assert len(inner.read_texts) == 2


def test_the_least_recently_used_is_forgotten_first() -> None:
    inner = LengthReader()
    reader = RememberingReader(inner, size=2)
    reader.read("Who?", [FIRE, BANK])
    reader.read("Who?", [FIRE])
    reader.read("Who?", [STORM])
    reader.read("Who?", [FIRE])
    assert inner.read_texts == [FIRE, BANK, STORM]
    assert len(reader.read("Who?", [BANK, FIRE, STORM, BANK])) == 4  # more than are kept


def test_what_is_being_read_is_waited_for() -> None:
    inner = LengthReader()
    reader = RememberingReader(inner)
    inner.may_go_on.clear()
    with ThreadPoolExecutor(5) as pool:
        first = pool.submit(reader.read, "Who?", [FIRE])
        assert inner.has_begun.wait(30)
        others = [pool.submit(reader.read, "Who?", [FIRE]) for _ in range(4)]
        inner.may_go_on.set()
        assert {reading.no_answer for future in (first, *others) for reading in future.result(30)} == {29.0}
    assert inner.read_texts == [FIRE]


def test_a_failure_is_not_remembered() -> None:
    inner = LengthReader()
    reader = RememberingReader(inner)
    inner.fails = True
    with pytest.raises(ValueError, match="no"):
        reader.read("Who?", [FIRE])
    inner.fails = False
    assert reader.read("Who?", [FIRE])[0].no_answer == 29


def test_readings_are_those_of_the_reader_itself() -> None:
    inner = OnnxReader()
    reader = RememberingReader(inner)
    texts = [FIRE, BANK]
    reader.read("What was in the news?", [BANK])
    assert reader.read("What was in the news?", texts) == inner.read("What was in the news?", texts)
