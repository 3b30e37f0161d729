"""What an empty conversation offers: questions that are surely answered, for any library, until their article goes."""

from collections.abc import Callable, Generator
from dataclasses import replace

import gradio as gr

from corpus.article import Article
from rag.answer import Answer, Quote
from rag.library.library import Library
from rag.question import Question
from rag.web.chat.first_questions import MOST_KEPT, MOST_TRIED, FirstQuestions
from rag.web.chat.page import ChatPage
from rag.web.chat.session import Session
from tests.rag.web.samples import make_answer

PEOPLE = "Ada Peter Rosa Maria James Laura Thomas Helen".split()
BRIDGES = [
    Article(id=name, title=name, text=f"{name} Moreau opened the bridge in Porto on Monday. It rained.")
    for name in PEOPLE
]
OPENED = "When did {} Moreau open the bridge in Porto?"


def answer_from(id: str, text: str, confidence: float = 0.9) -> Answer:
    """Return an answer that quotes one sentence of an article."""
    quotes = (Quote(id, 0, len(text), text, 1, confidence),)
    return replace(make_answer(), quotes=quotes, confidence=confidence)


def find(library: Library, ask: Callable[[str], Answer]) -> tuple[FirstQuestions, list[str]]:
    """Return the questions once all are found, and what was asked to find them."""
    asked: list[str] = []

    def note(question: str) -> Answer:
        asked.append(question)
        return ask(question)

    questions = FirstQuestions(library.catalog, note)
    for _ in questions.watch():
        pass
    return questions, asked


def answer_rightly(question: str) -> Answer:
    name = next((name for name in PEOPLE if name in question), PEOPLE[0])
    return answer_from(name, f"{name} Moreau opened the bridge in Porto on Monday.")


def test_one_question_of_each_article_until_there_are_enough(library: Library) -> None:
    library.add(BRIDGES)
    questions, asked = find(library, lambda question: answer_rightly(question) if "When" in question else make_answer())
    known = questions.list_known()
    assert len(known) == MOST_KEPT
    assert {question.split()[2] for question in known} <= {*PEOPLE}
    assert set(known) == {OPENED.format(question.split()[2]) for question in known}
    assert len(asked) <= MOST_TRIED


def test_what_is_not_sure_or_quotes_another_article_is_not_offered(library: Library) -> None:
    library.add(BRIDGES)
    unsure, asked = find(library, lambda question: replace(answer_rightly(question), confidence=0.5))
    assert unsure.list_known() == ()
    assert len(asked) <= MOST_TRIED
    foreign, _ = find(library, lambda question: answer_from("another", answer_rightly(question).quotes[0].text))
    assert foreign.list_known() == ()


class Bridges:
    """A chatbot that knows who opened which bridge."""

    def stream(self, input: Question) -> Generator[Answer, None, None]:
        yield answer_rightly(input.text)


def test_the_page_ends_with_nothing_that_could_take_the_place_of_an_answer(library: Library) -> None:
    library.add(BRIDGES[:1])
    shown = list(ChatPage(Bridges(), library).offer(Session()))
    assert shown[0] == shown[-1] == gr.skip()
    assert "Who opened the bridge in Porto?" in shown[-2]


def test_a_question_goes_with_its_article_and_is_found_once(library: Library) -> None:
    library.add(BRIDGES[:2])
    questions, asked = find(library, answer_rightly)
    about_peter = OPENED.format("Peter")
    assert questions.list_known() == ("Who opened the bridge in Porto?", about_peter)
    assert asked == ["Who opened the bridge in Porto?", "Who opened the bridge in Porto?", about_peter]
    list(questions.watch())
    assert len(asked) == 3, "the collection is the same"
    library.remove(["Ada"])
    assert questions.list_known() == (about_peter,)
