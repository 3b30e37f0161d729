"""Whose words or act a question asks for, and which sentences tell them."""

import re

import pytest

from embeddings.reader import Reading, Span
from rag.asking.reading import read_promising
from rag.asking.spans.choosing import choose_span
from rag.asking.spans.deeds import cut_told, find_deed, list_telling
from rag.asking.spans.expected import expect
from tests.rag.asking.readings import ScriptedReader, make_found

NAMES = ["Ida Lund", "Tomás Brandão", "Mr Okoro"]


def _split(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in re.finditer(r"\S.*?[.](?=\s|$)", text))


def _list_told(question: str, text: str) -> list[str]:
    deed = find_deed(question)
    assert deed is not None
    return [text[slice(*place)] for place in list_telling(deed, text, _split(text))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("topic", ["ferries", "the new harbour", "tolls"])
@pytest.mark.parametrize(
    "told",
    [
        "{} said {} would cost too much.",
        "Harbour minister {}, who came late, warned that {} were a risk.",
        "On {1}, {0} told reporters it was too late.",
        "“We need {1}”, said {0}.",
        "{} spoke to sailors. She said {} would cost too much.",
    ],
)
def test_what_somebody_said_on_a_topic_is_the_sentence_of_theirs_that_has_it(name: str, topic: str, told: str) -> None:
    text = f"{name} opened a bridge. {told.format(name, topic)} Berg called {topic} a gift."
    asked = f"What did {name} say about {topic}?"
    (sentence,) = _list_told(asked, text)
    assert sentence in told.format(name, topic)
    assert topic.split()[-1] in sentence


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("What did Lund promise?", "Lund quit. Berg promised a ferry.", []),
        ("What did Lund promise?", "Lund heard that Berg promised a ferry.", []),
        ("What did Lund promise?", "The mayor, Ida Lund, quit. She pledged to return.", ["She pledged to return."]),
        (
            "What did Lund announce?",
            "Mayor Lund quit. The mayor also announced a sale.",
            ["The mayor also announced a sale."],
        ),
        (
            "What did Lund announce?",
            "Norwegian Mayor Ida Lund quit. The Norwegian mayor, whose party lost it, then announced a sale.",
            ["The Norwegian mayor, whose party lost it, then announced a sale."],
        ),
        (
            "What did Berg announce?",
            "Norwegian Mayor Ida Lund met Berg. The Norwegian mayor, who came late, then announced a sale.",
            [],
        ),
        (
            "What did Lund demand?",
            "Lund demanded two things. The first was a ferry. As the second she named a bridge. It rained.",
            [
                "Lund demanded two things.",
                "The first was a ferry.",
                "As the second she named a bridge.",
            ],
        ),
        (
            "What did Lund say about tolls?",
            '"Tolls are much too high," said the head of the Harbour Board, Ida Lund, in May.',
            ['"Tolls are much too high," said the head of the Harbour Board, Ida Lund, in May.'],
        ),
        ("What did Oslo decide?", "The council of Oslo voted to sell it.", ["The council of Oslo voted to sell it."]),
        ("What did Norway demand?", "Norwegian ministers called for talks.", ["Norwegian ministers called for talks."]),
    ],
)
def test_an_act_is_told_by_a_sentence_whose_subject_did_it(question: str, text: str, told: list[str]) -> None:
    assert _list_told(question, text) == told


@pytest.mark.parametrize("question", ["What did the law say about it?", "What did Lund see?", "Who said so?"])
def test_other_questions_ask_for_no_deed(question: str) -> None:
    assert find_deed(question) is None


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Lund promised to lower the tolls by half.", "to lower the tolls by half"),
        ("Lund told reporters that the tolls would go.", "the tolls would go"),
        ("The tolls would go by May, Lund said.", "The tolls would go by May, Lund said"),
    ],
)
def test_what_is_said_stands_behind_the_verb(sentence: str, part: str) -> None:
    deed = find_deed("What did Lund say about tolls?" if "promised" not in sentence else "What did Lund promise?")
    assert deed is not None
    assert sentence[slice(*cut_told(deed, sentence, (0, len(sentence))))] == part


def test_a_sentence_on_the_topic_comes_before_the_reader_s_span_elsewhere() -> None:
    text = "Ida Lund described the bridge as a gift. She said the tolls would stay."
    places = _split(text)
    start = text.index("a gift")
    reading = Reading((Span(start, start + 6, 9.0),), no_answer=1.0, evidence=(8.0, -3.0))
    asked = "What did Lund say about tolls?"
    best = choose_span(asked, expect(asked), make_found("a", text, places, 0.6), reading).spans[0]
    assert text[best.start : best.end] == "the tolls would stay"


def test_a_passage_that_tells_the_act_ranks_before_one_that_only_names_who_did_it() -> None:
    told, named = "Ida Lund announced a sale.", "Please, Ida Lund, sell it."
    found = [make_found(id, text, ((0, len(text)),), 0.6) for id, text in (("a", told), ("b", named))]
    reader = ScriptedReader(a=Reading((Span(19, 25, 8.0),), 0.0, (8.0,)), b=Reading((Span(18, 25, 9.0),), 0.0, (9.0,)))
    read = read_promising("What did Lund announce?", found, reader)
    assert [(each.span, each.margin) for each in read] == [("a sale", 8.0), ("sell it", 9.0)]


@pytest.mark.parametrize(
    ("before", "unsaid"), [("Mayor Ida Lund met Berg.", ""), ("Mayor Berg met Ida Lund.", "tolls")]
)
def test_who_holds_an_office_is_known_from_the_article_s_other_passages(before: str, unsaid: str) -> None:
    told = "The mayor also argued that tolls were a risk."
    found = [make_found("a", text, ((0, len(text)),), score) for text, score in ((before, 0.5), (told, 0.6))]
    reader = ScriptedReader(a=Reading((Span(0, 9, 8.0),), 0.0, (8.0,)))
    read = {each.found.passage.text: each for each in read_promising("What did Lund say about tolls?", found, reader)}
    assert read[told].unsaid == unsaid
