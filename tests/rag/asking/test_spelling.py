"""Slips in questions are corrected to words of the articles, and nothing else in them is changed."""

import json
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag.evaluation
from corpus.article import Article
from rag.asking.chatbot import Chatbot
from rag.asking.spelling import Speller, SpellingRewriter
from rag.assembly import build_chatbot
from rag.library.library import Library
from rag.question import MAX_CHARACTERS, Question, Turn
from rag.settings import Settings

CASES = Path(rag.evaluation.__file__).parent / "cases"
TEXT = (
    "Volodymyr Zelenskyy asked for tanks in New York. The evacuation of Yellowknife was ordered on Wednesday, and the"
    " parliament agreed. A gallon of petrol cost five dollars. Türkiye objected, which few had expected."
)


@pytest.fixture
def speller(library: Library) -> Speller:
    library.add([Article(id="a", title="Lukashenko speaks", text=TEXT)])
    return Speller(library.words)


@pytest.fixture(scope="module")
def starter_speller(starter_library: Library) -> Speller:
    return Speller(starter_library.words)


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("did zelensky ask for tnaks", "did zelenskyy ask for tanks"),  # short words: only letters that changed places
        ("Zelensky's tanks", "Zelensky (Zelenskyy)'s tanks"),  # a name: both are searched for
        ("YELLOWKNIFE EVACUATON", "YELLOWKNIFE EVACUATION"),
        ("the evacuatoin?", "the evacuation?"),
        ("Yellownife, Parlliament", "Yellownife (Yellowknife), Parliament"),
        (
            "Lukashenka in New Yrok",
            "Lukashenka (Lukashenko) in New Yrok (York)",
        ),  # the title's words are the passage's, too
        ("galon", "gallon"),
        ("turkiyee", "turkiye"),
        ('the 5" evacuaton', 'the 5" evacuation'),
        ("whcih", "which"),  # function words are words of the articles
    ],
)
def test_slips_are_corrected(speller: Speller, typed: str, corrected: str) -> None:
    assert speller.correct(typed) == corrected


@pytest.mark.parametrize(
    "text",
    [
        "Was an evacuated parliamentary gallon objecting?",  # other endings of words of the articles
        "a galleon and a tanker",  # other words of English
        "taks tnks Yrk",  # short, and not just swapped
        "Zelenska1 evacuaton2 COVID19",
        "Évacuaton Зеленски 火事",
        "isn't, shouldn\u2019t",
        "zelenk",  # two slips
        'who is "yellownife" or \u201cMr Zelenskiy\u201d',  # quoted
        "",
    ],
)
def test_all_else_stays_as_it_is(speller: Speller, text: str) -> None:
    assert speller.correct(text) == text


PEOPLE = "Zelensky Lavrov Medvedev Navalny Scholz Lukashenko Poroshenko Sikorski Steinmeier Stoltenberg".split()


@pytest.mark.parametrize("name", PEOPLE)
def test_a_name_is_kept_and_both_are_searched_for(library: Library, name: str) -> None:
    library.add([Article(id="a", title="Talks", text=f"There {name} spoke.")])
    speller = Speller(library.words)
    near = (f"{name[:-1]}a", f"{name}a", f"{name[:3]}{name[4]}{name[3]}{name[5:]}")
    changed = {typed: speller.correct(f"What did {typed} say?") for typed in near if typed != name}
    assert changed == {typed: f"What did {typed} ({name}) say?" for typed in changed}
    assert (
        speller.correct(f"what did {name[:-1].lower()}a say") == f"what did {name[:-1].lower()}a ({name.lower()}) say"
    )


def test_the_likelier_of_two_words_is_taken(library: Library) -> None:
    texts = {"a": "Gabonx spoke.", "b": "Gabonx again.", "c": "Gallonx spoke.", "d": "Ralonx spoke.", "e": "Ralonx."}
    library.add(Article(id=id, title=id, text=text) for id, text in texts.items())
    speller = Speller(library.words)
    assert speller.correct("galonx gabolnx raonx") == "gallonx gabonx ralonx"  # doubled; swapped; missing
    assert speller.correct("gaonx") == "gabonx"  # a letter is missing of gabonx alone
    assert speller.correct("galonz") == "galonz"


def test_words_of_removed_articles_are_forgotten(library: Library, speller: Speller) -> None:
    library.add([Article(id="b", title="Other", text="Vovchansk stands.")])
    assert speller.correct("Vovchnask") == "Vovchnask (Vovchansk)"
    library.remove(["b"])
    assert speller.correct("Vovchnask") == "Vovchnask"


@given(st.text(st.sampled_from("abcdenrstoxyz '-"), max_size=60))
def test_a_correction_is_one_slip_away_and_is_right(starter_speller: Speller, text: str) -> None:
    corrected = starter_speller.correct(text)
    words, others = re.findall(r"\w+", text), re.findall(r"\w+(?: \(\w+\))?", corrected)
    for typed, written in zip(words, others, strict=True):
        word = written.split(" (")[-1].rstrip(")")
        same = sum(block.size for block in SequenceMatcher(None, typed, word).get_matching_blocks())
        assert max(len(typed), len(word)) - same <= 1
        assert written in (word, f"{typed} ({word})")
        assert starter_speller.correct(word) == word


def test_of_the_starter_cases_only_misspelt_ones_are_changed(starter_speller: Speller) -> None:
    cases = [json.loads(line) for line in (CASES / "starter.jsonl").read_text("utf-8").splitlines()]
    changed = [case["group"] for case in cases if starter_speller.correct(case["question"]) != case["question"]]
    assert changed == ["misspelt"] * 5


class Echo:
    """Returns what it is asked, and keeps it."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def rewrite(self, question: Question) -> str:
        self.asked.append(question)
        return question.text


def test_another_rewriter_goes_on_from_the_correction(speller: Speller) -> None:
    echo, turn = Echo(), Turn("Who spoke?")
    assert SpellingRewriter(speller, echo).rewrite(Question("where is yellownife", (turn,))) == "where is yellowknife"
    assert echo.asked == [Question("where is yellowknife", (turn,))]


def test_a_correction_that_makes_a_question_too_long_is_not_made(speller: Speller) -> None:
    text = "yellownife " + "x" * (MAX_CHARACTERS - len("yellownife "))
    assert SpellingRewriter(speller, Echo()).rewrite(Question(text)) == text


def test_the_answer_says_what_was_searched_for(chatbot: Chatbot) -> None:
    answer = chatbot.invoke(Question("What turned the sky over New Yrok ornage?"))
    assert (answer.question, answer.searched_for) == (
        "What turned the sky over New Yrok ornage?",
        "What turned the sky over New Yrok (York) orange?",
    )
    assert (
        answer.quotes[0].article_id
        == chatbot.invoke(Question("What turned the sky over New York orange?")).quotes[0].article_id
    )


def test_a_chatbot_corrects_by_the_articles_that_it_has(library: Library) -> None:
    library.add([Article(id="a", title="Maui", text="The blaze destroyed 2,200 buildings in Lahaina.")])
    answer = build_chatbot(Settings(), library).invoke(Question("How many buildings did the blaze destroy in Lahiana?"))
    assert (answer.answer_span, answer.searched_for[-18:]) == ("2,200", "Lahiana (Lahaina)?")
