"""Which span of a passage is the sort of answer that a question expects, as a whole phrase."""

import re

import pytest

from embeddings.reader import Reading, Span
from rag.asking.spans.choosing import choose_span
from rag.asking.spans.doubting import count_doubts
from rag.asking.spans.expected import Sort, expect
from rag.asking.spans.fitting import fits
from rag.asking.spans.identity import complete_identity, complete_title, describes
from rag.asking.spans.phrases import complete
from rag.asking.spans.place import Place
from tests.rag.asking.readings import make_found


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("When did the ferry sink?", Sort.DATE),
        ("In which month did it sink?", Sort.DATE),
        ("how long did the crossing take", Sort.LENGTH),
        ("The ferry sank. How many sailors drowned?", Sort.COUNT),
        ("how much did the ferry cost", Sort.MONEY),
        ("How much oil leaked?", Sort.AMOUNT),
        ("What was the magnitude of the quake?", Sort.AMOUNT),
        ("What percentage of voters agreed?", Sort.SHARE),
        ("Where did it sink?", Sort.PLACE),
        ("It sank off which country?", Sort.COUNTRY),
        ("Who was on board?", Sort.PERSON),
        ("Which Swedish minister resigned?", Sort.PERSON),
        ("Which airline bought the planes?", Sort.NAME),
        ("What was said when the ferry sank?", Sort.ANYTHING),
        ("Which rule applies to those who sail?", Sort.ANYTHING),
    ],
)
def test_a_question_expects_a_sort_of_answer(question: str, sort: Sort) -> None:
    assert expect(question).sort is sort


FITTING = [
    ("When was it?", "in early May", True),
    ("When was it?", "two harbours", False),
    ("When was it?", "Malmö", False),
    ("What did the union demand?", "12 March 2021", False),
    ("What had she asked for?", "since May", True),
    ("What happened then?", "12 March 2021", True),
    ("How many ships sank?", "seventeen", True),
    ("How many ships sank?", "on 3 May", False),
    ("How many ships sank?", "17%", False),
    ("How many days did it last?", "17 days", True),
    ("How many ships sank?", "17 days", False),
    ("How much did it cost?", "£1.5m", True),
    ("How much did it cost?", "43 million people", False),
    ("What share agreed?", "two thirds", True),
    ("Where was it?", "off Gotland", True),
    ("Where was it?", "3 May", False),
    ("Which country was it?", "the Swedish port", True),
    ("Which country was it?", "the port", False),
    ("Who was it?", "the harbour master", True),
    ("Who was it?", "a summit", False),
    ("Who was it?", "17", False),
    ("Which airline was it?", "low fares", False),
    ("Which ship was it?", "The captain steered it onto a rock off Malmö", False),
    ("What was the ship called?", "the Vasa", True),
    ("What was the ship called?", "a ship", False),
    ("What was it?", "17", True),
    ("Why was it?", "17", False),
    ("Why was it?", "because of fog", True),
    ("Why was it?", "after four years", False),
    ("Why was it?", "to all traffic", False),
]


@pytest.mark.parametrize(("question", "span", "is_fitting"), FITTING)
def test_a_span_fits_if_it_is_of_that_sort(question: str, span: str, is_fitting: bool) -> None:
    text = f"They said {span} about it."
    assert fits(expect(question), Place(text, 10, 10 + len(span))) is is_fitting


def test_a_span_of_two_sentences_fits_no_question() -> None:
    text = "The storm sank five. Ships burned."
    assert not fits(expect("How many ships sank?"), Place(text, 15, 26, sentences=_split(text)))


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("by half a percentage point to 2%", "half a percentage", "half a percentage point"),
        ("some 43 million homes", "43", "43 million"),
        ("about 17% of them", "17", "17%"),
        ("the Norwegian finance minister said", "finance minister", "Norwegian finance minister"),
        ("They tweeted it", "weet", "tweeted"),
        ("“The Long Night” prequel", "The Long Night” prequel", "The Long Night"),
        ("Oslo, Norway\n\nFive ships sank.", "Norway\n\nFive ships", "Five ships"),
        ("a bank (the second largest) failed", "bank (the second", "bank (the second largest)"),
        ("A storm sank it", "A", "A storm"),
        ("The Long Night began", "The", "The Long Night"),
        ("the Bank of Norway and the Treasury", "Bank of Norway and the", "Bank of Norway"),
        ("by half a percentage point", "half a", "half a percentage point"),
    ],
)
def test_a_span_is_made_whole(text: str, span: str, whole: str) -> None:
    start = text.index(span)
    assert text[slice(*complete(text, start, start + len(span)))] == whole


