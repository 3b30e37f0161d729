"""Follow-up questions: what the rules make of them, worked out by hand, and whole conversations."""

import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag.asking.followup import RuleRewriter
from rag.asking.grammar.ellipsis import move_date
from rag.asking.grammar.phrases import find_names, find_phrases
from rag.asking.weights import STANDARD_WEIGHTS
from rag.question import MAX_CHARACTERS, Question, Turn
from tests.rag.asking.readings import depart, stay

CASES = Path(rag.__file__).parent / "evaluation" / "cases"


def tell(question: str, span: str = "") -> Turn:
    """Return a turn whose answer is one quote: the short answer; or one in which nothing was found."""
    return Turn(question, f"“{span}.” [1]" if span else "Not in these articles.", span)


FRANCE = tell("Who is the president of France?", "Emmanuel Macron")
FINLAND = tell("Who won the election in Finland in 2023?", "Petteri Orpo")
QUAKE = tell("How many people were killed in the earthquake in Morocco?", "nearly 3,000")
DEMAND = tell("What did Russia demand?", "guarantees that NATO would not expand")
KYIV = tell("Who visited Kyiv in June?", "Macron, Scholz and Draghi")
BRIDGE = tell("Which company built the bridge in Genoa?", "Salini Impregilo")
CLIMATE = tell("Where was the climate conference held in 2021?", "Glasgow")
FED = tell("By how much did the Fed raise rates in June 2022?", "0.75 percentage points")
COMET = tell("Who discovered the comet?", "Carolyn Shoemaker")
OSCE = tell("What is the OSCE?", "the Organization for Security and Co-operation in Europe")
TESLA = tell("When was Tesla founded?", "2003")
SCHOLZ = tell("What did Scholz call the attack on 24 February 2022?", "a turning point")
TUNNEL = tell("How long is the tunnel between Germany and Denmark?", "18 kilometres")
SOLDIERS = tell("How many soldiers did the US send to Poland?", "1,700")
BUDGET = tell("Did the parliament approve the budget?", "Parliament passed the budget")

