"""Datelines: what stands before the first sentence, and sentences that begin like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.dateline import Dateline, find_dateline, find_datelines
from corpus.passages import split_article, split_sentences

SENTENCE = "The government signed the treaty on Tuesday after a night of talks."

FORMS = [
    ("CNN — ", "", "CNN"),
    ("(CNN) ", "", "CNN"),
    ("New York CNN Business — ", "New York", "CNN Business"),
    ("Manchester, England (CNN) ", "Manchester, England", "CNN"),
    ("Lagos / Abuja CNN —\n", "Lagos / Abuja", "CNN"),
    ("OSLO (Reuters) - ", "OSLO", "Reuters"),
    ("OSLO/BERGEN, May 3 (Reuters) - ", "OSLO/BERGEN", "Reuters"),
    ("KYIV, Ukraine (AP) — ", "KYIV, Ukraine", "AP"),
    ("KYIV, Ukraine (AP) _ ", "KYIV, Ukraine", "AP"),
    ("BEIJING, March 3 (Xinhua) -- ", "BEIJING", "Xinhua"),
    ("MOSCOW, May 3. /TASS/. ", "MOSCOW", "TASS"),
    ("By Ana Ruiz, WASHINGTON (AFP) – ", "WASHINGTON", "AFP"),
    ("Bogotá, 3 May (EFE).- ", "Bogotá", "EFE"),
    ("Nice (AFP) - ", "Nice", "AFP"),
    ("LONDON, Nov. 19, 2025 /PRNewswire/ -- ", "LONDON", "PRNewswire"),
    ("AUSTIN, Texas--(BUSINESS WIRE)--", "AUSTIN, Texas", "BUSINESS WIRE"),
    ("GENEVA, 5 May 2020 – ", "GENEVA", ""),
    ("NEW DELHI: ", "NEW DELHI", ""),
    ("LANSING, Mich. (WLNS) – ", "LANSING, Mich.", "WLNS"),
    ("DUBLIN (Evening Echo) — ", "DUBLIN", "Evening Echo"),
    ("WASHINGTON—", "WASHINGTON", ""),
    ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", ""),
    ("PORT-AU-PRINCE, Haiti — ", "PORT-AU-PRINCE, Haiti", ""),
    ("ST. PAUL, Minn. -- ", "ST. PAUL, Minn.", ""),
    ("LITTLE FALLS — ", "LITTLE FALLS", ""),
    ("Nairobi, Kenya — ", "Nairobi, Kenya", ""),
    ("Philadelphia – ", "Philadelphia", ""),
    ("WASHINGTON, DC - APRIL 26: ", "WASHINGTON, DC", ""),
]
NONE = [
    "Paris — the city of light — went dark on Tuesday night for an hour.",
    "Paris — The City of Light — went dark on Tuesday night for an hour.",
    "Inflation – which had slowed – rose again in May, the bureau said.",
    "Inflation – Which goods cost more and which cost less than a year ago?",
    "He said — as he had often said before — that nothing would change.",
    "NATO — The alliance of 32 states met in Vilnius. NATO has grown since.",
    "UPDATE — The road over the pass is open again, the police said.",
    "FACT CHECK – The minister said that wages had doubled in three years.",
    "Amazon (AMZN) — the largest retailer — is hiring in three states.",
    "Amazon (AMZN) on Thursday said that it was hiring in three states.",
    "Reuters (the news agency) moved its offices to the docks last year.",
    "Reuters reported on Tuesday that the treaty had been signed in Oslo.",
    "(Getty Images) The minister arrives in Oslo for a night of talks.",
    "June 28 — The council meets again to vote on the budget of the city.",
    "OSLO – BERGEN 2:1",
    "Mary Smith – Oslo's new mayor – promised cheaper trams on Tuesday.",
    "SMITH: What did the committee learn from all of these documents?",
    "CNN —",
    "LONDON",
    "London is calling, and the rest of the world is listening to it again.",
]


@pytest.mark.parametrize(("written", "place", "agency"), FORMS, ids=[form[0].strip() for form in FORMS])
def test_datelines_are_told_from_the_sentence(written: str, place: str, agency: str) -> None:
    text = written + SENTENCE
    assert find_dateline(text) == Dateline(0, len(written), place, agency)
    assert [text[start:end] for start, end in split_sentences(text)] == [SENTENCE]


@pytest.mark.parametrize("text", NONE)
def test_sentences_that_begin_alike_stay_whole(text: str) -> None:
    assert split_sentences(text)[0][0] == 0
    assert find_dateline(text) is None


CITIES = st.sampled_from("Aarhus Boise Cusco Dayton Esbjerg Fresno Gdynia Haugesund Izmir Kisumu Tampico".split())


@given(CITIES, st.sampled_from(["AP", "Reuters", "AFP", "dpa"]), st.sampled_from([" — ", " – ", " - ", " -- "]))
def test_any_place_may_stand_before_an_agency(city: str, agency: str, dash: str) -> None:
    for place in (city, city.upper(), f"{city.upper()}, Fla.", f"{city}, Peru"):
        text = f"{place} ({agency}){dash}{SENTENCE}"
        assert find_dateline(text) == Dateline(0, len(text) - len(SENTENCE), place, agency)


@given(CITIES)
def test_without_agency_an_unknown_place_needs_capitals_or_a_region(city: str) -> None:
    assert find_dateline(f"{city.upper()} — {SENTENCE}") is not None
    assert find_dateline(f"{city}, Ohio — {SENTENCE}") is not None
    assert find_dateline(f"{city} — {SENTENCE}") is None


def test_a_round_up_has_a_dateline_for_each_report_and_passages_do_not_cross_them() -> None:
    text = f"OSLO (AP) — {SENTENCE}\n\nIt rained.\n\nNUUK, Greenland (AP) — {SENTENCE}"
    assert [found.place for found in find_datelines(text)] == ["OSLO", "NUUK, Greenland"]
    assert [passage.text for passage in split_article(Article(text=text))] == [f"{SENTENCE}\n\nIt rained.", SENTENCE]


def test_an_article_says_where_it_was_written_and_keeps_its_text() -> None:
    text = f"A storm is coming\n\nOSLO (AP) —\n\n{SENTENCE}"
    article = Article(text=text)
    assert (article.place, article.agency, article.text) == ("OSLO", "AP", text)
    (passage,) = split_article(article)
    assert [passage.text[start:end] for start, end in passage.sentences] == ["A storm is coming", SENTENCE]
    given = Article(text=text, place="Bergen")
    assert (given.place, given.agency) == ("Bergen", "")
