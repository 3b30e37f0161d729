"""The reader with its real weights: facts a person can check by reading the texts."""

from pathlib import Path

import pytest

from embeddings.errors import ModelLoadError
from embeddings.reader import OnnxReader, Reading, ReadingText
from embeddings.spans import list_words, weigh_span

BRIDGE = ReadingText(
    "Harbour bridge opens",
    "The new harbour bridge opened on Monday after six years of work. It cost 412 million euros and was designed by "
    "the Danish engineer Karen Holm. About 30,000 people walked across it on the first day.",
    ((0, 64), (65, 142), (143, 197)),
)
SCHOOL = ReadingText(
    "School year begins",
    "Schools across the region opened their doors again this week. The ministry expects 91,000 pupils, slightly more "
    "than last year. Teachers asked for smaller classes.",
)
COST = "How much did the harbour bridge cost?"


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader(threads=2)


def best(text: ReadingText, reading: Reading) -> str:
    span = reading.spans[0]
    return text.text[span.start : span.end]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (COST, "412 million euros"),
        ("Who designed the bridge?", "Karen Holm"),
        ("when did the harbour bridge open", "Monday"),
        ("how many people walked across the bridge on the first day", "30,000"),
    ],
)
def test_finds_the_short_answer(reader: OnnxReader, question: str, answer: str) -> None:
    reading = reader.read(question, [BRIDGE])[0]
    assert answer in best(BRIDGE, reading)
    assert len(best(BRIDGE, reading)) <= len(answer) + 25
    assert reading.spans[0].score > reading.no_answer


def test_a_question_is_read_the_same_without_its_mark(reader: OnnxReader) -> None:
    assert reader.read(COST.rstrip("?"), [BRIDGE]) == reader.read(f"{COST} ", [BRIDGE])


def test_says_that_an_unrelated_text_does_not_answer(reader: OnnxReader) -> None:
    reading = reader.read(COST, [SCHOOL])[0]
    assert reading.no_answer > reading.spans[0].score


def test_spans_are_distinct_ordered_and_inside_the_text(reader: OnnxReader) -> None:
    spans = reader.read(COST, [BRIDGE])[0].spans
    assert len(spans) == 10
    assert len({(span.start, span.end) for span in spans}) == 10
    assert all(0 <= span.start < span.end <= len(BRIDGE.text) for span in spans)
    asked = set(list_words(COST))
    weights = [weigh_span(asked, BRIDGE.text, span) for span in spans]
    assert weights == sorted(weights, reverse=True)


def test_evidence_is_highest_for_the_sentence_that_holds_the_answer(reader: OnnxReader) -> None:
    evidence = reader.read(COST, [BRIDGE])[0].evidence
    assert len(evidence) == 3
    assert max(evidence) == evidence[1] > 0


def test_order_and_company_of_texts_do_not_change_a_reading(reader: OnnxReader) -> None:
    together = reader.read(COST, [SCHOOL, BRIDGE])
    assert reader.read(COST, [BRIDGE, SCHOOL]) == together[::-1]
    assert reader.read(COST, [BRIDGE]) == together[1:]


def test_long_text_is_read_to_its_end(reader: OnnxReader) -> None:
    filler = "The council met on Thursday and talked about parking, trees and the budget of the library. " * 60
    long = ReadingText("Council meeting", filler + "At last the mayor, Ingrid Sand, announced that she will resign.")
    reading = reader.read("Which mayor announced that she will resign?", [long])[0]
    assert best(long, reading) == "Ingrid Sand"
    assert reading.spans[0].start == len(filler) + len("At last the mayor, ")


def test_offsets_count_characters_not_bytes(reader: OnnxReader) -> None:
    text = ReadingText(
        "Wahl 🗳️ in Köln", "“Žižek–Fest” 🎉 — café talk. The mayor of Köln is Zoë Müller-Çelik, 日本 says."
    )
    reading = reader.read("Who is the mayor of Köln?", [text])[0]
    assert best(text, reading) == "Zoë Müller-Çelik"


def test_title_is_read_but_never_quoted(reader: OnnxReader) -> None:
    text = ReadingText("Karen Holm wins the prize", "She received it on Friday for her bridge.")
    reading = reader.read("Who wins the prize?", [text])[0]
    assert all(span.end <= len(text.text) for span in reading.spans)
    assert reading.no_answer == pytest.approx(reader.read("Who wins the prize?", [text])[0].no_answer, abs=0)


@pytest.mark.parametrize("text", ["", "   \n"])
def test_text_without_words_has_no_spans(reader: OnnxReader, text: str) -> None:
    assert reader.read(COST, [ReadingText("", text, ((0, 0),))]) == [Reading((), 0.0, (0.0,))]


def test_no_texts_no_readings(reader: OnnxReader) -> None:
    assert reader.read(COST, []) == []


def test_identity_follows_the_weights(reader: OnnxReader) -> None:
    name, _, digest = reader.identity.rpartition("-")
    assert name == "dateline-reader"
    assert len(digest) == 12
    assert OnnxReader().identity == reader.identity


def test_missing_weights_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadError, match=r"model\.onnx.*python -m embeddings\.training"):
        OnnxReader(tmp_path)
