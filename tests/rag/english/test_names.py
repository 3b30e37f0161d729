"""Names are found in a sentence, and recognized under another form."""

import pytest

from corpus.calendar import MONTHS, WEEKDAYS
from rag.english.names import (
    find_foreign,
    find_namesake,
    is_named,
    is_same,
    list_names,
    list_ordinary,
    list_words,
    spell,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Advisers to the leaders of Russia met.", ["Russia"]),
        ("Sergei Lavrov met President Zelensky in Kyiv on Friday.", ["Sergei Lavrov", "President Zelensky", "Kyiv"]),
        ("The Bank of England's governor", ["Bank of England's"]),
        ("However, the U.S. said so.", ["US"]),
        ("Robots came.", ["Robots"]),
        ("On Monday Theresa May met Michael Faraday.", ["Theresa May", "Michael Faraday"]),
        ("Johnny Halliday and April Jones spoke in May.", ["Johnny Halliday", "April Jones"]),
        ("So said Monday Okoro on Friday, and so did Augustus.", ["Monday Okoro", "Augustus"]),
        ("In May Putin met Mrs May, and on Sunday Biden.", ["Putin", "May", "Biden"]),
        ("Where did Northwind flight 518 land on 4 May?", ["Northwind flight 518"]),
        ("Bill 27 on Route #9, line 4 and the Pathlight 3.", ["Bill 27", "Route #9", "line 4", "Pathlight 3"]),
        ("Then Boeing 737 Max jets, all 12, stood in Oslo.", ["Boeing 737 Max", "Oslo"]),
        ("In Oslo 300 people, in Rome 2 million, and by Aster 3-1.", ["Oslo", "Rome", "Aster"]),  # they count
        ("In Tokyo 2020 and at line 1,200 or 4.5.", ["Tokyo"]),  # a year, and no names
    ],
)
def test_names_in_a_sentence(text: str, names: list[str]) -> None:
    ordinary = list_ordinary("the advisers of a president")
    assert [name.text for name in list_names(spell(text), ordinary)] == names


@pytest.mark.parametrize(
    ("name", "text", "is_there"),
    [
        ("Russian", "Russia agreed", True),
        ("US", "the United States agreed", True),
        ("American", "the U.S. agreed", True),
        ("Poles", "Poland agreed", True),
        ("Saudis", "Saudi Arabia agreed", True),
        ("US", "Washington agreed", True),
        ("Washington", "the US agreed", False),
        ("Kyiv", "Ukraine agreed", False),
        ("Austria", "Australia agreed", False),
        ("ECB", "the European Central Bank agreed", True),
        ("European Central Bank", "the ECB agreed", True),
        ("OSCE", "the Organization for Security and Co-operation in Europe agreed", True),
        ("Theresa May", "Theresa Villiers agreed", False),
        ("World Heart Organization", "the World Health Organization (WHO) agreed", False),
        ("John Kerry", "James King agreed", False),
        ("John Sullivan", "Sullivan agreed", False),
        ("Sullivan", "John Sullivan agreed", True),
    ],
)
def test_whether_a_text_names_somebody(name: str, text: str, is_there: bool) -> None:
    (found,) = list_names(f"so did {name}", frozenset())
    assert is_named(found, list_words(text)) is is_there


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("Super Bowl XXXIII", "They won Super Bowl XLIX.", "Super Bowl XLIX"),
        ("President Zelensky", "There Volodymyr Zelensky spoke.", None),
        ("Zelensky", "There Volodymyr Zelensky spoke.", None),
        ("Olena Zelenska", "There Volodymyr Zelensky spoke.", None),
    ],
)
def test_a_namesake_is_another(name: str, text: str, other: str | None) -> None:
    ordinary = frozenset({"president", "there", "they"})
    (ours,) = list_names(f"so did {name}", ordinary)
    found = find_namesake(ours, list_names(text, ordinary), ordinary)
    assert (found and found.text) == other


