"""Numbers are read as values of a kind, however they are written; every value is worked out by hand."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.english.numbers import Kind, Number, list_numbers

WORDS = {17: "seventeen", 25: "twenty-five", 250: "two hundred and fifty", 1500: "fifteen hundred", 12: "a dozen"}


def show(text: str) -> list[str]:
    """Return kind, value and unit of each number: "money 5 euro", "plain 10..12 week"."""
    return [
        " ".join(filter(None, [number.kind.name.lower(), _show_value(number), number.unit]))
        for number in list_numbers(text)
    ]


def _show_value(number: Number) -> str:
    ends = f"{number.low:.10g}", f"{number.high:.10g}"
    return f"{'~' * number.is_approximate}{ends[0] if number.low == number.high else '..'.join(ends)}"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("up to 175,000 troops and 2.5 million dollars", ["plain -inf..175000 troop", "money 2500000 dollar"]),
        ("twenty-five people, a dozen fires, three dozen homes", ["plain 25 peopl", "plain 12 fire", "plain 36 home"]),
        ("half a point, three quarters of a point", ["plain 0.5 point", "plain 0.75 point"]),
        ("a three-quarter-point rise, a quarter of a point", ["plain 0.75 point", "plain 0.25 point"]),
        ("25 basis points, 0.25 percentage points", ["percent 0.25", "percent 0.25"]),
        ("7.9%, 7.9 %, 7.9 percent or 7.9 per cent", ["percent 7.9"] * 4),
        ("2 million, 2 billion, half a million, a quarter of a million", ["plain 2000000", "plain 2000000000",
                                                                         "plain 500000", "plain 250000"]),
        ("two and a half million, one million two hundred thousand", ["plain 2500000", "plain 1200000"]),
        ("two thirds of them, a third of members", ["plain 0.6666666667", "plain 0.3333333333 member"]),
        ("£1.5m, $1.5bn, US$5, €5 million", ["money 1500000 pound", "money 1500000000 dollar", "money 5 dollar",
                                             "money 5000000 euro"]),
        ("the 100m final, 100m people", ["plain 100 final", "plain 100000000 peopl"]),
        ("at 12:20 GMT, 07:05, 7 p.m., 12.30am", ["clock 740", "clock 425", "clock 1140", "clock 30"]),
        ("F-16 jets, N95 masks, 9/11, 26/01/2022, COVID-19", []),
        ("the 82nd division, the third term, the 21st century", ["ordinal 82 divis", "ordinal 3 term",
                                                                 "ordinal 21 centuri"]),
        ("the third quarter, the first half", ["ordinal 3 quarter", "ordinal 1 half"]),
        ("in three decades, 18 months, a 25-year-old", ["duration 30 year", "duration 1.5 year", "duration 25 year"]),
        ("two weeks, 36 hours, half an hour", ["duration 14 day", "duration 1.5 day", "duration 0.02083333333 day"]),
        ("10-12 weeks, 10 to 12 people", ["duration 70..84 day", "plain 10..12 peopl"]),
        ("between 10 and 12 million, $10-12bn", ["plain 10000000..12000000", "money 1e+10..1.2e+10 dollar"]),
        ("rose from 10 to 12 percent", ["plain 10", "percent 12"]),
        ("won 2-1, a 52-48 vote", ["score 1..2", "score 48..52"]),
        ("about 100,000, some 40 roofs, 30 or so", ["plain ~100000", "plain ~40 roof", "plain ~30"]),
        ("more than 100, no fewer than 100, 100 or more, 100+", ["plain 100..inf"] * 4),
        ("fewer than 100, no more than 100, as many as 100", ["plain -inf..100"] * 3),
        ("minus 5 degrees, -5 degrees", ["plain -5 degre"] * 2),
        ("in the 1990s and in his 90s", ["decade 1990", "decade 90"]),
        ("from 1961 to 1968, on 7 December 2021, on 2022-01-26 and on June 3, 2020", []),
        ("2000 homes, in 2000", ["plain 2000 home"]),
        ("one of them, no one, a man", []),
        ("one person, a second one", ["plain 1 person", "ordinal 2 one", "plain 1"]),
    ],
)  # fmt: skip
def test_numbers(text: str, numbers: list[str]) -> None:
    assert show(text) == numbers


def test_a_bound_says_so_and_keeps_what_was_written() -> None:
    assert list_numbers("up to £1.5m") == [Number(-inf, 1.5e6, Kind.MONEY, "pound", "£1.5m")]


def read(text: str) -> Number:
    (number,) = list_numbers(text)
    return number


@pytest.mark.parametrize(
    ("one", "other", "is_possible"),
    [
        ("about 100,000", "100,000", True),
        ("about 100,000", "94,000", False),
        ("about 100,000", "99,000", True),
        ("more than 100", "115", True),
        ("more than 100", "100", True),
        ("more than 100", "85", False),
        ("more than 100", "fewer than 100", False),
        ("more than 100", "fewer than 200", True),
        ("10 to 12", "11", True),
        ("10 to 12", "13", False),
        ("5 %", "5 people", False),
        ("5 %", "5 per cent", True),
        ("5 %", "5", True),
        ("half a point", "0.5 percentage points", True),
        ("$5", "5 euros", False),
        ("five dollars", "$5", True),
        ("14 days", "two weeks", True),
        ("the third", "three", False),
        ("won 2-1", "won 1-2", True),
        ("won 2-1", "won 3-1", False),
        ("the 1990s", "the 1980s", False),
    ],
)
def test_whether_both_can_be_true(one: str, other: str, is_possible: bool) -> None:
    assert (read(one).may_be(read(other)), read(other).may_be(read(one))) == (is_possible, is_possible)


@pytest.mark.parametrize(
    ("claim", "quote", "is_said"),
    [
        ("100 people", "at least 100 people", True),
        ("115 people", "more than 100 people", False),
        ("more than 100 people", "115 people", True),
        ("over 18,000 people", "81,000 people", False),
        ("roughly 94,000 people", "94,000 people", True),
        ("94,000 people", "about 100,000 people", False),
        ("10 people", "10 to 12 people", False),
        ("under 100 people", "more than 100 people", False),
    ],
)
def test_whether_a_quote_says_the_number(claim: str, quote: str, is_said: bool) -> None:
    assert read(claim).covers(read(quote)) is is_said


FORMS = ["{0}", "{0:,}", "{0}.0"]
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


@given(st.integers(1, 10**9).filter(lambda value: not 1500 <= value < 2100), st.sampled_from(FORMS))
def test_every_form_of_a_number_is_its_value(value: int, form: str) -> None:
    assert show(f"It cost {form.format(value)} lives.") == [f"plain {value:.10g} live"]


@given(st.integers(1, 999), st.sampled_from([*SCALES]), st.sampled_from(["", "£", "$", "€"]))
def test_a_scale_multiplies(value: int, scale: str, sign: str) -> None:
    long, digits = read(f"{sign}{value} {scale}"), read(f"{sign}{value * SCALES[scale]:,}")
    assert (long.low, long.kind, long.unit) == (digits.low, digits.kind, digits.unit)
    others = [read(f"{sign}{value} {other}") for other in SCALES if other != scale]
    assert not any(long.may_be(other) for other in others)


@given(st.sampled_from([*WORDS]), st.sampled_from(["people", "percent", "euros", "weeks", "years", "of them"]))
def test_words_and_digits_say_the_same(value: int, unit: str) -> None:
    word, digits = read(f"{WORDS[value]} {unit}"), read(f"{value} {unit}")
    assert word.may_be(digits)
    assert word.covers(digits)
    assert not word.may_be(read(f"{value + 1} {unit}"))


PIECES = [*"0123456789 -,.:%$£mk", *"one half a million percent".split(), " of ", " and ", " to ", "between "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_is_read(text: str) -> None:
    for number in list_numbers(text):
        assert number.low <= number.high
        assert number.may_be(number)
        assert number.covers(number)
