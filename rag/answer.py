"""What is answered: quotes that stand word for word in articles, and the citations that lead to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Offsets, Passage, Source, format_date
from rag.question import Kind, Turn

NOT_FOUND = "Not in these articles."


class Status(StrEnum):
    """How an answer should be read."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    NOT_FOUND = "not_found"


class Trust(StrEnum):
    """How far an answer can be relied on, in the words that people read."""

    SURE = "Sure"
    CHECK = "Check the source"
    UNSURE = "Unsure"


SURE_FROM = 0.75
"""The least confidence of a sure answer: eight of ten on news are right, below it about half."""


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage, the article it is from, and how well it fits the question; scores compare within one ranking.

    `story` is the same number in near-duplicates of one another, and None where it is not known. `similarity` is the
    cosine of passage and question as fused retrieval gives it, and compares between questions.
    """

    passage: Passage
    source: Source
    score: float
    story: int | None = None
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source: `[number]` in the answer's text. Sources of one `story` are near-duplicates."""

    number: int
    source: Source
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span of an article: `article.text[start:end] == text`.

    `citation` is the number of its source; `score` in [0, 1] is how likely it answers the question. `span` is where
    the short answer stands in it, `text[span[0]:span[1]]`, if it does.
    """

    article_id: str
    start: int
    end: int
    text: str
    citation: int
    score: float
    span: Offsets | None = None


class Verdict(StrEnum):
    """What the check of a claim came to."""

    UNCHECKED = "unchecked"
    """Still being written, or without anything that can be checked."""
    SUPPORTED = "supported"
    REPAIRED = "repaired"
    """Supported by other quotes than those the model named; `quotes` holds the right ones."""
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that a chat model wrote, without its `[n]` marks.

    `quotes` are the positions in `Answer.quotes` of what it rests on; `reason` says why it is unsupported.
    """

    text: str
    quotes: tuple[int, ...] = ()
    verdict: Verdict = Verdict.UNCHECKED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chat model did for an answer: tokens that it read and wrote, and seconds, in all calls together.

    `is_estimated` where the server does not count its tokens: 3.6 characters are about one.
    """

    read: int
    written: int
    seconds: float
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of several answers where sources differ; `quotes` are positions in `Answer.quotes`."""

    answer: str
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer under a heading of its own: one side of a comparison, one day, one of two questions.

    `quotes` are positions in `Answer.quotes`; none where the articles do not say. `answer` is the part's short answer.
    """

    heading: str
    quotes: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question.

    Example:
        >>> answer = chatbot.ask("Who handed over the US reply in Moscow?")
        >>> for quote in answer.quotes:
        ...     print(quote.text, answer.citations[quote.citation - 1].source.title)

    Attributes:
        question: the question as it was typed.
        text: the quotes with their `[n]` marks, or `NOT_FOUND`, or what a chat model wrote; a reply without quotes
            where nothing was asked of what the articles say.
        answer_span: the shortest exact answer, a part of a quote, or "yes" or "no"; empty where there is none.
        quotes: the sentences that answer, article by article in the order of the text; `main` is the one to read first.
        citations: their sources, numbered in the order of appearance.
        confidence: the probability in [0, 1] that the answer is right.
        status: how the answer should be read.
        considered: the passages that were found, best first.
        seconds: how long it took.
        searched_for: the question that stands alone, where it is another than the one typed.
        claims: what a chat model wrote over the quotes.
        notice: why there is less than was asked for, what the question names and the articles do not, or which date
            the short answer "Monday" is.
        sides: two answers or more where sources differ, the likeliest first.
        kind: what was asked for.
        parts: what stands under headings of its own, in order; empty for most kinds.
        has_quotes_first: whether the quotes come before the claims, which pass over what the reader is sure of.
        searches: what a chat model searched for besides.
        usage: what a chat model did for it; None where none was asked.
    """

    question: str
    text: str
    answer_span: str
    quotes: tuple[Quote, ...]
    citations: tuple[Citation, ...]
    confidence: float
    status: Status
    considered: tuple[ScoredPassage, ...]
    seconds: float
    searched_for: str = ""
    claims: tuple[Claim, ...] = ()
    notice: str = ""
    sides: tuple[Side, ...] = ()
    kind: Kind = Kind.FACT
    parts: tuple[Part, ...] = ()
    has_quotes_first: bool = False
    searches: tuple[str, ...] = ()
    usage: Usage | None = None

    @property
    def retrieved(self) -> list[str]:
        """The ids of the articles considered, best first, without repeats."""
        return list(dict.fromkeys(found.source.id for found in self.considered))

    @property
    def groups(self) -> tuple[Part, ...]:
        """The parts; without any, one that holds all quotes and has no heading."""
        return self.parts or (Part("", tuple(range(len(self.quotes)))),)

    @property
    def main(self) -> int:
        """The position of the quote that has the short answer, or else of the likeliest; -1 without quotes."""
        answering = [
            place
            for place, quote in enumerate(self.quotes)
            if quote.span and quote.text[slice(*quote.span)] == self.answer_span
        ]
        likeliest = max(range(len(self.quotes)), key=lambda place: self.quotes[place].score, default=-1)
        return answering[0] if answering else likeliest

    @property
    def trust(self) -> Trust:
        """How far the answer can be relied on."""
        if self.status is not Status.ANSWERED:
            return Trust.UNSURE
        return Trust.SURE if self.confidence >= SURE_FROM else Trust.CHECK

    @property
    def is_reply(self) -> bool:
        """Whether it is in words of our own: nothing was asked of what the articles say, or it was not understood."""
        return not self.quotes and self.text != NOT_FOUND

    @property
    def independent_sources(self) -> int:
        """How many of the sources tell a story of their own: one wire story in two outlets counts once."""
        return len({citation.story or citation.source.id for citation in self.citations})

    def list_marks(self, positions: Iterable[int]) -> list[str]:
        """Return the `[n]` marks of the sources of the quotes at these positions, in order, each once."""
        return [f"[{number}]" for number in sorted({self.quotes[position].citation for position in positions})]

    def tell_sides(self) -> str:
        """Return in one sentence which source gives which answer; empty where none differ.

        "Sources differ: 97 people (Our paper, 17 December 2021 [1]) or 115 people (The Post, 17 December 2021 [2])."
        """
        told = " or ".join(f"{side.answer} ({self._list_sources(side)})" for side in self.sides)
        return f"Sources differ: {told}." if told else ""

    def _list_sources(self, side: Side) -> str:
        numbers = sorted({self.quotes[position].citation for position in side.quotes})
        sources = {each.number: each.source for each in self.citations}
        told = ((sources[one].outlet, format_date(sources[one].published), f"[{one}]") for one in numbers)
        return "; ".join(" ".join(filter(None, (", ".join(filter(None, facts)), mark))) for *facts, mark in told)

    @property
    def turn(self) -> Turn:
        """What a later question may refer to."""
        titles = tuple(citation.source.title for citation in self.citations)
        span = "" if self.kind is Kind.YES_NO else self.answer_span  # nobody refers to a yes
        return Turn(self.question, self.text, span, self.searched_for, titles)

    @property
    def is_found(self) -> bool:
        """Whether the articles answer, surely or not."""
        return self.status is not Status.NOT_FOUND
