"""Pairs of statements from two outlets: those that differ, and those that only seem to; `[...]` marks the answers."""

import re
from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Source
from rag.asking.signals.disagreement import find_rivals
from rag.asking.signals.statements import Statement

DAY = date(2024, 3, 12)


def make(
    marked: str, id: str = "a", published: date | None = DAY, title: str = "", story: int | None = None
) -> Statement:
    answer = re.findall(r"\[(.+?)\]", marked)[0]
    text = marked.replace("[", "").replace("]", "")
    return Statement(answer, text, f"{title}\n{text}", Source(id, title, f"Outlet {id}", "", published, "", ""), story)


def differ(question: str, one: str, other: str) -> bool:
    return find_rivals(question, [make(one, "a"), make(other, "b")]) == [1]


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How many people died in Porto?",
            "The fire in Porto killed [12] people.",
            "The fire in Porto killed [15] people.",
        ),
        (
            "How many were hurt?",
            "The blast in Lyon hurt [40] workers.",
            "The blast in Lyon hurt [55] workers, police said.",
        ),
        (
            "How many homes burned in Evros?",
            "The blaze in Evros destroyed [200] homes on Monday.",
            "The blaze in Evros destroyed more than [300] homes on Monday.",
        ),
        (
            "How much did Acme pay for Bolt?",
            "Acme agreed to buy Bolt for [$2 billion].",
            "Acme agreed to buy its rival Bolt for [$3.5 billion].",
        ),
        (
            "How many people marched in Lima?",
            "About [5,000] people marched through Lima against the law.",
            "About [20,000] people marched through Lima against the law, the organisers said.",
        ),
        (
            "By how much will Norway cut its output?",
            "Norway will cut its oil output by [5 %] next year.",
            "Norway will cut its oil output by [7 percent] next year.",
        ),
        (
            "When will the summit open?",
            "The summit in Delhi opens on [3 May].",
            "The summit in Delhi opens on [5 May].",
        ),
        (
            "When did the strike begin?",
            "The strike at Rivo began on [Monday].",
            "The strike at Rivo began on [Sunday].",
        ),
        (
            "Who won the election in Malta?",
            "[Anna Borg] won the election in Malta.",
            "[Karl Vella] won the election in Malta, according to partial results.",
        ),
        (
            "Who leads the inquiry?",
            "The inquiry into the crash is led by [Maria Silva].",
            "The inquiry into the crash is led by [Paulo Gomes].",
        ),
        (
            "Where did the ferry sink?",
            "The ferry sank off [Samar] on Tuesday.",
            "The ferry sank off [Leyte] on Tuesday.",
        ),
        (
            "How old was the driver?",
            "The driver, [34], was arrested in Ghent.",
            "The driver, [43], was arrested in Ghent.",
        ),
    ],
)
def test_sources_that_differ(question: str, one: str, other: str) -> None:
    assert differ(question, one, other)
    assert differ(question, other, one)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        # the same in other words
        (
            "Which country sends tanks?",
            "[Britain] will send tanks to Kyiv.",
            "The [United Kingdom] will send tanks to Kyiv.",
        ),
        ("How much did food rise?", "Food prices rose by [11.4 %].", "Food prices rose by [11.4 percent]."),
        ("How many came to Lima?", "About [100,000] people came to Lima.", "Some [99,200] people came to Lima."),
        ("Who raised rates?", "The [Fed] raised its key rate.", "The [Federal Reserve] raised its key rate."),
        (
            "Who will lend the money?",
            "The [International Monetary Fund] (IMF) will lend Ghana money.",
            "The [IMF] will lend Ghana money.",
        ),
        ("Who spoke in Iowa?", "[Biden] spoke to farmers in Iowa.", "[Joe Biden] spoke to farmers in Iowa."),
        ("When did they meet?", "The ministers met on [Tuesday].", "The ministers met on [12 March 2024]."),
        ("How many died in Porto?", "The fire in Porto killed [twelve] people.", "The fire in Porto killed [12]."),
        ("How long is the truce?", "The truce lasts [two weeks].", "The truce lasts [14 days]."),
        ("How many votes?", "The bill won [more than 300] votes.", "The bill won [312] votes."),
        ("Who visited Rome?", "[Volodymyr Zelenskyy] visited Rome.", "[Zelensky] visited Rome."),
        # another event, place, or thing
        ("How many died in the fire?", "The fire in Porto killed [12].", "The fire in Braga killed [15]."),
        (
            "How many people died?",
            "The storm killed [12] people in Cuba on its way.",
            "The storm killed [30] people in Florida on its way.",
        ),
        (
            "How much did rates rise?",
            "The Fed raised its key rate by [half] a point.",
            "The Bank of England raised its key rate by [a quarter] of a point.",
        ),
        (
            "How many were hurt?",
            "The blast in Lyon hurt [40] workers.",
            "Rescuers in Lyon searched [55] houses at night.",
        ),
        (
            "When did the Fed first act?",
            "The Fed raised rates on [16 March] to 0.5 %.",
            "The Fed last raised rates in [December 2018], the minutes of the June meeting say.",
        ),
        # no single figure, date or name
        ("What did NATO say?", "NATO made [no concession] to Moscow.", "NATO [refused to close the door] to Moscow."),
        (
            "Which central banks raised rates?",
            "The [Fed and the ECB] raised rates.",
            "The [Bank of England and the Bank of Japan] raised rates.",
        ),
        ("Why did he resign?", "He resigned over [the scandal].", "He resigned over [his health]."),
        ("What did Borg call the plan?", "Borg called it a [disaster].", "Borg called it a [shame]."),
        ("Who won?", "[A man from Oslo] won the prize.", "[Two women] won the prize."),
        (
            "How many died?",
            "The fire in Porto killed [twelve people].",
            "The fire in Porto killed [a mother and her son].",
        ),
        ("When will it open?", "The bridge opens [in May].", "The bridge opens [after years of delay]."),
        # each article knows the other's answer
        (
            "How many people died in Porto?",
            "The fire in Porto killed [12] people, the city said; the union counts 15.",
            "The fire in Porto killed [15] people, the union said.",
        ),
        (
            "Where did the ferry sink?",
            "The ferry sank off [Samar], in the Philippines.",
            "The ferry sank off the [Philippines].",
        ),
    ],
)
def test_sources_that_only_seem_to_differ(question: str, one: str, other: str) -> None:
    assert not differ(question, one, other)
    assert not differ(question, other, one)