PRONOUNS = [
    (FRANCE, "how old is he?", "how old is Emmanuel Macron?"),
    (FRANCE, "and what did he say about Ukraine?", "and what did Emmanuel Macron say about Ukraine?"),
    (FINLAND, "Which party does he lead?", "Which party does Petteri Orpo lead?"),
    (FINLAND, "when was it?", "when was the election in Finland in 2023?"),
    (QUAKE, "When did it happen?", "When did the earthquake in Morocco happen?"),
    (KYIV, "why did they go there?", "why did Macron, Scholz and Draghi go to Kyiv?"),
    (BRIDGE, "where is it based?", "where is Salini Impregilo based?"),
    (CLIMATE, "what was agreed there?", "what was agreed in Glasgow?"),
    (COMET, "What is her husband's name?", "What is Carolyn Shoemaker's husband's name?"),
    (OSCE, "Where is its headquarters?", "Where is the OSCE's headquarters?"),
    (TUNNEL, "who is paying for it?", "who is paying for the tunnel between Germany and Denmark?"),
    (tell("Who is the mayor of Lviv?"), "How old is he?", "How old is the mayor of Lviv?"),
    (tell("Who led the talks?"), "What did she say?", "What did the person who led the talks say?"),
    (tell("Which alliance met Russia?", "NATO and Russia"), "Who leads it?", "Who leads NATO?"),
    (tell("Which village was buried by the landslide?", "Brienz"), "who are its people?", "who are Brienz's people?"),
    (
        DEMAND,
        "What did NATO say about that?",
        "What did NATO say about that (Russia, guarantees that NATO would not expand)?",
    ),
]
FRAGMENTS = [
    (FRANCE, "and of Germany?", "Who is the president of Germany?"),
    (FRANCE, "what about Italy?", "Who is the president of Italy?"),
    (FRANCE, "since when?", "Since when is Emmanuel Macron the president of France?"),
    (FINLAND, "and in 2019?", "Who won the election in Finland in 2019?"),
    (QUAKE, "and in Turkey?", "How many people were killed in the earthquake in Turkey?"),
    (QUAKE, "when?", "When were people killed in the earthquake in Morocco?"),
    (DEMAND, "and when?", "When did Russia demand guarantees that NATO would not expand?"),
    (DEMAND, "why?", "Why did Russia demand guarantees that NATO would not expand?"),
    (BUDGET, "When exactly?", "When exactly did the parliament approve the budget?"),
    (CLIMATE, "and the year after?", "Where was the climate conference held in 2022?"),
    (FED, "the month before?", "By how much did the Fed raise rates in May 2022?"),
    (FED, "and the ECB?", "By how much did the ECB raise rates in June 2022?"),
    (FED, "What about July?", "By how much did the Fed raise rates in July 2022?"),
    (SCHOLZ, "the day after?", "What did Scholz call the attack on 25 February 2022?"),
    (SCHOLZ, "and Macron?", "What did Macron call the attack on 24 February 2022?"),
    (COMET, "who else?", "Who else discovered the comet?"),
    (COMET, "when?", "When was it that Carolyn Shoemaker discovered the comet?"),
    (TESLA, "By whom?", "When was Tesla founded, and by whom?"),
    (tell("how many fled to poland in 2022"), "how many in moldova?", "how many fled to moldova in 2022"),
    (TUNNEL, "how deep?", "How deep is the tunnel between Germany and Denmark?"),
    (SOLDIERS, "and to Romania?", "How many soldiers did the US send to Romania?"),
    (SOLDIERS, "how many tanks?", "How many tanks did the US send to Poland?"),
    (FED, "and in May?", "By how much did the Fed raise rates in May 2022?"),
    (SOLDIERS, "when?", "When did the US send soldiers to Poland?"),
    (tell("What is the diameter of Webb's mirror?"), "and Hubble's?", "What is the diameter of Hubble's mirror?"),
]
DESCRIPTIONS = [
    (BRIDGE, "How much did the company charge?", "How much did the company (Salini Impregilo, Genoa) charge?"),
    (BRIDGE, "How long is the bridge?", "How long is the bridge (Salini Impregilo, Genoa)?"),
    (OSCE, "who leads the organization?", "who leads the organization (the OSCE)?"),
    (
        tell("Which city hosted the summit?", "Madrid"),
        "who governs the city?",
        "who governs the city (Madrid, the summit)?",
    ),
    (CLIMATE, "who spoke at the conference?", "who spoke at the conference (Glasgow, 2021)?"),
    (TESLA, "what happened that year?", "what happened that year (Tesla)?"),
    (QUAKE, "how many were injured?", "how many were injured (the people, the earthquake, Morocco)?"),
    (BUDGET, "who voted against?", "who voted against (the parliament, the budget)?"),
    (
        tell("When did Blinken and Lavrov meet in Geneva?", "21 January"),
        "How long did the meeting last?",
        "How long did the meeting (Blinken, Lavrov, Geneva) last?",
    ),
]
COMPLETE = [
    "Is it true that NATO expanded?",
    "How long did it take Webb to reach L2?",
    "What did Putin say about his talks with Macron?",
    "When did Russia say it would withdraw?",
    "What did Webb do when it reached L2?",
    "How long after its launch did Webb reach L2?",
    "did ukraine give up its nuclear weapons",
    "Which leaders did Biden brief after he had talked to Putin?",
    "what did the mayor say about herself",
    "Was there a fire in Lisbon in 2019?",
    "Who voted against the Fed's rate decision in March 2022?",
    "Donnie Creek fire size",
    "thanks!",
    "27",
    "🙂 ok",
]


@pytest.mark.parametrize(("turn", "typed", "alone"), PRONOUNS + FRAGMENTS + DESCRIPTIONS)
def test_what_a_followup_becomes(turn: Turn, typed: str, alone: str) -> None:
    rules = RuleRewriter(stay)
    rewritten = rules.rewrite(Question(typed, (turn,)))
    assert rewritten == alone
    assert rules.rewrite(Question(rewritten, (turn,))) == rewritten


@pytest.mark.parametrize("typed", COMPLETE)
@pytest.mark.parametrize("turn", [SCHOLZ, QUAKE, COMET])
def test_a_question_that_stands_alone_is_left_as_it_is(turn: Turn, typed: str) -> None:
    assert RuleRewriter(depart).rewrite(Question(typed, (turn,))) == typed


@pytest.mark.parametrize(("turn", "typed", "alone"), DESCRIPTIONS[:1] + DESCRIPTIONS[2:5] + DESCRIPTIONS[6:])
def test_what_names_nothing_is_completed_only_if_it_is_about_the_same(turn: Turn, typed: str, alone: str) -> None:
    assert RuleRewriter(depart).rewrite(Question(typed, (turn,))) == typed


