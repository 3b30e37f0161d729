"""Contradictions: negations, opposites, and changed places."""

import pytest

from rag.prose.contradiction import find_negation, find_opposite, find_swap


@pytest.mark.parametrize(
    ("claim", "quote", "cue"),
    [
        ("Biden did not talk to Putin.", "Biden talked to Putin by video.", "not"),
        ("Russia planned to attack Ukraine.", "Russia had no plans to attack Ukraine, he said.", "no"),
        ("They didn't agree on a treaty.", "They agreed on a treaty.", "didn't"),
        ("Neither text was published.", "The texts were not published.", ""),
        ("Ukraine must never become a member.", "It demanded that Ukraine never join as a member.", ""),
        ("He left.", "He left, but not by train.", ""),
        ("Moscow planned an invasion.", "Moscow denied that it planned an invasion.", "denied"),
        ("The court ruled it legal.", "The court said it was legal.", ""),
        ("The minister ruled out talks.", "The minister wanted talks.", "ruled out"),
        ("He ruled talks out.", "He wanted talks.", ""),  # what it is about stands before
        ("The bridge fell.", "Nobody was hurt when the bridge fell.", ""),
        ("Kyiv backed the plan.", "Moscow did not agree, Kyiv backed the plan.", ""),
        ("The talks ended with a breakthrough.", "The talks ended without a breakthrough.", "without"),
    ],
)
def test_a_negation_on_one_side_only(claim: str, quote: str, cue: str) -> None:
    assert find_negation(claim, quote) == cue


@pytest.mark.parametrize(
    ("claim", "quote", "pair"),
    [
        ("Prices fell by 7.9%.", "Prices rose by 7.9%.", ("fell", "rose")),
        ("The bank lifted its rate.", "The bank raised its rate.", None),
        ("Rates fell.", "Rates rose and fell.", None),
        ("Fewer people died.", "More people died.", ("fewer", "more")),
        ("Most voters backed it.", "At least 100 voters backed it.", None),
        ("More than 100 people died.", "Fewer than 200 people died.", None),  # the numbers are compared as such
        ("He gave a reason.", "He spoke against it.", None),
        ("The party voted in favour.", "The party voted against.", ("favour", "against")),
    ],
)
def test_opposites(claim: str, quote: str, pair: tuple[str, str] | None) -> None:
    assert find_opposite(claim, quote) == pair


@pytest.mark.parametrize(
    ("claim", "quote", "pair"),
    [
        ("Putin asked Magnay a question.", "Magnay asked Putin a question.", ("putin", "magnay")),
        ("Magnay was asked a question by Putin.", "Putin asked Magnay a question.", None),
        ("China and Russia voted against.", "Russia and China voted against.", None),
        ("Putin met Macron.", "Putin met Macron.", None),
    ],
)
def test_changed_places(claim: str, quote: str, pair: tuple[str, str] | None) -> None:
    assert find_swap(claim, quote, ["putin", "magnay", "China", "Ukraine", "Russia", "macron"]) == pair


VERBS = "won lost opened banned allowed accepted rejected raised lowered sent withdrew killed praised saw built".split()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("noun", ["the plan", "the vote", "a bridge", "three tanks"])
def test_a_negation_is_seen_whatever_it_negates(verb: str, noun: str) -> None:
    assert find_negation(f"The town never {verb} {noun}.", f"The town {verb} {noun}.") == "never"
    assert find_negation(f"The town never {verb} {noun}.", f"In May, the town never {verb} {noun}.") == ""
    assert find_negation(f"The town {verb} {noun}.", f"It did not rain when the town {verb} {noun}.") == ""
