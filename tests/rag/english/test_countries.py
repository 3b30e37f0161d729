"""Every name of a country is one term, and what only looks like one is none."""

from itertools import combinations
from pathlib import Path

import pytest

import rag.english
from rag.english.countries import COUNTRY_OF_SEAT, find_countries, fold
from rag.english.terms import list_terms

ROWS = [
    line.split("\t")
    for line in (Path(rag.english.__file__).parent / "countries.tsv").read_text("utf-8").splitlines()
    if line[0] not in "#-"
]
COUNTRIES = {name: [form for form in "".join(others[:1]).split("|") if form] for name, *others in ROWS}
GIVEN = "Michael Barbara Vernon Jim Neil Kathy Irving Dawn Olivia Ahmed Volodymyr Emma Tom".split()
FAMILY = "Smith Peterson Adesanya Hilton Katz Kroeger O'Keeffe Pickens Knight-Webb Okafor Sundqvist Meyer".split()


@pytest.mark.parametrize(("country", "forms"), COUNTRIES.items())
def test_all_names_of_a_country_are_one_term(country: str, forms: list[str]) -> None:
    for form in (country, *forms):
        assert list_terms(f"What did the {form}'s army say?") == {country, "armi"}, form


def test_there_are_as_many_countries_as_members_of_the_united_nations() -> None:
    members = (
        "Tuvalu Nauru Palau Vanuatu Brunei Bhutan Togo Benin Suriname Guyana Belize Fiji Samoa Tonga Kiribati".split()
    )
    assert len(COUNTRIES) > 193 and {*members} <= COUNTRIES.keys()


@pytest.mark.parametrize(
    "forms",
    [
        ("US", "U.S.", "USA", "U.S.A.", "u.s.", "usa", "America", "American", "Americans", "United States"),
        ("UK", "U.K.", "uk", "Britain", "British", "Great Britain", "united kingdom", "Britons", "BRITISH"),
        ("EU", "E.U.", "eu", "European Union"),
        ("UN", "U.N.", "United Nations"),
        ("NATO", "Nato's", "nato", "North Atlantic Treaty Organization"),
        ("Fed", "Federal Reserve"),
        ("ECB", "European Central Bank"),
        ("Poland", "poland's", "Poles", "Polish", "POLAND"),
        ("Türkiye", "Turkiye", "Turkish", "Turkey"),
        ("Czechia", "Czech Republic", "Czechs"),
        ("Ivory Coast", "Côte d’Ivoire", "Ivorians"),
        ("DRC", "DR Congo", "Democratic Republic of Congo"),
        ("South Korea", "South Koreans", "south korea", "S. Korea", "Republic of Korea"),
    ],
)
def test_well_known_names(forms: tuple[str, ...]) -> None:
    (term,) = list_terms(forms[0])
    assert [list_terms(form) for form in forms] == [{term}] * len(forms)


@pytest.mark.parametrize(
    "texts",
    [
        ("South Korea", "North Korea", "Korea", "Korean"),
        ("DR Congo", "Republic of the Congo", "Congo", "Congolese"),
        ("Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea", "New Guinea", "guinea pig"),
        ("Niger", "Nigeria"),
        ("Nigerien", "Nigerian"),
        ("Dominica", "Dominican Republic", "Dominican"),
        ("Sudan", "South Sudan"),
        ("Ireland", "Northern Ireland"),
        ("Africa", "South Africa", "Central African Republic"),
        ("Mexico", "New Mexico"),
        ("India", "Indian Ocean"),
        ("America", "South America", "Latin Americans", "North American", "Native Americans"),
        ("China", "Republic of China"),
        ("Austria", "Australia"),
    ],
)
def test_countries_with_a_word_in_common_are_different(texts: tuple[str, ...]) -> None:
    for one, other in combinations(texts, 2):
        named = [{mention.country for mention in find_countries(text)} for text in (one, other)]
        assert not named[0] & named[1], (one, other)


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("country", ["Jordan", "Ireland", "France", "Holland", "Israel"])
def test_who_is_called_like_a_country_is_a_person(given: str, country: str) -> None:
    for text in (f"{given} {country} won.", f"Then {given} B. {country} won, and {country} smiled.", f"Mr {country}"):
        assert find_countries(text) == [], text


@pytest.mark.parametrize("family", FAMILY)
@pytest.mark.parametrize("country", ["Jordan", "Chad", "Israel", "Georgia", "Kenya", "India", "Paris"])
def test_a_country_may_be_a_given_name(family: str, country: str) -> None:
    for text in (f"{country} {family} won.", f"So did {country} {family}.", f"{country} M. {family}"):
        assert find_countries(text) == [], text


@pytest.mark.parametrize(("country", "forms"), COUNTRIES.items())
def test_a_country_between_other_words_is_no_person(country: str, forms: list[str]) -> None:
    for form in (country, *forms):
        for text in (
            f"Will {form} agree?",
            f"In {form} President Smith spoke.",
            f"{form}, Smith said.",
            f"{form} Says No",
        ):
            assert [mention.country for mention in find_countries(text) if mention.country == country], text


@pytest.mark.parametrize("text", ["Israel Defense Forces", "Jordan River", "Kenya Airways", "India Pakistan border"])
def test_an_institution_is_of_its_country(text: str) -> None:
    assert find_countries(text)[0].start == 0


@pytest.mark.parametrize(
    "text",
    "roast turkey/polish the china/a chile pepper/a hanging chad/tell us/TELL US NOW/Us too/two poles".split("/"),
)
def test_ordinary_words_are_no_countries(text: str) -> None:
    assert find_countries(text) == []


@pytest.mark.parametrize(("seat", "country"), COUNTRY_OF_SEAT.items())
def test_a_seat_is_no_name_of_its_country_but_known(seat: str, country: str) -> None:
    (mention,) = find_countries(f"said {seat.title().replace(chr(39) + 'D', chr(39) + 'd')} today")
    assert (mention.country, mention.is_seat) == (country, True)
    assert country not in list_terms(f"said {seat.title()} today")


def test_where_a_country_is_named() -> None:
    text = "Türkiye and the U.S.-led allies, said Washington."
    assert [text[mention.start : mention.end] for mention in find_countries(text)] == ["Türkiye", "U.S.", "Washington"]
    assert fold("Łódź, Ærø, Straße") == "lodz, aero, strasse"
