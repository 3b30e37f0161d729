"""Answers about several events of one sort, where the question names none."""

import re
from datetime import date, timedelta

import pytest

from corpus.article import Source
from rag.asking.signals.events import find_events, head_event
from rag.asking.signals.statements import Statement

QUESTION = "How many people died in the fire?"


def make(marked: str, title: str, days: int = 0, story: int | None = None) -> Statement:
    answer = re.findall(r"\[(.+?)\]", marked)[0]
    text = marked.replace("[", "").replace("]", "")
    source = Source(title, title, "The Post", "", date(2024, 3, 12) + timedelta(days), "", "")
    return Statement(answer, text, f"{title}\n{text}", source, story)


def find(question: str, *stated: Statement) -> list[str]:
    return [stated[place].answer for place in find_events(question, stated)]


@pytest.mark.parametrize("places", [("Porto", "Braga"), ("Lyon", "Turin"), ("Quito", "Lima")])
def test_each_fire_is_told_apart(places: tuple[str, str]) -> None:
    one, other = places
    stated = [
        make("The hotel fire killed [12] people.", f"Hotel fire in {one}", 0),
        make(f"The fire in {one} killed at least [15].", f"Toll of fire in {one} rises", 1),
        make("The factory fire killed [40] people.", f"Factory fire in {other}", 9),
        make("The gunman opened fire and killed [3] people.", "Gunman opens fire in Oslo", 9),
        make("The fire burned [all night].", "Fire in Malmo", 9),
    ]
    assert find(QUESTION, *stated) == ["12", "40"]
    assert find(f"How many people died in the fire in {one}?", *stated) == []
    assert find("How many people died in the fire on 12 March?", *stated) == []
    assert find("How many people died?", *stated) == []


def test_one_event_is_not_told_apart() -> None:
    one = make("The hotel fire killed [12] people.", "Hotel fire in Porto", 0, story=1)
    assert find(QUESTION, one, make("The fire killed [15] people.", "Inferno in Porto", 1, story=1)) == []
    assert find(QUESTION, one, make("The fire killed [15] people.", "Fire", 1)) == []


def test_an_event_is_headed_by_its_title_and_day() -> None:
    assert head_event(make("[12] died.", "Hotel fire in Porto")) == "Hotel fire in Porto, 12 March 2024"
