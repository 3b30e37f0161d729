"""Whole pages as they are copied from a browser: the article is found among menus and teasers, and its details."""

from datetime import date

import pytest

from corpus.cleaning import Cleaned, clean_text

NAMES = (
    "Michael Faraday", "Johnny Halliday", "Theresa May", "Sunday Oliseh", "April Jones", "August Strindberg",
    "Billie Holiday", "Fredric March", "Jan Day", "June Carter", "Ronald McDonald", "Fiona MacDonald Smith",
    "Ursula von der Leyen",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line", ["{}", "By {}", "by {} and Bo Lund", "By {} Nov 19, 2019", "{} - 3 May 2018"])
def test_a_name_that_looks_like_a_day_or_a_month_is_whole(name: str, line: str) -> None:
    author = clean_text(f"Ferry to Holm sails again\n\n{line.format(name)}\n\nThe first boat left.").author
    assert author == (f"{name}, Bo Lund" if "Lund" in line else name)


MENU = "Skip to content\nHome\nNews\nSport\nOpinion\nTravel\nSign in\nSubscribe\nThe Norby Post\n"
STORY = (
    "The ferry to Holm left the harbour at six on Thursday morning for the first time in eleven days.\n\n"
    "The ice had kept the boats in port since the storm of the second of March, the harbour office said.\n\n"
    "Two hundred passengers waited on the quay with their cars, and some of them had waited since Monday."
)
TEASERS = (
    "More stories\nCouncil votes for a new harbour\nThe council met until midnight.\n2 hours ago\n"
    "Bear seen on a tram\nNobody was hurt, the police said.\n5 hours ago\nPrivacy policy\nContact us\n"
    "Subscribe to The Norby Post\n© 2024 Norby Holdings, Inc. All rights reserved.\n"
)


@pytest.mark.parametrize(
    "above",
    [
        "Welcome to the Norby Post visitor edition\n",
        "Year-End Hot Song List\nPlanning Office Press Centre\n",
        "Council votes for a new harbour\nBear seen on a tram in Norby\n",
        "HomeLatest NewsFerry to Holm sails again\n",
        "You are signed in as\nContinue reading the main story\n",
        "We use cookies to run this site.\n",
        "",
    ],
)
@pytest.mark.parametrize("byline", ["By Ana Ruiz\n14 March 2024\n", "March 14, 2024\nBy Ana Ruiz, Staff Writer\n"])
def test_the_article_of_a_whole_page(above: str, byline: str) -> None:
    page = f"{MENU}{above}Ferry to Holm sails again\n{byline}\n{STORY}\n\nShare on Facebook\n{TEASERS}"
    assert clean_text(page) == Cleaned(
        STORY, "Ferry to Holm sails again", "Ana Ruiz", "The Norby Post", date(2024, 3, 14)
    )


def test_a_list_at_the_end_of_an_article_stays() -> None:
    dates = "\n".join(f"June {day} -- Norby Hall, Room {day}" for day in range(1, 29))
    page = f"{MENU}Ferry to Holm sails again\n14 March 2024\n\n{STORY}\n\n{dates}\n\nShare on Facebook\n{TEASERS}"
    assert clean_text(page).text == f"{STORY}\n\n{dates}"


def test_a_page_without_a_likely_title_has_none() -> None:
    assert clean_text(f"{MENU}{STORY}\n\nShare on Facebook\n{TEASERS}").title == ""


def test_a_page_in_another_language() -> None:
    story = (
        "A balsa para Holm partiu do porto às seis da manhã de quinta-feira, pela primeira vez em onze dias.\n\n"
        "O gelo tinha mantido os barcos no porto desde a tempestade de março, disse o capitão do porto.\n\n"
        "Duzentos passageiros esperavam no cais com os seus carros, e alguns deles desde segunda-feira."
    )
    menu = "Notícias\nEsportes\nCultura\nViagem\nEconomia\nMundo\nPolítica\nTempo\nContato\nAssine já\n"
    page = (
        f"{menu}A balsa para Holm volta a partir\n14 de março de 2024\n\n{story}\n\nCompartilhar\nLeia também\n{menu}"
    )
    cleaned = clean_text(page)
    assert (cleaned.title, cleaned.text, cleaned.published) == (
        "A balsa para Holm volta a partir", story, date(2024, 3, 14)
    )  # fmt: skip


def test_a_cloud_of_tags_is_no_article() -> None:
    tags = " ".join(f"harbour{number} ferry ice captain quay" for number in range(30))
    head = f"{MENU}{tags}\n{MENU}Ferry to Holm sails again\n14 March 2024"
    page = f"{head}\n{STORY.partition(chr(10))[0]}\nShare on Facebook\n{TEASERS}"
    cleaned = clean_text(page)
    assert (cleaned.title, cleaned.text) == ("Ferry to Holm sails again", STORY.partition("\n")[0])


def test_an_article_goes_on_behind_a_box_of_links() -> None:
    first, second, last = (f"{sentence} {sentence}" for sentence in STORY.split("\n\n"))
    head = f"{MENU}Ferry to Holm sails again\n14 March 2024"
    page = f"{head}\n{first}\nRelated Links\nHarbour office\n{second}\n{last}\n{TEASERS}"
    assert clean_text(page).text.split("\n\n") == [first, f"{second}\n{last}"]