@pytest.mark.parametrize("number", ["96", "ninety-six", "1,200", "two dozen"])
@pytest.mark.parametrize("place", ["Oslo", "Port Said", "Ghana"])
def test_a_span_of_another_sort_gives_way_to_the_next_best(number: str, place: str) -> None:
    text = f"In {place} the storm killed {number} people."
    best, next_best = (Span(text.index(each), text.index(each) + len(each), 0.0) for each in (place, number))
    found = make_found("a", text, ((0, len(text)),), 0.6)
    reading = Reading((Span(best.start, best.end, 9.0), Span(next_best.start, next_best.end, 6.0)), no_answer=1.0)
    asked = "How many people did the storm kill?"
    chosen = choose_span(asked, expect(asked), found, reading)
    assert [(text[span.start : span.end], span.score) for span in chosen.spans] == [(number, 6.0), (place, 5.0)]


@pytest.mark.parametrize("town", ["Lahti", "Vaasa"])
@pytest.mark.parametrize(("dead", "before"), [("96", "85"), ("seven", "five")])
def test_a_figure_that_the_event_is_compared_with_gives_way(town: str, dead: str, before: str) -> None:
    text = f"The fire in {town} killed {dead} people. That exceeded the toll of a fire in Turku, which killed {before}."
    spans = [(text.rindex(before), before, 9.0), (text.index(dead), dead, 6.0)]
    reading = Reading(tuple(Span(place, place + len(each), score) for place, each, score in spans), no_answer=1.0)
    asked = f"How many people died in {town}?"
    best = choose_span(asked, expect(asked), make_found("a", text, ((0, len(text)),), 0.6), reading).spans[0]
    assert text[best.start : best.end] == dead


def _split(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in re.finditer(r"\S[^.]*\.", text))


DOUBTED = [
    ("When did the bank first raise rates?", "It was the first rise since May 2011.", "May 2011"),
    ("When did the envoys last meet?", "They first met in June 2014.", "June 2014"),
    ("When did they last meet before May 2020?", "They met on 12 May 2020.", "12 May 2020"),
    ("How many died of flu in Fiji?", "The flu killed 9,000 worldwide.", "9,000"),
    ("How many died in Turku?", "In Turku a fire burned. A day later five died in Lahti, Finland.", "five"),
    ("How much did the bank raise rates?", "Prices were 4% higher.", "4%"),
    ("Who won the prize?", "The Swedish Society announced the winners.", "The Swedish Society"),
    ("How many died in the fire?", "It came after a similar fire, in which nine died.", "nine"),
    ("How many died in the crash?", "In a separate crash, two police officers died.", "two"),
    ("How many died in the fire?", "It preceded another one a day later in Malmö, Sweden where ten died.", "ten"),
    ("Who hit Marten?", "A car hit health minister Marten.", "health minister"),
    ("How many ferries sailed on Friday?", "On Friday 17 ferries sailed, and 40 on Sunday.", "40"),
    ("Where did they meet on Friday?", "They met in Oslo on Monday and in Turku on Friday.", "Oslo"),
    ("How many sailed on 3 May?", "On 2 May nine ferries sailed.", "nine"),
    ("How many people died in the fire?", "The fire killed 12 people, five of them children.", "five"),
    ("How many died in the fire?", "Three sailors were among the dead.", "Three"),
    ("How many died in the fire?", "The victims include seven sailors.", "seven"),
    ("How many died in the fire?", "Two more died, bringing the toll to 12.", "Two"),
    ("When did Berg resign as mayor?", "Berg resigned as judge in 2016 and as mayor in 2019.", "2016"),
    ("Who did the council elect?", "The council elected Ida Lund.", "council"),
    ("How many sailors drowned?", "The storm drowned 12 people. Three sailors were lost.", "12"),
    ("When did Berg quit as coach of Oslo?", "She quit as coach of Oslo in May and as coach of Turku in June.", "June"),
]


@pytest.mark.parametrize(("question", "text", "span"), DOUBTED)
def test_what_stands_around_a_span_speaks_against_it(question: str, text: str, span: str) -> None:
    start = text.index(span)
    place = Place(text, start, start + len(span), sentences=_split(text))
    assert count_doubts(expect(question), place) == 1


