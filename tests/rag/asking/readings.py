"""Two passages, readings of them that were written by hand, and a reader that repeats such readings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import exp, inf

from corpus.article import Passage, Source
from embeddings.encoder import Compare
from embeddings.reader import CalibratedReader, Reading, ReadingText, Span
from rag.answer import Answer, Claim, ScoredPassage, Verdict
from rag.asking.answering import answer_question
from rag.question import Question
from tests.rag.samples import PLAIN_CALIBRATION

TEXT = "Moscow asked for talks. It demanded a halt to expansion. NATO refused to discuss it. Snow fell."
SENTENCES = ((0, 23), (24, 56), (57, 84), (85, 95))
OTHER = "Ukraine must never join NATO, Russia said."


class ScriptedReader:
    """Returns readings that were written by hand, by the id of the article."""

    identity = "scripted"
    calibration = PLAIN_CALIBRATION

    def __init__(self, **readings: Reading) -> None:
        self._readings = {f"Title of {id}": reading for id, reading in readings.items()}
        self.asked: list[tuple[str, list[ReadingText]]] = []

    def read(self, question: str, texts: list[ReadingText]) -> list[Reading]:
        self.asked.append((question, texts))
        return [self._readings[text.title] for text in texts]


def stay(question: str, last: str) -> float:
    """Take every question for one about the same as the last."""
    return 0.0


def depart(question: str, last: str) -> float:
    """Take every question for one about something else than the last."""
    return inf


def alike_in_nothing(text: str, others: Sequence[str]) -> list[float]:
    return [0.0] * len(others)


def confirm(question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(replace(claim, verdict=Verdict.SUPPORTED) for claim in claims)


def answer_from(
    question: str,
    passages: Sequence[ScoredPassage],
    reader: CalibratedReader,
    compare: Compare = alike_in_nothing,
) -> Answer:
    return answer_question(question, passages, reader, compare)


def make_found(
    id: str,
    text: str,
    sentences: tuple[tuple[int, int], ...],
    score: float,
    start: int = 0,
    published: date | None = None,
) -> ScoredPassage:
    source = Source(id, f"Title of {id}", "Ours", "", published, "", "")
    return ScoredPassage(Passage(id, start, start + len(text), text, sentences), source, score)


FIRST = make_found("a", TEXT, SENTENCES, 0.60, start=100)
SECOND = make_found("b", OTHER, ((0, 42),), 0.62)
HALT = Reading((Span(36, 55, 5.0), Span(24, 55, 4.0)), no_answer=3.0, evidence=(-1.0, 2.5, -6.0, -9.0))
JOIN = Reading((Span(0, 28, 1.5),), no_answer=1.0, evidence=(0.6,))
NOTHING = Reading((Span(0, 7, 1.0),), no_answer=6.0, evidence=(-5.0,))


def logistic(value: float) -> float:
    return 1 / (1 + exp(-value))
