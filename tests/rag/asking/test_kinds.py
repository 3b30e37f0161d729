"""What kind of answer a question asks for."""

import pytest

from rag.asking.kinds import find_kind
from rag.question import Kind

OPENINGS = [
    (Kind.FACT, "Who handed over the reply?"),
    (Kind.FACT, "how many troops were near the border"),
    (Kind.FACT, "Which country joined last?"),
    (Kind.FACT, "Was it built of wood or of stone?"),
    (Kind.FACT, "What is the largest bank called?"),
    (Kind.FACT, "Which news was read first?"),
    (Kind.YES_NO, "Did the mayor resign?"),
    (Kind.YES_NO, "is norway a member of the union"),
    (Kind.YES_NO, "The storm has passed. Will schools open tomorrow?"),
    (Kind.YES_NO, "hasn't the strike ended yet"),
    (Kind.REASON, "why was the flight late"),
    (Kind.REASON, "Can you tell me why the flight was late?"),
    (Kind.REASON, "What caused the crash?"),
    (Kind.REASON, "Ten trains were late due to what?"),
    (Kind.REASON, "How did the thieves get in?"),
    (Kind.STATEMENT, "What did the mayor say about the bridge?"),
    (Kind.STATEMENT, "who said the bridge was safe"),
    (Kind.STATEMENT, "How did the minister describe the offer?"),
    (Kind.LIST, "Which central banks raised rates?"),
    (Kind.LIST, "what did the union demand"),
    (Kind.LIST, "Which two ministers resigned?"),
    (Kind.LIST, "who met in Oslo"),
    (Kind.LIST, "What are the names of the dead sailors?"),
]


@pytest.mark.parametrize(("kind", "question"), OPENINGS)
def test_a_question_is_of_the_kind_that_its_opening_says(kind: Kind, question: str) -> None:
    assert find_kind(question) is kind


@pytest.mark.parametrize(("kind", "question"), OPENINGS)
def test_capitals_and_question_marks_make_no_difference(kind: Kind, question: str) -> None:
    assert find_kind(question.rstrip("?").lower()) is kind
