"""Prose over passages: what comes of what a model writes, and of a model that fails."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from langchain_core.messages import AIMessageChunk

from corpus.article import Passage, Source
from rag.answer import NOT_FOUND, Answer, Citation, Claim, Quote, ScoredPassage, Status, Usage, Verdict
from rag.chat_model import BROKE_OFF, REACHED_THE_MOST
from rag.prose.combining import FOUND_BY_MODEL, list_nearby
from rag.prose.material import Material, Sentence
from rag.prose.writing import (
    INSTEAD,
    MAX_PROSE_CHARACTERS,
    MOST_CLAIMS,
    NOTHING_FOUND,
    NOTHING_SUPPORTED,
    NOTHING_WRITTEN,
    UNTIL_THEN,
    Manner,
    Writer,
)
from rag.question import Kind, Question
from tests.fakes import ScriptedModel

REPLIES = Source("a", "Replies", "Wire", "", date(2022, 1, 26), "", "")
STORM = Source("b", "Storm", "", "", None, "", "")
CONSIDERED = (
    ScoredPassage(Passage("a", 0, 39, "Sullivan came at ten. He left at noon.\n", ((0, 21), (22, 38))), REPLIES, 0.9),
    ScoredPassage(Passage("b", 5, 49, "A storm hit Lisbon. It tore off forty roofs.", ((0, 19), (20, 44))), STORM, 0.5),
)
"""The model is given them as [1] Sullivan came, [2] He left, [3] A storm, [4] It tore."""
CAME = Quote("a", 0, 21, "Sullivan came at ten.", 1, 0.9, (0, 8))
LEFT = Quote("a", 22, 38, "He left at noon.", 1, 0.0)
TORE = Quote("b", 25, 49, "It tore off forty roofs.", 2, 0.0)
QUESTION = Question("Who came?")
IN_QUOTES = Answer(
    "Who came?", "“Sullivan came at ten.” [1]", "Sullivan", (CAME,), (Citation(1, REPLIES),), 0.9, Status.ANSWERED,
    CONSIDERED, 0.0,
)  # fmt: skip
UNSURE = replace(IN_QUOTES, status=Status.UNSURE, confidence=0.3)
NOTHING = replace(
    IN_QUOTES, text=NOT_FOUND, answer_span="", quotes=(), citations=(), status=Status.NOT_FOUND, confidence=0.1
)
CANNOT_BE_READ = "The chat model's reply cannot be read (ValueError)."

Write = Callable[..., list[Answer]]


def judge_by_first_word(question: Question, answer: Answer, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Take "Lie ..." and what cites nothing for unsupported, and the rest for supported."""
    return tuple(
        replace(claim, verdict=Verdict.UNSUPPORTED if claim.text[:3] == "Lie" else Verdict.SUPPORTED)
        for claim in claims
    )


def find_nothing(text: str, k: int | None) -> list[ScoredPassage]:
    return []


@pytest.fixture
def write() -> Write:
    """Return what writes over an answer from a script; the answers come without what the model used."""

    def write(*script: object, answer: Answer = IN_QUOTES, **manner: bool) -> list[Answer]:
        writer = Writer(ScriptedModel(script=list(script)), judge_by_first_word, Manner(**manner))
        return [replace(each, usage=None) for each in writer.write(QUESTION, answer, find_nothing)]

    return write


def test_the_claims_grow_and_are_checked_at_the_end(write: Write) -> None:
    answers = write("Sullivan ", 0.2, "came [1]. ", 0.2, "Lie: he left [2].", 0.2)
    came, lie = Claim("Sullivan came.", (0,)), Claim("Lie: he left.", (1,))
    assert list(dict.fromkeys((answer.claims, answer.quotes) for answer in answers)) == [
        ((Claim("Sullivan"),), (CAME,)),
        ((came,), (CAME,)),
        ((came, lie), (CAME, LEFT)),
        ((replace(came, verdict=Verdict.SUPPORTED), Claim("Lie: he left.", (), Verdict.UNSUPPORTED)), (CAME,)),
    ]
    assert {answer.text for answer in answers[:-1]} == {IN_QUOTES.text}
    assert (answers[-1].text, answers[-1].notice) == ("Sullivan came. [1]", "")


def test_what_the_model_cites_becomes_quotes_word_for_word(write: Write) -> None:
    *_, last = write("Sullivan came [1]. He left at noon, and a storm tore off roofs [2][4].")
    assert last.quotes == (CAME, LEFT, TORE)
    assert last.citations == (Citation(1, REPLIES), Citation(2, STORM))
    assert [claim.quotes for claim in last.claims] == [(0,), (1, 2)]
    assert last.text == "Sullivan came. [1] He left at noon, and a storm tore off roofs. [1][2]"


def test_quotes_that_the_prose_does_not_use_stay_below_it(write: Write) -> None:
    answer = replace(IN_QUOTES, kind=Kind.LIST, quotes=(CAME, LEFT))
    *_, last = write("He left at noon [2].", answer=answer)
    assert last.text == "He left at noon. [1]\n\n“Sullivan came at ten.” [1]"


def test_a_sure_reader_comes_first_where_the_model_says_something_else(write: Write) -> None:
    script = "A storm tore off forty roofs [4]."
    *_, last = write(script)
    assert (last.answer_span, last.confidence, last.has_quotes_first) == ("Sullivan", 0.9, True)
    assert last.text == "“Sullivan came at ten.” [1]\n\nA storm tore off forty roofs. [2]"
    *_, led = write(script, leads=True)
    assert (led.answer_span, led.has_quotes_first, led.notice) == ("", False, FOUND_BY_MODEL)
    assert led.quotes[led.main].text == TORE.text


