"""Questions made of sentences: of the plain ones, and of no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.forms.facts import list_facts

PEOPLE = ("Ada Moreau", "Peter Lindqvist", "Mayor Rosa Delgado")
DEEDS = (("opened", "open", "the bridge in Porto"), ("won", "win", "the Lisbon marathon"), ("left", "leave", "Oslo"))
DAYS = ("Monday", "3 May 2021", "Friday, 4 March 2022")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("past", "base", "what"), DEEDS)
@pytest.mark.parametrize("day", DAYS)
def test_who_did_it_and_when(person: str, past: str, base: str, what: str, day: str) -> None:
    assert list(list_facts(f"{person} {past} {what} on {day}.")) == [
        (f"Who {past} {what}?", person),
        (f"When did {person} {base} {what}?", day),
    ]


def test_an_auxiliary_changes_places_with_the_subject() -> None:
    assert list(list_facts("The Sentinel probe was launched from Kourou on 3 May 2021, after a delay.")) == [
        ("When was the Sentinel probe launched from Kourou?", "3 May 2021")
    ]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("At least 115 people were killed in the fire on Maui.", "How many people were killed in the fire on Maui?"),
        ("Denmark sent about 40 engineers to Mali.", "How many engineers did Denmark send to Mali?"),
    ],
)
def test_what_is_counted(sentence: str, question: str) -> None:
    number = next(word for word in sentence.split() if word.isdigit())
    assert (question, number) in list(list_facts(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "He opened the bridge in Porto on Monday.",
        "Ada Moreau told reporters in Porto that it was over.",
        "“It is over”, Ada Moreau told Porto on Monday.",
        "Ada Moreau is a candidate in the 2024 election in Porto.",
        "Ada Moreau led the team in the 2024 election.",
        "The plan was dropped on Monday by all of them.",
        "The mayor, who was born in Porto, opened the bridge on Monday.",
        "Ada Moreau said so.",
        "Ada Moreau met the critics of the demands of May 2021.",
        "Nobody knew where Ada Moreau was",
    ],
)
def test_of_other_sentences_nothing_is_asked(sentence: str) -> None:
    assert list(list_facts(sentence)) == []


@given(
    st.lists(st.sampled_from("Ada the was opened 40 people in , . on Monday 2021 's of and that".split()), max_size=20)
)
def test_any_words_can_be_read(words: list[str]) -> None:
    assert all(question.endswith("?") for question, _ in list_facts(" ".join(words)))
