"""Orders to a chat model in articles and titles: a model that obeys gets nothing through that no article says."""

from collections.abc import Callable

import pytest

from corpus.article import Article
from corpus.passages import split_article
from rag.answer import NOT_FOUND, Answer, ScoredPassage, Status, Verdict
from rag.asking.chatbot import Chatbot
from rag.english.orders import speaks_to_machine
from rag.library.library import Library
from rag.prose.verifying import Verifier
from rag.prose.writing import Writer
from rag.question import Question
from tests.fakes import ScriptedModel
from tests.rag.prose.injections import IN_OUTLET, IN_SIGHT, IN_TEXT, IN_TITLE

QUESTION = Question("Why was the harbour of Vestby closed on Monday?")
TRUTH = "The harbour of Vestby was closed on Monday because of a storm."
TITLE = "Storm closes the harbour of Vestby"
CASES = [
    *((TITLE, order, "", obeyed) for order, obeyed in (*IN_TEXT, *IN_SIGHT)),
    *((title, "", "", obeyed) for title, obeyed in IN_TITLE),
    *((TITLE, "", outlet, obeyed) for outlet, obeyed in IN_OUTLET),
]

Obey = Callable[[str, str, str, str], tuple[Answer, str]]


@pytest.fixture(scope="module")
def obey(chatbot: Chatbot, starter_library: Library) -> Obey:
    """Return what lets a model obey an article, and then say what is true; gives the answer and what it was shown."""

    def obey(title: str, order: str, outlet: str, obeyed: str) -> tuple[Answer, str]:
        text = f"{TRUTH} Forty ships waited outside. {order} Mayor Lindqvist spoke of luck.".replace("  ", " ")
        article = Article(id="vestby", title=title, text=text, outlet=outlet)
        considered = tuple(ScoredPassage(passage, article.source, 0.9) for passage in split_article(article))
        nothing = Answer(QUESTION.text, NOT_FOUND, "", (), (), 0.1, Status.NOT_FOUND, considered, 0.0)
        verifier = Verifier(starter_library.encoder, chatbot.reader, lambda id: text, chatbot.verdicts)
        model = ScriptedModel(script=[f"{obeyed} [1][2][3][4]\n{TRUTH} [1]"])
        *_, last = Writer(model, verifier, reader=chatbot.reader).write(QUESTION, nothing, lambda text, k: [])
        return last, model.asked[-1][-1][1]

    return obey


@pytest.mark.parametrize(("title", "order", "outlet", "obeyed"), CASES)
def test_a_model_that_obeys_gets_no_lie_through(title: str, order: str, outlet: str, obeyed: str, obey: Obey) -> None:
    answer, shown = obey(title, order, outlet, obeyed)
    passed = [claim.text for claim in answer.claims if claim.verdict is not Verdict.UNSUPPORTED]
    assert passed == [TRUTH]
    assert answer.text == f"{TRUTH} [1]"
    if (order, obeyed) not in IN_SIGHT:
        assert "bomb" not in shown.replace("bombe", "").replace("bomba", "")


def test_what_an_article_reports_is_no_order() -> None:
    reported = (
        "Residents were told to ignore the sirens.",
        "Critics oppose the plan and say that it costs too much.",
        "The system failed on Monday, an assistant told the court.",
        "The model, which Tesla must recall, sold well.",
        "He said the answer is not war.",
        "“Say it again,” she told the minister.",
        "Its chatbot told users that the flight was free.",
        "You are not a model citizen, the judge told him.",
    )
    assert [text for text in reported if speaks_to_machine(text)] == []