@pytest.mark.parametrize(("answer", "rest"), [(UNSURE, "\n\n“Sullivan came at ten.” [1]"), (NOTHING, "")])
def test_the_model_comes_first_where_the_reader_was_not_sure(answer: Answer, rest: str, write: Write) -> None:
    *_, last = write("A storm tore off forty roofs [4].", answer=answer)
    mark = "[2]" if rest else "[1]"
    assert last.text == f"A storm tore off forty roofs. {mark}{rest}"
    assert (last.status, last.confidence, last.notice) == (Status.ANSWERED, 0.5, FOUND_BY_MODEL)
    assert last.quotes[last.main].text == TORE.text


@pytest.mark.parametrize("said", ["NOT HERE", "not here.", "<think>[1]?</think> NOT HERE [1]", "*NOT HERE*"])
def test_where_the_model_finds_nothing_only_a_reader_that_was_likely_right_stands(said: str, write: Write) -> None:
    sure = replace(IN_QUOTES, notice=f"{NOTHING_FOUND} {INSTEAD}")
    assert write(said)[-1] == sure
    likely = replace(IN_QUOTES, confidence=0.6)
    assert write(said, answer=likely)[-1] == replace(sure, status=Status.UNSURE, confidence=0.3)
    expected = replace(NOTHING, confidence=0.15, notice=NOTHING_FOUND)
    assert write(said, answer=UNSURE)[-1] == expected
    assert write(said, leads=True)[-1] == replace(expected, confidence=0.45)
    assert write(said, answer=NOTHING)[-1] == NOTHING


def test_unsupported_claims_are_dropped_if_so_wished(write: Write) -> None:
    *_, last = write("Sullivan came at ten [1] and left at noon [2]. Lie.", keeps_unsupported=False)
    claim = Claim("Sullivan came at ten and left at noon.", (0, 1), Verdict.SUPPORTED)
    text = "Sullivan came at ten and left at noon. [1]"
    assert last == replace(IN_QUOTES, text=text, claims=(claim,), quotes=(CAME, LEFT))


@pytest.mark.parametrize(
    ("script", "notice"),
    [
        (["Lie [1]. Lies!"], NOTHING_SUPPORTED),
        ([""], NOTHING_WRITTEN),
        (["<think>hm</think> "], NOTHING_WRITTEN),
        (["Sullivan came", ValueError()], CANNOT_BE_READ),
    ],
)
def test_without_a_supported_claim_the_answer_in_quotes_stands_and_says_why(
    script: list[object], notice: str, write: Write
) -> None:
    assert write(*script)[-1] == replace(IN_QUOTES, notice=f"{notice} {INSTEAD}")
    assert write(*script, answer=NOTHING)[-1] == replace(NOTHING, notice=notice)


def test_a_model_that_never_stops_is_stopped_at_a_sentence(write: Write) -> None:
    *_, last = write(*(f"Sullivan came {number} times. " for number in range(100_000)))
    assert [claim.text for claim in last.claims] == [f"Sullivan came {number} times." for number in range(MOST_CLAIMS)]
    *_, last = write(*(f"Sullivan came {number:0500} times. " for number in range(100_000)))
    assert len(last.claims) == MAX_PROSE_CHARACTERS // 522
    assert {len(claim.text) for claim in last.claims} == {521}


def test_what_a_model_had_finished_when_it_failed_is_checked_and_stays(write: Write) -> None:
    *_, last = write("Sullivan came [1]. He left at", 0.2, ValueError())
    assert [(claim.text, claim.verdict) for claim in last.claims] == [("Sullivan came.", Verdict.SUPPORTED)]
    assert (last.text, last.notice) == ("Sullivan came. [1]", f"{CANNOT_BE_READ} {UNTIL_THEN}")


@pytest.mark.parametrize(
    ("told", "claims", "notice"),
    [
        ({"finish_reason": "stop"}, ["Sullivan came.", "He left"], ""),
        ({"finish_reason": "length"}, ["Sullivan came."], f"{REACHED_THE_MOST} {UNTIL_THEN}"),
        ({"model_provider": "openai"}, ["Sullivan came."], f"{BROKE_OFF} {UNTIL_THEN}"),
    ],
)
def test_a_sentence_that_a_model_was_stopped_within_is_left_out(
    told: dict[str, str], claims: list[str], notice: str, write: Write
) -> None:
    *_, last = write("Sullivan came [1]. He left", AIMessageChunk(content="", response_metadata=told))
    assert ([claim.text for claim in last.claims], last.notice) == (claims, notice)


def test_a_long_thought_is_not_the_answer(write: Write) -> None:
    *_, last = write("<think>", *["Who came, I wonder? "] * 1_000, "</think>Sullivan came [1].")
    assert last.text == "Sullivan came. [1]"


def test_what_the_model_used_is_told() -> None:
    writer = Writer(ScriptedModel(script=["Sullivan came [1]."]), judge_by_first_word)
    *_, last = writer.write(QUESTION, IN_QUOTES, find_nothing)
    assert isinstance(last.usage, Usage)
    assert (last.usage.written, last.usage.is_estimated) == (5, True)  # of 18 characters


def test_what_is_copied_without_a_mark_is_tried_on_its_own_sentence_however_long_the_text() -> None:
    towns = ("Oslo", "Bergen", "Graz", "Samar", "Lisbon", "Vestby", "Seville", "Crete", "Turin")
    sentences = tuple(Sentence(STORM, place, place + 1, f"A storm hit {town}.") for place, town in enumerate(towns))
    claims = [Claim(sentence.text, ()) for sentence in sentences]
    assert set(list_nearby(Material(sentences), claims)) == set(range(len(towns)))