QUESTION = "How many people died in Porto?"
ONE, OTHER = "The fire in Porto killed [12] people.", "The fire in Porto killed [15] people."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (make(ONE, "a"), make(OTHER, "b", published=date(2024, 3, 13)), []),  # an update
        (make(ONE, "a", story=1), make(OTHER, "b", story=1), []),  # one story in two outlets
        (make(ONE, "a"), make(OTHER, "a"), []),
        (make(ONE, "a"), make(OTHER, "b", published=None), []),
        (make(ONE, "a", published=None), make(OTHER, "b", published=None), [1]),
    ],
)
def test_figures_differ_only_between_stories_of_one_day(one: Statement, other: Statement, expected: list[int]) -> None:
    assert find_rivals(QUESTION, [one, other]) == expected


def test_names_differ_within_two_days() -> None:
    question, one, other = "Who won in Malta?", "[Anna Borg] won in Malta.", "[Karl Vella] won in Malta."
    pairs = [[make(one, "a"), make(other, "b", published=date(2024, 3, day))] for day in (14, 15)]
    assert [find_rivals(question, pair) for pair in pairs] == [[1], []]


def test_two_articles_with_news_of_their_own_days_do_not_differ() -> None:
    first = make("The reply of Peru was handed over on [12 March 2024].", "a")
    then = make("Chile said on [14 March 2024] that the reply of Peru was late.", "b", published=date(2024, 3, 14))
    assert find_rivals("When was the reply handed over?", [first, then]) == []


def test_a_rival_contradicts_any_source_that_agrees_with_the_best_answer() -> None:
    """The second is worded as the third, the first is not; of four answers three are shown."""
    stated = [make("Twelve died: [12] people, says Porto.", "a", published=None), *[
        make(f"The fire in Porto killed [{number}] people.", id, published=None)
        for id, number in zip("bcdef", (12, 15, 16, 17, 12), strict=True)
    ]]  # fmt: skip
    assert find_rivals(QUESTION, stated) == [2, 3]


def test_an_altered_copy_differs_whatever_stands_beside_the_answer() -> None:
    """The same text with another answer in it: the sentence of the answer alone says too little."""
    text = "[{}] \u2026 the day on which Acme showed its new phone to the press in Lyon for the first time."
    one, other = make(text.format("19 May 2021"), "a", None), make(text.format("19 May 2011"), "b", None)
    short = [replace(each, sentence=each.answer) for each in (one, other)]
    question = "When was the phone shown?"
    assert find_rivals(question, short) == [1]
    elsewhere = replace(short[1], context=short[1].context.replace("Lyon", "Nice"))
    assert find_rivals(question, [short[0], elsewhere]) == []
