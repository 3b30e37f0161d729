"""What the command line shows of an answer that a chat model has written."""

from dataclasses import replace

from corpus.article import Source
from rag.answer import Answer, Citation, Claim, Quote, Status, Verdict
from rag.cli import terminal

CAME, LEFT = Quote("a", 0, 21, "Sullivan came at ten.", 1, 0.9, (0, 8)), Quote("a", 22, 38, "He left at noon.", 1, 0.0)
CLAIMS = (
    Claim("It was Sullivan who came.", (0,), Verdict.SUPPORTED),
    Claim("He flew in.", (), Verdict.UNSUPPORTED, "no quote says this"),
)
SOURCES = (Citation(1, Source("a", "Replies", "Wire", "", None, "", "")),)
ANSWER = Answer("Who came?", "...", "Sullivan", (CAME, LEFT), SOURCES, 0.9, Status.ANSWERED, (), 1.0, claims=CLAIMS)
QUOTES = ["“Sullivan came at ten.” [1]", "“He left at noon.” [1]"]
PROSE = ["It was Sullivan who came. [1]", "Not supported (no quote says this): He flew in."]
FACTS = ["[1] Wire, Replies", "sure, confidence 90%, 1.00 s"]


def list_lines(answer: Answer) -> list[str]:
    with terminal.OUT.capture() as captured:
        terminal.print_answer(answer)
    return [line.strip() for line in captured.get().splitlines() if line.strip()]


def test_prose_stands_above_the_quotes_and_what_is_not_supported_says_so() -> None:
    told = "Written by the chat model. These quotes are word for word:"
    assert list_lines(ANSWER) == [*PROSE, told, *QUOTES, *FACTS]


def test_the_quotes_of_a_sure_reader_stand_above_prose_that_says_something_else() -> None:
    told = "The chat model says something else:"
    assert list_lines(replace(ANSWER, has_quotes_first=True)) == [*QUOTES, told, *PROSE, *FACTS]
