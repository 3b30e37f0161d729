"""Made-up office holders: what is asked, and what is known to be the answer."""

import re
from itertools import product
from random import Random

from embeddings.training.features import Item
from embeddings.training.offices import COUNTRIES, FAMILY, GIVEN, OFFICES, make_items
from embeddings.training.squad import ENCYCLOPEDIA, Paragraph

RIVER = Paragraph(ENCYCLOPEDIA, "River", "River", "The river is long. İt is deep in parts.  Boats go on it, too.")
DESERT = Paragraph(ENCYCLOPEDIA, "Desert", "Desert", "Sand. " * 400)
NAMES = {f"{given} {family}" for given, family in product(GIVEN.split(), FAMILY.split())}
NAME = f"((?:{'|'.join(GIVEN.split())}) (?:{'|'.join(FAMILY.split())}))"
ASKED = re.compile(r"Who (?:is|was) (?:the )?(\w+?)(?:'s)? ([a-z ]+)\?")


def draw(count: int = 2_000) -> list[Item]:
    return list(make_items([RIVER, DESERT], count, Random(5)))


def find_said(item: Item) -> list[str]:
    return [item.text[gold.start : gold.end] for gold in item.golds or ()]


def test_the_answer_is_a_whole_name_or_an_office() -> None:
    answered = [item for item in draw() if item.golds]
    assert 800 < len(answered) < 1_200
    for item in answered:
        (said,) = find_said(item)
        if any(name in item.question for name in NAMES):
            assert said not in NAMES and said.strip(" ,.'") == said
        else:
            assert said in NAMES


def test_who_is_asked_for_holds_that_office_where_there_is_an_answer_and_nobody_does_where_there_is_none() -> None:
    countries = dict(reversed(entry.split(" ")) for entry in re.split(r",\s+", COUNTRIES))
    checked = {True: 0, False: 0}
    for item in draw():
        asked = ASKED.fullmatch(item.question)
        if not asked or asked[2] not in OFFICES or asked[1] not in {*countries, *countries.values()}:
            continue
        country = countries.get(asked[1], asked[1])
        forms = [country, *(adjective for adjective, name in countries.items() if name == country)]
        held = [rf"\b{form}(?:'s)? {asked[2]},? {NAME}" for form in forms]
        held += [rf"{NAME}, (?:the )?{form}(?:'s)? {asked[2]}[,.]" for form in forms]
        held.append(rf"{NAME}, the {asked[2]} of {country}[,.]")
        named = {found[1] for form in held for found in re.finditer(form, item.text, re.IGNORECASE)}
        assert named == set(find_said(item)), item
        checked[bool(item.golds)] += 1
    assert min(checked.values()) > 200


def test_long_paragraphs_are_cut_around_what_is_put_into_them() -> None:
    assert max(len(item.text) for item in draw(200)) < 1_100


def test_equal_seeds_make_equal_questions() -> None:
    assert draw(20) == draw(20)
