"""Who holds the office that a question asks for, and who holds another."""

import pytest

from embeddings.reader import Reading, Span
from rag.answer import Status
from rag.asking.chatbot import Chatbot
from rag.asking.offices import Office
from rag.question import Question
from tests.rag.asking.readings import ScriptedReader, answer_from, make_found


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is Ukraine's president?", "It was US President [Joe Biden] who spoke."),
        ("who is the current president of ukraine", "The Russian president, [Vladimir Putin], spoke."),
        ("What is the name of the Ukrainian president?", "Then [Vladimir Putin], Russia's president, spoke."),
        ("Who is the president of Ukraine?", "The [Russian] president set out why."),
        ("Who is the US secretary of state?", "US Assistant Secretary of State [Karen Donfried] spoke."),
        ("Who is the US president?", "He met former US President [George W. Bush] twice."),
        ("Who is the French president?", "It was U.S. President [George W. Bush] who spoke."),
        ("Who is Hungary's prime minister?", "The [Hungarian prime minister] said no."),
    ],
)
def test_the_holder_of_another_office_is_told_apart(question: str, text: str) -> None:
    assert is_of_another(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who is Ukraine's president?", "Ukrainian President [Volodymyr Zelensky] spoke."),
        ("Who is Ukraine's president?", "President [Volodymyr Zelensky] spoke."),
        ("Who is Ukraine's president?", "[Volodymyr Zelensky], Ukraine's president, met Russian officials."),
        ("Who met Ukraine's president?", "French President [Emmanuel Macron] met him."),
        ("Who is the president?", "Russian President [Vladimir Putin] spoke."),
        ("When did Ukraine's president speak?", "The Russian president spoke in [May]."),
        ("Who is the deputy foreign minister of Russia?", "Russian Deputy Foreign Minister [Sergei Ryabkov] spoke."),
        ("Who is the director of the US Mint?", "The Mint's acting deputy director [David Motl] spoke."),
        ("Who is the United States' president?", "US President [Joe Biden] spoke."),
        ("Who signed it for Ukraine?", "The accord was signed. [Former president Leonid Kuchma] signed for Ukraine."),
        ("Who is the US envoy?", "The former [US envoy, Karen Donfried, and her deputy, Tom Smith,] spoke."),
    ],
)
def test_the_holder_of_the_office_is_an_answer(question: str, text: str) -> None:
    assert not is_of_another(question, text)


def test_an_unbroken_word_of_thousands_before_a_name_takes_no_time() -> None:
    marked = f"{'a-' * 200_000}! US President [Joe Biden] spoke."
    assert is_of_another("Who is Ukraine's president?", marked)


def is_of_another(question: str, marked: str) -> bool:
    start, end = marked.index("["), marked.index("]") - 1
    return Office.ask(question).is_of_another(marked.replace("[", "").replace("]", ""), start, end)


def test_the_next_best_holder_is_the_answer_where_the_best_one_is_of_another_country() -> None:
    text = "US President Joe Biden met Ukrainian President Volodymyr Zelensky."
    biden, part, zelensky = (text.index(name) for name in ("Joe Biden", "Biden", "Volodymyr"))
    spans = Span(biden, biden + 9, 9.0), Span(part, part + 5, 8.0), Span(zelensky, len(text) - 1, 5.0)
    reader = ScriptedReader(a=Reading(spans, no_answer=3.0, evidence=(6.0,)))
    found = make_found("a", text, ((0, len(text)),), 0.6)
    assert answer_from("Who is Ukraine's president?", [found], reader).answer_span == "Volodymyr Zelensky"
    assert answer_from("Who is the US president?", [found], reader).answer_span == "Joe Biden"
    none = answer_from("Who is Poland's president?", [found], reader)
    assert (none.status, none.retrieved) == (Status.NOT_FOUND, ["a"])


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("Who is Ukraine's president?", "Zelensky"),
        ("who is the president of russia", "Putin"),
        ("Who is the US secretary of state?", "Blinken"),
        ("Who is the British prime minister?", "Johnson"),
    ],
)
def test_who_holds_an_office_by_the_starter_articles(chatbot: Chatbot, question: str, holder: str) -> None:
    assert holder in chatbot.invoke(Question(question)).answer_span