@pytest.mark.parametrize(
    ("question", "text", "span"),
    [
        ("When did the envoys last meet?", "It was their first meeting since May 2011.", "May 2011"),
        ("When did interest return?", "There has been interest in the poet since the 1990s.", "the 1990s"),
        ("How many died in Turku?", "In Turku a fire killed five people from Lahti.", "five"),
        ("How much did prices rise?", "Prices were 4% higher.", "4%"),
        ("How many died in the fire?", "Another 30 people died.", "30"),
        ("How many died in the fire?", "A second victim died, which brought the toll to 12.", "12"),
        ("How many died in the fire?", "After another fire nearby, crews found 22 bodies.", "22"),
        ("How many died in the second fire?", "A second fire killed nine.", "nine"),
        ("Who left the race?", "Ann Berg announced that she would leave.", "Ann Berg"),
        ("Who announced the winners?", "The Swedish Society announced the winners.", "The Swedish Society"),
        ("Which park burned?", "A fire burned in Yosemite National Park.", "Yosemite"),
        ("How many ferries sailed on Friday?", "On Friday 17 ferries sailed, and 40 on Sunday.", "17"),
        ("How many ferries sailed on Friday?", "The harbour says 17 ferries sailed.", "17"),
        ("How many children died in the fire?", "The fire killed 12 people, five of them children.", "five"),
        ("How many people died in the fire?", "The fire killed 12 people, five of them children.", "12"),
        ("How many died in the fire?", "Two more died, bringing the toll to 12.", "12"),
        ("How many died on Monday?", "Two died on Monday, bringing the toll to 12.", "Two"),
        ("When did Berg resign as mayor?", "Berg resigned as judge in 2016 and as mayor in 2019.", "2019"),
        ("When was it listed as a goal?", "Listed as a wish in 2010, it became law in 2019.", "2010"),
        ("Why did the ferry line cancel trips?", "The ferry line cancelled trips because of fog.", "fog"),
        ("Why did the ferry line cancel trips?", "Its sailors had walked out.", "sailors had walked out"),
    ],
)
def test_what_only_looks_like_another_event_does_not(question: str, text: str, span: str) -> None:
    start = text.index(span)
    place = Place(text, start, start + len(span), sentences=_split(text))
    assert count_doubts(expect(question), place) == 0


@pytest.mark.parametrize(
    ("text", "span", "title"),
    [
        ("Then Deputy Chief Justice of Peru Ana Paz spoke.", "Justice", "Deputy Chief Justice of Peru"),
        ("The Kenyan finance minister, Ana Paz, spoke.", "Kenyan finance minister", "Kenyan finance minister"),
    ],
)
def test_a_title_is_taken_whole(text: str, span: str, title: str) -> None:
    start = text.index(span)
    whole = complete_title(text, start, start + len(span), frozenset({"ana", "paz"}))
    assert text[slice(*whole)] == title


@pytest.mark.parametrize(
    ("text", "span", "description"),
    [
        ("Peruvian minister Ana Paz spoke.", "Peruvian minister", True),
        ("Minister Ana Paz spoke.", "Minister", False),
        ("Ana Paz, the head of Fiat, spoke.", "head of Fiat", True),
        ("Ana Paz is a harpist.", "harpist", True),
        ("Ana Paz was honoured by the town of Lima.", "town of Lima", False),
        ("Officials of Fiat, Ana Paz", "Fiat", False),
    ],
)
def test_a_description_stands_by_the_name_and_says_of_what(text: str, span: str, description: bool) -> None:
    start = text.index(span)
    place = Place(text, start, start + len(span), sentences=((0, len(text)),))
    assert describes(place, expect("Who is Ana Paz?").words) is description


def test_a_description_is_of_one_person_and_ends_before_the_name() -> None:
    text = "Norwegian premier Ida Lund and Peruvian minister Ana Paz met."
    span = "Norwegian premier Ida Lund and Peruvian minister Ana"
    place = complete_identity(text, 0, len(span), expect("Who is Paz?").words)
    assert text[slice(*place)] == "Peruvian minister"
    text = "Ana Paz, the head of Fiat; she left for Lima, too."
    place = complete_identity(text, 13, len(text), expect("Who is Ana Paz?").words)
    assert text[slice(*place)] == "head of Fiat"
