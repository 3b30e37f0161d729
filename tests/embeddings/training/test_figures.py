"""Made-up facts: what is asked, and what is known to be the answer."""

import re
from random import Random

from embeddings.training.features import Item
from embeddings.training.figures import MATTERS, Matter, make_items
from embeddings.training.offices import BODIES, list_names
from embeddings.training.squad import ENCYCLOPEDIA, Paragraph

RIVER = Paragraph(ENCYCLOPEDIA, "River", "River", "The river is long. It is deep in parts. Boats go on it, too.")
SUBJECT = rf"{'|'.join(list_names(BODIES))}|\w+|\w+ \w+"


def draw(count: int) -> list[Item]:
    return list(make_items([RIVER], count, Random(3)))


def match(template: str, text: str) -> re.Match[str] | None:
    """Return the subject of a text that is the filled template as group `s`, the figure as group `f`."""
    pattern = re.escape(template).replace(r"\{0\}", rf"(?P<s>{SUBJECT})").replace(r"\{1\}", r"(?P<f>.+?)")
    return re.fullmatch(pattern, text, re.IGNORECASE)


def list_told(matter: Matter, text: str) -> dict[str, str]:
    """Return the figures of a matter that the text tells, by subject."""
    sentences = re.split(r"(?<=\.) ", text)
    found = (match(statement, sentence) for statement in matter.statements for sentence in sentences)
    return {one["s"].casefold(): one["f"].casefold() for one in found if one}


def test_the_answer_is_the_figure_of_what_is_asked_about() -> None:
    checked = {True: 0, False: 0}
    for item in draw(2_000):
        asked = [
            (each, found["s"]) for each in MATTERS for one in each.questions if (found := match(one, item.question))
        ]
        told = {list_told(matter, item.text).get(subject.casefold()) for matter, subject in asked} - {None}
        said = [item.text[gold.start : gold.end].casefold() for gold in item.golds or ()]
        assert set(said) == told, (item, told)
        checked[bool(item.golds)] += 1
    assert min(checked.values()) > 800


def test_equal_seeds_make_equal_questions() -> None:
    assert draw(20) == draw(20)
