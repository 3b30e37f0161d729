"""Replies without quotes, several questions, and comparisons, over real indexes."""

from datetime import date

import pytest

from corpus.article import Article
from rag.answer import NOT_FOUND, Answer, Citation, Part, Quote, Status
from rag.asking.chatbot import Chatbot
from rag.asking.forms.joining import join_answers
from rag.asking.forms.replies import ENGLISH_ONLY
from rag.asking.kinds import find_kind
from rag.library.library import Library
from rag.question import Kind, Scope


@pytest.fixture
def dated(library: Library, quick: Chatbot) -> Chatbot:
    """The three articles of `quick`, which have no date, and two with one."""
    library.add(
        [
            Article(
                id="old",
                title="Port opens",
                text="The port opened.",
                outlet="Post",
                published=date(2021, 3, 1),
                topic="Trade",
            ),
            Article(id="new", title="Port shuts", text="The port shut.", outlet="Times", published=date(2022, 5, 9)),
        ]
    )
    return quick


def test_the_collection_is_told_from_the_catalog(dated: Chatbot) -> None:
    answer = dated.ask("How many articles are there?")
    assert answer.text.split("\n") == [
        "5 articles from 2 outlets, from 1 March 2021 to 9 May 2022.",
        "Topics: Trade (1).",
        "Outlets: Post (1), Times (1).",
        "The newest is “Port shuts” (Times, 9 May 2022).",
    ]
    assert (answer.kind, answer.quotes, answer.retrieved, answer.is_reply) == (Kind.COLLECTION, (), ["new"], True)


def test_the_collection_is_told_within_the_filters(dated: Chatbot) -> None:
    answer = dated.ask("what's the oldest article?", scope=Scope(outlets=frozenset({"Post"})))
    assert answer.text.split("\n")[0] == "1 article from 1 outlet, of 1 March 2021."
    assert answer.text.endswith("The oldest is “Port opens” (Post, 1 March 2021).")
    assert dated.ask("latest", scope=Scope(topics=frozenset({"none"}))).text == "0 articles."


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many articles does the treaty have?", Kind.FACT),
        ("Which newspaper was sued?", Kind.FACT),
        ("how many stories do you have", Kind.COLLECTION),
        ("what are the articles about", Kind.COLLECTION),
        ("Hello there!", Kind.HELP),
        ("thanks a lot", Kind.HELP),
        ("Who thanked the crew?", Kind.FACT),
        ("what can you do for me", Kind.HELP),
        ("What can the crew do?", Kind.FACT),
        ("Warum ist der Hafen zu?", Kind.FOREIGN),
    ],
)
def test_the_kinds_of_replies(question: str, kind: Kind) -> None:
    assert find_kind(question) is kind


def test_replies_to_what_is_no_question_about_the_articles(quick: Chatbot) -> None:
    assert quick.ask("¿Cuándo abrió el puerto?").text == ENGLISH_ONLY
    assert "You can also ask for a summary" in quick.ask("hello").text
    unclear = quick.ask("Did the bank agree?")
    assert (unclear.kind, unclear.text.split("?")[0], unclear.quotes) == (Kind.UNCLEAR, "Agree to what", ())


def test_each_of_several_questions_is_answered_or_declined_under_its_heading(quick: Chatbot) -> None:
    answer = quick.ask("How many buildings did the fire destroy, and who won the cup?")
    headings = [part.heading for part in answer.parts]
    assert (answer.kind, headings) == (Kind.SEVERAL, ["How many buildings did the fire destroy?", "Who won the cup?"])


def test_a_question_that_is_completed_by_the_one_before_is_not_split_again(quick: Chatbot) -> None:
    answer = quick.ask("When did the bank raise its rate, and by how much?")
    assert [part.heading for part in answer.parts] == ["When did the bank raise its rate?", "By how much?"]


def test_replies_to_several_questions_are_one_reply(dated: Chatbot) -> None:
    both = dated.ask("What is the newest article? How many articles are there?")
    assert (both.is_reply, both.retrieved, both.text.count("5 articles")) == (True, ["new"], 1)
    mixed = dated.ask("How many buildings did the fire destroy and how many articles are there?")
    assert [part.heading for part in mixed.parts] == ["How many buildings did the fire destroy?"]
    assert mixed.notice.endswith("5 articles from 2 outlets, from 1 March 2021 to 9 May 2022.")


def make_answer(*places: tuple[str, int, int], confidence: float, notice: str = "") -> Answer:
    ids = list(dict.fromkeys(id for id, _, _ in places))
    sources = {id: Article(id=id, title=id, text="x").source for id in ids}
    citations = tuple(Citation(number, sources[id]) for number, id in enumerate(ids, 1))
    quotes = tuple(Quote(id, start, end, f"{id}{start}", ids.index(id) + 1, 0.5) for id, start, end in places)
    status = Status.ANSWERED if quotes else Status.NOT_FOUND
    span = quotes[0].text if quotes else ""
    return Answer("q", "t", span, quotes, citations, confidence, status, (), 0.0, notice=notice)


def test_joined_answers_share_quotes_and_numbers() -> None:
    one = make_answer(("a", 0, 2), ("b", 0, 2), confidence=0.9, notice="n")
    other = make_answer(("b", 0, 2), ("c", 4, 6), confidence=0.6, notice="n")
    joined = join_answers("q", [("A", one), ("B", make_answer(confidence=0.2)), ("C", other)])
    assert joined.parts == (Part("A", (0, 1), "a0"), Part("B", ()), Part("C", (1, 2), "b0"))
    assert [(quote.article_id, quote.citation) for quote in joined.quotes] == [("a", 1), ("b", 2), ("c", 3)]
    assert joined.text == f"A\n“a0” [1]\n“b0” [2]\n\nB\n{NOT_FOUND}\n\nC\n“b0” [2]\n“c4” [3]"
    assert (joined.confidence, joined.status, joined.answer_span, joined.notice) == (0.6, Status.ANSWERED, "a0", "n")


def test_where_nothing_is_found_the_joined_answer_says_so() -> None:
    joined = join_answers("q", [("A", make_answer(confidence=0.1)), ("B", make_answer(confidence=0.3))])
    assert (joined.text, joined.status, joined.parts) == (NOT_FOUND, Status.NOT_FOUND, ())
