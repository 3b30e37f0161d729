"""Two questions in one message are taken apart; clauses of one question are not."""

import pytest

from rag.asking.grammar.splitting import split_questions

NAMES = ("Lagarde", "Ngozi Okonjo-Iweala", "Lula da Silva", "the mayor", "Ursula von der Leyen")


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Who opened the bridge, and when?", ("Who opened the bridge?", "when?")),
        ("When and where did they meet?", ("When did they meet?", "where did they meet?")),
        ("Who won? By how much?", ("Who won?", "By how much?")),
        ("how many ships sank and who owned them", ("how many ships sank?", "who owned them?")),
        ("Could you tell me who paid for it and why?", ("who paid for it?", "why?")),
        ("Was it sold, and was it insured?", ("Was it sold?", "was it insured?")),
        ("what is a tariff and is it a tax?", ("what is a tariff?", "is it a tax?")),
    ],
)
def test_several(message: str, questions: tuple[str, ...]) -> None:
    assert split_questions(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Who met Lagarde and Powell?",
        "What did the minister and the mayor say?",
        "Did she say when and where it began?",
        "Do doctors know who is at risk and how it spreads?",
        "What did the report say about why it sank and what would follow?",
        "Two ships sank off Malta. How many sailors drowned?",
        'Who said "what was lost and how was it lost" in court?',
        "Which film won best picture and best director?",
        "When the ship sank, what was lost?",
        "ships and sailors",
    ],
)
def test_one(message: str) -> None:
    assert split_questions(message) == (message,)


@pytest.mark.parametrize("name", NAMES)
def test_other_names_change_nothing(name: str) -> None:
    assert split_questions(f"What did {name} announce and how did {NAMES[0]} respond?") == (
        f"What did {name} announce?",
        f"how did {NAMES[0]} respond?",
    )
