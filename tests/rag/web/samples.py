"""An answer worked out by hand, for tests of how answers look and grow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from threading import Event

from corpus.article import Article, Passage
from rag.answer import NOT_FOUND, Answer, Citation, Claim, Quote, ScoredPassage, Side, Status, Verdict

TEXT = "Moscow asked for talks. It demanded a halt to expansion. NATO refused."
PUBLISHED = date(2021, 12, 17)
CLAIMS = (
    Claim("Moscow wanted a halt.", (0,), Verdict.SUPPORTED),
    Claim("NATO agreed.", (), Verdict.UNSUPPORTED, "No quote says so."),
    Claim("It is not"),
)
SIDES = (Side("a halt", (0,)), Side("a treaty", (1,)))


def make_article(text: str = TEXT, title: str = "Draft treaties", id: str = "a1", outlet: str = "Our paper") -> Article:
    return Article(id=id, title=title, text=text, outlet=outlet, published=PUBLISHED)


def make_answer(
    text: str = TEXT, title: str = "Draft treaties", status: Status = Status.ANSWERED, confidence: float = 0.87
) -> Answer:
    """Return the answer "a halt to expansion", or none, from one article with this text."""
    article = make_article(text, title)
    passage = Passage("a1", 0, len(text), text, ((0, 23), (24, 56), (57, len(text))))
    found = (ScoredPassage(passage, article.source, 0.9),)
    if status is Status.NOT_FOUND:
        return Answer("q", NOT_FOUND, "", (), (), 0.1, status, found, 0.25)
    quote = Quote("a1", 24, 56, text[24:56], 1, confidence, span=(12, 31))
    return Answer(
        "q", "", text[36:55], (quote,), (Citation(1, article.source),), confidence, status, found, 0.25
    )  # fmt: skip


WHOLE = replace(make_answer(), claims=(Claim("Moscow wanted a halt."),))


class AnswerSource:
    """Streams an answer, then waits until it is closed or `go` is set, then streams another."""

    def __init__(self) -> None:
        self.go, self.closed = Event(), Event()

    def stream(self) -> Iterator[Answer]:
        try:
            yield make_answer()
            self.go.wait(30)
            yield WHOLE
        finally:
            self.closed.set()
