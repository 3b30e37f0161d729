"""What a model adds must bear on the question: true of another man, place or number is no answer."""

from collections.abc import Callable

import pytest

from corpus.article import Article
from corpus.passages import split_article
from rag.answer import NOT_FOUND, Answer, ScoredPassage, Status, Verdict
from rag.asking.chatbot import Chatbot
from rag.library.library import Library
from rag.prose.bearing import is_whole
from rag.prose.verifying import Verifier
from rag.prose.writing import Writer
from rag.question import Question
from tests.fakes import ScriptedModel

ARTICLES = (
    ("Court in Graz jails Leo Brandt", "Leo Brandt was sentenced to 30 years in prison on Tuesday. He had denied it."),
    ("Ferry sinks off Samar", "The ferry sank off Samar with 212 people on board. All of them were rescued."),
    ("Ruvo wins marathon in Bergen", "Anna Ruvo of Italy won the marathon in Bergen in two hours and 24 minutes."),
    ("Tolvex to buy Marn", "Tolvex will pay 4.2 billion dollars for the chipmaker Marn. It hopes to close in May."),
    ("Heat closes schools", "Schools in Seville stayed closed on Friday because the tarmac of their yards had melted."),
    ("Glacier shrinks", "The Rhone Glacier has lost 60 metres since 1990. Researchers measured it in August."),
)
TRUE = (
    ("How long must Leo Brandt go to prison?", "30 years in prison [1]"),
    ("How long must Leo Brandt go to prison?", "He was sentenced to 30 years in prison [1]."),
    ("How many people were on board when the ferry sank off Samar?", "212 people [3]."),
    ("How many people were on the ferry off Samar?", "The ferry had 212 people on board [3]."),
    ("Who won the marathon in Bergen?", "Anna Ruvo of Italy [5]"),
    ("How much will Tolvex pay for Marn?", "4.2 billion dollars [6]"),
    ("Why did schools in Seville stay closed?", "The tarmac of their yards had melted [8]."),
    ("How much has the Rhone Glacier lost since 1990?", "60 metres [9]"),
)
"""Questions, and right replies with the number of the sentence that they rest on."""
OTHERS = (
    ("Leo Brandt", ("Jonas Weber", "Marta Ilves", "Omar Haddad", "Ghislaine Moreau")),
    ("Samar", ("Lombok", "Zanzibar", "Crete", "Gotland")),
    ("Bergen", ("Oslo", "Nairobi", "Trondheim", "Valencia")),
    ("Tolvex", ("Nokia", "Samsung", "Qualmark", "Intel")),
    ("Seville", ("Lyon", "Palermo", "Athens", "Adana")),
    ("Rhone Glacier", ("Aletsch Glacier", "Columbia Glacier", "Furka Pass", "Siachen Glacier")),
)

Reply = Callable[[str, str], Answer]


@pytest.fixture(scope="module")
def reply(chatbot: Chatbot, starter_library: Library) -> Reply:
    """Return what answers a question, of which the reader found nothing, by what a model writes."""
    articles = [Article(id=str(place), title=title, text=text) for place, (title, text) in enumerate(ARTICLES)]
    texts = {article.id: article.text for article in articles}
    passages = [(passage, article.source) for article in articles for passage in split_article(article)]
    verifier = Verifier(starter_library.encoder, chatbot.reader, texts.__getitem__, chatbot.verdicts)

    def reply(question: str, written: str) -> Answer:
        considered = tuple(ScoredPassage(passage, source, 0.9) for passage, source in passages)
        nothing = Answer(question, NOT_FOUND, "", (), (), 0.1, Status.NOT_FOUND, considered, 0.0)
        writer = Writer(ScriptedModel(script=[written]), verifier, reader=chatbot.reader)
        *_, last = writer.write(Question(question), nothing, lambda text, k: [])
        return last

    return reply


@pytest.mark.parametrize(("question", "written"), TRUE)
def test_what_bears_on_the_question_is_the_answer(question: str, written: str, reply: Reply) -> None:
    answer = reply(question, written)
    assert [claim.verdict for claim in answer.claims] == [Verdict.SUPPORTED]
    assert (answer.status, answer.confidence) == (Status.ANSWERED, 0.5)


@pytest.mark.parametrize(("name", "others"), OTHERS)
def test_the_same_about_another_is_none(name: str, others: tuple[str, ...], reply: Reply) -> None:
    for question, written in (pair for pair in TRUE if name in pair[0]):
        for other in others:
            answer = reply(question.replace(name, other), written)
            assert (answer.status, answer.claims) == (Status.NOT_FOUND, ()), (other, written)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("How many people of the ferry off Samar were rescued on Sunday?", "Two hours and 24 minutes [5]"),
        ("What did Leo Brandt say to the court in Graz?", "30 years in prison [1]"),
        ("Who leads Tolvex?", "The chipmaker Marn [6]"),
        ("When did the ferry sink off Samar?", "All of them [4]"),
    ],
)
def test_a_fragment_that_answers_another_question_is_none(question: str, written: str, reply: Reply) -> None:
    assert reply(question, written).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Which astronaut first walked on the moon?", "The ferry had 212 people on board [3]."),
        ("Why did the orchestra strike?", "The tarmac of their yards had melted [8]."),
        ("How high is the tower?", "The Rhone Glacier has lost 60 metres since 1990 [9]."),
    ],
)
def test_what_is_true_and_not_to_the_point_is_none(question: str, written: str, reply: Reply) -> None:
    assert reply(question, written).status is Status.NOT_FOUND


def test_later_sentences_may_go_on_about_the_same_article(reply: Reply) -> None:
    answer = reply(
        "What happened to the ferry off Samar?", "The ferry sank off Samar [3]. All of them were rescued [4]."
    )
    assert [claim.verdict for claim in answer.claims] == [Verdict.SUPPORTED, Verdict.SUPPORTED]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("30 years in prison", False),
        ("Low humidity and strong gusts.", False),
        ("Sentenced to 30 years in prison", False),
        ("Yes.", False),
        ("He was sentenced to 30 years in prison.", True),
        ("Tolvex will pay 4.2 billion dollars.", True),
        ("Schools closed on Friday.", True),
        ("She resigned.", True),
        ("The storm tore off 40 roofs.", True),
        ("Esther George cast the only vote.", True),
        ("Two hours and 24 minutes", False),
    ],
)
def test_a_whole_claim_says_something_of_somebody(claim: str, expected: bool) -> None:
    assert is_whole(claim) is expected
