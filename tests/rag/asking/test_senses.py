"""Whether the words around a span say what the verb of the question does."""

import re

import pytest

from rag.asking.spans.expected import expect
from rag.asking.spans.place import Place
from rag.asking.spans.senses import find_unsaid


@pytest.mark.parametrize("name", ["Lund", "Okoro"])
@pytest.mark.parametrize(
    ("question", "text", "span", "unsaid"),
    [
        ("How many people survived?", "Of the 40 on board, nine were killed.", "nine", "survived"),
        ("How many people were on board?", "Of the 40 on board, nine were killed.", "nine", "on board"),
        ("How many people were on board?", "Of the 40 on board, nine were killed.", "40", ""),
        ("How many people were injured?", "The blast killed five and injured nine.", "nine", ""),
        ("How many people were injured?", "The blast killed five and injured nine.", "five", "injured"),
        ("How many people lived there?", "Nine people were inside when it fell.", "Nine", "lived"),
        ("How many people survived?", "All but two of the nine died.", "nine", ""),
        ("When did the strike end?", "The strike, which began on Monday, ended on Friday.", "Monday", "end"),
        ("When did the strike end?", "The strike, which began on Monday, ended on Friday.", "Friday", ""),
        ("When did the strike end?", "The union met on Friday.", "Friday", "end"),
        ("Who succeeded {}?", "{} had succeeded Agnes Roth.", "Agnes Roth", "succeeded"),
        ("Who did {} succeed?", "{} had succeeded Agnes Roth.", "Agnes Roth", ""),
        ("Who succeeded {}?", "{} was replaced by Agnes Roth.", "Agnes Roth", ""),
        ("Who did {} replace?", "{} was replaced by Agnes Roth.", "Agnes Roth", "replace"),
        ("Who succeeded {}?", "She beat Hugo Berg.", "Hugo Berg", "succeeded"),
        ("Who won the women's race?", "Ida {} won the men's race.", "Ida", "women"),
        ("What is the population of {}?", "More than 200 soldiers came to {}.", "200", "population"),
        ("What was the plane carrying?", "The recorder was found.", "The recorder", "carrying"),
        ("How fast did {} run?", "{} ran 30 kilometres on Sunday.", "30 kilometres", "How fast"),
        ("How fast did {} run?", "{} ran 12 kilometres an hour.", "12 kilometres", ""),
        ("Who succeeded {} as leader?", "Berg, who succeeded {} as judge, lost.", "Berg", "succeeded"),
        ("Who succeeded {} as judge?", "Berg, who succeeded {} as judge, lost.", "Berg", ""),
        ("Who lost to {}?", "{} met Ida Berg.", "Ida Berg", "lost to"),
        ("Who lost to {}?", "{} beat Ida Berg.", "Ida Berg", ""),
        ("How tall is {}?", "{} is 8ft tall.", "8ft", ""),
        ("When did it begin and end?", "It lasted from May to June.", "May to June", ""),
        ("How many died when the ferry sank?", "The epidemic killed nine.", "nine", "sank"),
    ],
)
def test_the_words_around_a_span_do_not_say_what_is_asked(
    name: str, question: str, text: str, span: str, unsaid: str
) -> None:
    text = text.format(name)
    start = text.index(span)
    place = Place(
        text, start, start + len(span), sentences=tuple(found.span() for found in re.finditer(r"\S[^.]*\.", text))
    )
    assert find_unsaid(expect(question.format(name)), place) == unsaid