@pytest.mark.parametrize(
    ("name", "text", "is_it"),
    [
        ("Putin", "Russian President Vladimir Putin", True),
        ("President Zelensky", "Volodymyr Zelensky", True),
        ("San Diego International Airport", "Los Angeles International Airport", False),
        ("Grushko", "NATO", False),
    ],
)
def test_whether_a_short_answer_is_the_name(name: str, text: str, is_it: bool) -> None:
    (found,) = list_names(f"so did {name}", frozenset({"president"}))
    assert is_same(found, text, frozenset({"president"})) is is_it


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("What did Romania say?", {"Romania": 1.0}),
        ("What did the Bank of Japan decide?", {"Bank of Japan": 0.5}),  # a bank there is
        ("What did the Bank of England decide?", {}),
        ("Did Macron fly to Moscow?", {}),  # Russia, by its seat; Did is no part of a name
        ("Did Scholz and Macron fly to Rome's airport?", {"Scholz": 1.0, "Rome": 1.0}),
        ("What did Emanuel Makron say?", {}),  # spelt in another way
        ("What did the BoE decide for Britons?", {"BoE": 1.0}),  # nobody knows that it is the bank's initials
        ("What did the U.S. and the E.U. say?", {"US": 1.0, "EU": 1.0}),
        ("Name what was raised.", {}),
        ("Rates were raised. Give a reason.", {}),
        ("what did romania say", {"Romania": 1.0}),
        ("What did the romanians and the eu say to saudi arabia?", {"Romanians": 1.0, "EU": 1.0, "Saudi Arabia": 1.0}),
        ("what did the british say in moscow", {}),
        ("what did scholz tell us, and was it polish", {}),  # no name to be seen
        ("WHO WON THE WORLD CUP IN BRAZIL?", {}),  # nor here: WON is none
        ("WHO is in BRAZIL?", {"BRAZIL": 1.0}),
        ("", {}),
    ],
)
def test_names_that_a_text_lacks(question: str, foreign: dict[str, float]) -> None:
    text = "The bank of England raised rates, said Emmanuel Macron on his way to Russia. British banks were glad."
    assert find_foreign(question, text) == foreign


@pytest.mark.parametrize("given", "Theresa Brian Elaine Imelda Peter Simon Fiona Robert".split())
@pytest.mark.parametrize("month", ["May", "June", "August"])
def test_a_month_behind_a_given_name_is_a_family_name(given: str, month: str) -> None:
    assert [name.words for name in list_names(f"Then {given} {month} spoke.", frozenset({"then"}))] == [
        (given.casefold(), month.casefold())
    ]


@pytest.mark.parametrize("family", "Jones Carter Okoro Wilson Adeyemi Johnson Sundqvist".split())
@pytest.mark.parametrize("word", [*MONTHS, *WEEKDAYS])
def test_a_month_or_day_before_a_family_name_is_a_given_name(word: str, family: str) -> None:
    named = {name.text for name in list_names(f"Then {word} {family} spoke.", frozenset({"then"}))}
    dated = {name.text for name in list_names(f"Then on {word} {family} spoke.", frozenset({"then"}))}
    assert (named, dated) == ({f"{word} {family}"}, {family})


@pytest.mark.parametrize(
    "man", "Zelensky Lavrov Putin Martin Paul Robert Julian Carlo Ivanov Medvedev Petrov Navalny Mario Roman".split()
)
def test_a_woman_of_the_family_is_somebody_else(man: str) -> None:
    woman = f"{man.rstrip('yo') if man[-1] in 'yo' else man}a"
    assert find_foreign(f"What did {woman} say?", f"Then {man} spoke.") == {woman: 1.0}
    assert find_foreign(f"What did {man} say?", f"Then {woman} spoke.") == {man: 1.0}


@pytest.mark.parametrize(
    ("typed", "written"),
    [("Zelenskiy", "Zelensky"), ("Zelenksy", "Zelensky"), ("Makron", "Macron"), ("Muhammad", "Mohammad")],
)
def test_a_name_spelt_in_two_ways_is_one(typed: str, written: str) -> None:
    assert find_foreign(f"What did {typed} say?", f"Then {written} spoke.") == {}


@pytest.mark.parametrize(
    ("asked", "foreign"),
    [
        ("flight 212", None),
        ("Flight 213", "Flight 213"),
        ("flight 4", "flight 4"),  # of which only the day has the number
        ("flight 370", None),
        ("game 7", None),
        ("game 6", "game 6"),
        ("World War 2", None),
        ("World War 3", "World War 3"),
        ("Bill 8", None),
        ("Bill 31", "Bill 31"),
    ],
)
def test_what_is_numbered_is_another_where_a_text_has_another_number(asked: str, foreign: str | None) -> None:
    text = "On 4 May flight 212 and MH370 left, 31 ministers spoke of bill 8, of World War II and of game seven."
    assert find_foreign(f"What of {asked} was said?", text) == ({foreign: 1.0} if foreign else {})
