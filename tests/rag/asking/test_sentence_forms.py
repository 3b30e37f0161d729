"""Which sentences settle, explain, report or list: small articles whose readings are written by hand."""

import pytest

from embeddings.reader import Reading, Span
from rag.answer import Status
from rag.asking.forms.sentences.listing import choose_items
from rag.asking.forms.sentences.reason import choose_reasons
from rag.asking.forms.sentences.statement import choose_statements
from rag.asking.forms.sentences.yes_no import choose_settling
from rag.asking.quoting import Choose
from rag.asking.reading import ReadPassage, read_promising
from rag.asking.weights import STANDARD_WEIGHTS
from tests.rag.asking.readings import ScriptedReader, alike_in_nothing, answer_from, make_found


def choose(form: Choose, question: str, sentences: list[str], answering: int, *, margin: float = 3.0) -> list[str]:
    """Return what a form quotes of an article of these sentences, one of which has the reader's span."""
    starts = [len(" ".join(sentences[:place])) + bool(place) for place in range(len(sentences))]
    places = tuple((start, start + len(each)) for start, each in zip(starts, sentences, strict=True))
    reading = Reading((Span(*places[answering], margin),), 0.0, (-90.0,) * len(sentences))
    read = ReadPassage(make_found("a", " ".join(sentences), places, 0.6), reading)
    return [each.text for each in form(question, [read], [], alike_in_nothing, STANDARD_WEIGHTS)]


@pytest.mark.parametrize("who", ["Norway", "Ghana"])
@pytest.mark.parametrize("what", ["the treaty", "the convention"])
def test_a_denial_settles_before_a_demand(who: str, what: str) -> None:
    demand, denial = f"Critics demanded that {who} sign {what}.", f"{who} did not sign {what}."
    quoted = choose(choose_settling, f"Did {who} sign {what}?", [demand, "Snow fell.", denial], 1, margin=-1.0)
    assert quoted == [denial]


def test_nothing_settles_what_no_sentence_tells() -> None:
    assert choose(choose_settling, "Did Norway sign the treaty?", ["Snow fell.", "Ice melted."], 0, margin=-1.0) == []


@pytest.mark.parametrize("cause", ["This was because of ice.", "Officials blamed ice."])
def test_the_cause_is_quoted_with_the_event(cause: str) -> None:
    event = "The airport of Oslo closed."
    assert choose(choose_reasons, "Why did the airport close?", ["Snow fell.", event, cause], 1) == [event, cause]


def test_a_cause_in_the_passage_before_is_quoted_with_what_follows_from_it() -> None:
    cause, follows = "The ice was thick.", "For that reason the airport closed."
    found = [
        make_found("a", text, ((0, len(text)),), 0.6, start) for text, start in ((follows, len(cause) + 1), (cause, 0))
    ]
    reads = [ReadPassage(each, Reading((Span(0, 5, 3.0),), 0.0, (-90.0,))) for each in found]
    chosen = choose_reasons("Why did the airport close?", reads, [], alike_in_nothing, STANDARD_WEIGHTS)
    assert [each.text for each in chosen] == [follows, cause]


def test_what_gives_a_cause_ranks_before_what_tells_the_event_alone() -> None:
    event, cause = "The airport of Oslo closed early.", "The airport closed because of ice."
    found = [make_found(id, text, ((0, len(text)),), 0.6) for id, text in (("a", event), ("b", cause))]
    reader = ScriptedReader(a=Reading((Span(0, 19, 9.0),), 0.0, (9.0,)), b=Reading((Span(19, 33, 8.5),), 0.0, (8.5,)))
    why = [read.span for read in read_promising("Why did the airport close?", found, reader)]
    what = [read.span for read in read_promising("What closed?", found, reader)]
    assert why == ["because of ice", "The airport of Oslo"]
    assert what == why[::-1]


def test_a_pronoun_brings_the_sentence_that_names_the_speaker() -> None:
    named, said = "Anna Berg met the press.", "She said that the port was safe."
    assert set(choose(choose_statements, "What did Berg say?", [named, said, "Snow fell."], 1)) == {named, said}


def test_words_without_a_speaker_bring_the_sentence_that_says_whose_they_are() -> None:
    words, speaker = '"The port is safe."', "Anna Berg said so twice."
    assert set(choose(choose_statements, "What did Berg say?", ["Snow fell.", words, speaker], 1)) == {words, speaker}


@pytest.mark.parametrize(("topic", "is_told"), [("the talks", True), ("it", True), ("Monday", True), ("grain", False)])
def test_what_was_said_of_something_else_is_in_doubt(topic: str, is_told: bool) -> None:
    question = f"What did Moscow say about {topic}?"
    text = "Moscow said the talks were long."
    reading = Reading((Span(12, 31, 19.0),), 0.0, (19.0,))
    answer = answer_from(question, [make_found("a", text, ((0, len(text)),), 0.6)], ScriptedReader(a=reading))
    assert (answer.status is Status.UNSURE) is not is_told
    assert (f"of something else than “{topic}”" in answer.notice) is not is_told


def test_a_sentence_that_announces_items_brings_the_items() -> None:
    announced, items = "Members must meet two tests.", "They have to pay and to vote."
    assert choose(choose_items, "Which two tests must members meet?", [announced, items], 0) == [announced, items]
