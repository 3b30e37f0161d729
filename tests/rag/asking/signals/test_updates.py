"""Figures of different days: told as updates where they are of one event; `[...]` marks the answers."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from corpus.article import Source
from rag.asking.signals.statements import Statement
from rag.asking.signals.updates import find_finding, find_updates, head_update

DAY = date(2024, 3, 12)
TOLL = "How many people died in Cyclone Vera?"


def make(marked: str, day: int, title: str = "Cyclone Vera") -> Statement:
    """Return what an article states that was published so many days after the first."""
    answer = re.findall(r"\[(.+?)\]", marked)[0]
    text = marked.replace("[", "").replace("]", "")
    source = Source(f"{title}{day}{answer}", title, "The Post", "", DAY + timedelta(days=day), "", "")
    return Statement(answer, text, f"{title}\n{text}", source)


@pytest.mark.parametrize(
    ("question", "told", "expected"),
    [
        (TOLL, ["Vera killed [32] people.", "Vera's death toll rose to [101]."], ["101", "32"]),
        (TOLL, ["Vera killed at least [32] people.", "The dead now number at least [45]."], ["45", "32"]),
        (
            TOLL,
            ["Vera killed [3] people.", "Vera killed [9].", "The toll is [12].", "The toll is [20]."],
            ["20", "12", "9"],
        ),
        (
            TOLL,
            ["At least [62] people died in Vera.", "Vera has killed [74].", "Vera claimed [81] lives."],
            ["81", "74", "62"],
        ),
        (TOLL, ["Vera killed [125] people.", "Vera, which killed more than [100] people, was the worst."], []),
        (
            "how many troops are at the border",
            ["About [94,000] troops stood at the border.", "There were [110,000] soldiers at the border."],
            ["110,000", "94,000"],
        ),
        (
            "What is the price of petrol?",
            ["Petrol's price rose to [$5] a gallon.", "The price of petrol fell to [$4.10]."],
            ["$4.10", "$5"],
        ),
        (
            "How many cases of mpox are there?",
            ["There are [two] cases of mpox.", "More than [6,600] mpox cases are known."],
            ["6,600", "two"],
        ),
        (
            "What percentage of Chileans back the plan?",
            ["In a poll [48 %] of Chileans back the plan.", "Now [41 %] of Chileans back the plan."],
            ["41 %", "48 %"],
        ),
        (
            "How many homes are without power?",
            ["[2.1 million] homes had no power.", "[400,000] homes still have no power."],
            ["400,000", "2.1 million"],
        ),
        # the same figure again, a part, an increase, another time, a plan, a namesake, another place, another thing
        (TOLL, ["Vera killed [32] people.", "Vera killed [32], the governor said."], []),
        (TOLL, ["Vera killed [32] people.", "Of those who died, [8] of them drowned."], []),
        (TOLL, ["Vera killed [32] people.", "Vera also killed [four] people at sea."], []),
        (TOLL, ["Vera killed [32] people.", "Another [five] deaths were reported in Vera."], []),
        (TOLL, ["Vera killed [32] people.", "In 1999 a storm killed [900] people."], []),
        (TOLL, ["Vera killed [32] people.", "Cyclone Otto killed [70] people."], []),
        (TOLL, ["Vera killed [32] people.", "More than [1,600] people were rescued from Vera."], []),
        (
            "How many troops are at the border?",
            ["[94,000] troops are at the border.", "Up to [175,000] troops are planned at the border."],
            [],
        ),
        (
            "How many pages does the draft law have?",
            ["The draft law has [eight] pages.", "Members read [two] draft laws."],
            [],
        ),
        ("How many people died in Cyclone Vera by 12 March?", ["Vera killed [32].", "Vera killed [101] people."], []),
        ("Who leads the search?", ["[Ana Ruiz] leads the search.", "[Bo Lund] leads the search."], []),
        ("Which street has the most homes?", ["Street [5] has most homes.", "Street [8] has most homes."], []),
    ],
)
def test_figures_of_different_days(question: str, told: list[str], expected: list[str]) -> None:
    """Each is published a day after the one before it."""
    stated = [make(marked, day) for day, marked in enumerate(told)]
    assert [stated[place].answer for place in find_updates(question, stated)] == expected


def test_two_fires_are_no_update_where_the_question_names_none() -> None:
    stated = [
        make("At least [85] people were killed in Alba.", 0, "Fire in Alba"),
        make("The fire killed [20] people.", 9, "Forest fire in Brix"),
    ]
    assert find_updates("How many people died in the fire?", stated) == []


@pytest.mark.parametrize("storm", ["Ilse", "Otto", "Maria", "Noru"])
@pytest.mark.parametrize(("first", "then"), [("7", "19"), ("thirty", "sixty-one"), ("1,200", "2,050")])
def test_other_names_and_numbers(storm: str, first: str, then: str) -> None:
    stated = [
        make(f"Cyclone {storm} killed [{first}] people.", 0, f"Cyclone {storm} hits"),
        make(f"The death toll of Cyclone {storm} has risen to [{then}].", 3, f"Cyclone {storm}: search goes on"),
    ]
    assert find_updates(f"How many people did Cyclone {storm} kill?", stated) == [1, 0]


def test_articles_of_one_day_or_without_a_date_are_no_update() -> None:
    told = ["Vera killed [32] people.", "Vera killed [101] people."]
    assert find_updates(TOLL, [make(marked, 0) for marked in told]) == []


@pytest.mark.parametrize("name", ["Vera Lind", "Otto Brandt"])
def test_a_finding_stands_before_the_allegation(name: str) -> None:
    question = f"What was {name} poisoned with?"
    alleged = make(f"Friends alleged that {name} was given [bad mushrooms].", 0)
    found = make(f"A laboratory said that {name} was poisoned with [thallium].", 5)
    other = make("A laboratory said that a dog was poisoned with [lead].", 6)
    assert find_finding(question, [alleged, other, found]) == 2
    assert find_finding(question, [found, alleged]) is None
    assert find_finding(question, [replace(alleged, source=found.source), found]) is None


def test_what_stands_above_the_figures() -> None:
    stated = make("Vera killed [32] people.", 0)
    assert head_update(stated, is_newest=True) == "As of 12 March 2024, The Post"
    assert head_update(stated, is_newest=False) == "Earlier, 12 March 2024"