@given(st.text(min_size=2, max_size=200).filter(lambda text: sum(map(str.isalnum, text)) > 1))
def test_without_a_history_nothing_changes(text: str) -> None:
    question = Question(text)
    assert RuleRewriter(stay).rewrite(question) == question.text


@given(st.lists(st.sampled_from("and of it 's he there the that year Kyiv 2022 when why ( ? , 's".split()), min_size=2))
def test_whatever_is_typed_it_stays_a_question(parts: list[str]) -> None:
    text = f"x1 {' '.join(parts)}"[:MAX_CHARACTERS]
    for turn in (SCHOLZ, tell(text), tell(text, text)):
        for typed in (text, text[3:] + " x1"):
            Question(RuleRewriter(stay).rewrite(Question(typed, (turn,))))


def test_several_turns_are_followed() -> None:
    rules = RuleRewriter(stay)
    turns = (tell("who led the us side in geneva", "Wendy Sherman"), tell("what did she reject?", "a Russian veto"))
    assert rules.rewrite(Question("and who is her boss?", turns)) == "and who is Wendy Sherman's boss?"
    nebulas = (tell("How far away is the Carina Nebula?", "7,600 light-years"), tell("and the Ring Nebula?"))
    assert rules.rewrite(Question("and WASP-96 b?", nebulas)) == "How far away is WASP-96 b?"


def test_what_was_searched_for_is_what_the_earlier_question_means() -> None:
    turn = Turn("and in Rome?", "“Ann.” [1]", "Ann", searched_for="Who is the mayor of Rome?")
    assert RuleRewriter(stay).rewrite(Question("and in Oslo?", (turn,))) == "Who is the mayor of Oslo?"


def test_names_typed_in_lower_case_are_known_from_the_answer() -> None:
    turn = Turn("who is president of the ecb", "“ECB President Christine Lagarde spoke.” [1]", "Christine Lagarde")
    rules = RuleRewriter(stay)
    assert rules.rewrite(Question("what did she say", (turn,))) == "what did Christine Lagarde say"
    assert rules.rewrite(Question("how big is it", (turn,))) == "how big is the ecb"


def test_a_rewritten_question_is_never_too_long() -> None:
    turn = tell(f"What is the {'very ' * 190}long river?", "the Nile")
    typed = f"and what about {'x' * 200} and its mouth?"
    assert len(RuleRewriter(stay).rewrite(Question(typed, (turn,)))) <= MAX_CHARACTERS


def test_what_counts_as_about_the_same() -> None:
    def measure(text: str, last: str) -> float:
        return STANDARD_WEIGHTS.most_departure if last == BUDGET.question else inf

    rewrite = RuleRewriter(measure).rewrite
    assert rewrite(Question("who voted against?", (BUDGET,))) != "who voted against?"
    assert rewrite(Question("who voted against?", (TESLA,))) == "who voted against?"


@pytest.mark.parametrize(
    ("text", "unit", "step", "moved"),
    [
        ("2021", "year", 1, "2022"),
        ("24 February 2022", "year", -1, "24 February 2021"),
        ("December 2021", "month", 1, "January 2022"),
        ("January 2021", "month", -1, "December 2020"),
        ("28 February 2022", "day", 1, "1 March 2022"),
        ("31 February 2022", "day", 1, ""),
        ("February", "month", 1, ""),
        ("2021", "month", 1, ""),
    ],
)
def test_dates_move(text: str, unit: str, step: int, moved: str) -> None:
    assert move_date(text, unit, step) == moved


def test_the_phrases_of_a_question() -> None:
    question = "Did Biden brief the Bank of England's governor in May 2022, as he said?"
    assert [(phrase.preposition, phrase.text, phrase.is_date) for phrase in find_phrases(question)] == [
        ("", "Biden", False), ("", "the Bank of England's governor", False), ("in", "May 2022", True),
    ]  # fmt: skip
    prose = "Deputy Foreign Minister Sergei Ryabkov met George W. Bush."
    assert list(find_names(prose)) == ["Deputy Foreign Minister Sergei Ryabkov", "George W. Bush"]


def test_the_starter_questions_stand_alone() -> None:
    lines = (CASES / "starter.jsonl").read_text("utf-8").splitlines()
    questions = [Question(json.loads(line)["question"], (FINLAND,)) for line in lines]
    rules = RuleRewriter(depart)
    assert [question.text for question in questions if rules.rewrite(question) != question.text] == []
