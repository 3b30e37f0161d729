"""Which date a short answer like "Monday" means: metamorphic in the day of publication."""

from datetime import date

import pytest

from corpus.article import Passage, Source
from embeddings.reader import Reading, Span
from rag.answer import ScoredPassage
from rag.asking.reading import ReadPassage, find_answer
from rag.asking.signals.reckoning import tell_date


def make(text: str, said: str, published: date | None) -> ReadPassage:
    start = text.index(said)
    passage = Passage("a", 0, len(text), text, ((0, len(text)),))
    reading = Reading((Span(start, start + len(said), 5.0),), 0.0, (5.0,))
    return ReadPassage(ScoredPassage(passage, Source("a", "Ferry", "Herald", "", published, "", ""), 0.9), reading)


@pytest.mark.parametrize(
    ("question", "text", "said", "expected"),
    [
        ("When did the ferry sink?", "The ferry sank off Leyte on Monday.", "Monday", "14 January 2019"),
        ("When does the ferry sail?", "The ferry sails on Monday.", "Monday", "21 January 2019"),
        ("When did the ferry sink?", "The ferry sank on 3 January.", "3 January", ""),
        ("Which paper reported it?", "The Monday paper reported it.", "Monday", ""),
    ],
)
def test_the_date_of_a_short_answer(question: str, text: str, said: str, expected: str) -> None:
    told = tell_date(question, find_answer(make(text, said, date(2019, 1, 16))))
    assert told == (f"“{said}” is {expected}, counted from the day of publication." if expected else "")
    assert tell_date(question, find_answer(make(text, said, None))) == ""
