"""What a claim may rest on: quotes, and what stands around them in their articles."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.article import Source
from corpus.passages import split_sentences
from rag.answer import Answer
from rag.asking.grammar.lexicon import BASE_VERBS
from rag.english.dates import write_date
from rag.english.names import list_ordinary
from rag.english.orders import speaks_to_machine

SENTENCES_BEFORE = 2
"""What "he" or "the ministry" of a quote stands for is looked for there."""

_IMPERATIVE = re.compile(
    r"[^\w“\"\u2018']*(?:(?:please|now|then|instead|always) )*((?!like\b)\w+) "
    r"(?:the|this|that|these|those|your|you|no|only|with|them|it|all|every|any|an?|out|nothing|everything)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:He|She|It|They|His|Her|Its|Their|This|These|That|Those)\b")

ReadText = Callable[[str], str]
"""The whole text of an article by its id."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quote or several: `text` is quoted, `before` stands just before it, `around` is its whole passage.

    `quotes` are their positions in the answer, `articles` the whole texts, and `ordinary` the words that stand there
    in small letters.
    """

    quotes: tuple[int, ...]
    text: str
    before: str
    around: str
    articles: tuple[str, ...]
    ordinary: frozenset[str]
    sources: tuple[Source, ...]

    @property
    def titles(self) -> str:
        """Title and outlet of each source; one that gives orders to a machine says nothing."""
        return ". ".join(f"{read_title(source)}. {read_outlet(source)}" for source in self.sources)

    @property
    def title(self) -> str:
        """The title of the first source."""
        return read_title(self.sources[0])

    @property
    def context(self) -> str:
        """Titles, what stands before, and what is quoted: what tells whom the quote is about."""
        return f"{self.titles}\n{self.before} {self.text}"

    @property
    def is_order(self) -> bool:
        """Whether what is quoted gives orders, to a machine or to whoever reads it, and so states nothing."""
        return states_nothing(self.text)

    @property
    def is_tampered(self) -> bool:
        """Whether its articles give such orders anywhere."""
        return any(map(speaks_to_machine, (*self.articles, *(source.title for source in self.sources))))

    @property
    def dates(self) -> str:
        """When the sources were published, in words."""
        return "; ".join(write_date(source.published) for source in self.sources)


def states_nothing(sentence: str) -> bool:
    """Whether a sentence gives orders: to a machine, or, with nobody quoted, to the reader: "Take these words ..."."""
    found = _IMPERATIVE.match(sentence)
    return bool(found and found[1].casefold() in BASE_VERBS) or speaks_to_machine(sentence)


def read_title(source: Source) -> str:
    """Return the title of an article; '' where it gives orders to a machine."""
    return "" if speaks_to_machine(source.title) else source.title


def read_outlet(source: Source) -> str:
    """Return the outlet of an article; '' where it gives orders to a machine."""
    return "" if speaks_to_machine(source.outlet) else source.outlet


def collect_evidence(answer: Answer, read_text: ReadText) -> tuple[Evidence, ...]:
    """Return what each quote of an answer gives, in their order."""
    texts = {id: read_text(id) for id in dict.fromkeys(quote.article_id for quote in answer.quotes)}
    ordinary = {id: list_ordinary(text) for id, text in texts.items()}
    sources = {citation.number: citation.source for citation in answer.citations}
    return tuple(
        Evidence(
            (position,),
            quote.text,
            *_find_surroundings(answer, position),
            (texts[quote.article_id],),
            ordinary[quote.article_id],
            (sources[quote.citation],),
        )
        for position, quote in enumerate(answer.quotes)
    )


def list_readings(evidence: Evidence) -> list[str]:
    """Return the quote, and one that begins with a pronoun also with the sentence before it."""
    places = split_sentences(evidence.before) if _PRONOUN.match(evidence.text) else []
    return [evidence.text, *(f"{evidence.before[slice(*place)]} {evidence.text}" for place in places[-1:])]


def join_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Return what several quotes give together."""
    return Evidence(
        tuple(position for part in parts for position in part.quotes),
        " ".join(part.text for part in parts),
        " ".join(part.before for part in parts),
        " ".join(part.around for part in parts),
        tuple(dict.fromkeys(text for part in parts for text in part.articles)),
        frozenset().union(*(part.ordinary for part in parts)),
        tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def _find_surroundings(answer: Answer, position: int) -> tuple[str, str]:
    """Return the sentences just before a quote in its passage, and the whole passage."""
    quote = answer.quotes[position]
    for found in answer.considered:
        passage = found.passage
        if passage.article_id == quote.article_id and passage.start <= quote.start < passage.end:
            place = quote.start - passage.start
            earlier = [passage.text[slice(*each)] for each in passage.sentences if each[1] <= place][-SENTENCES_BEFORE:]
            return " ".join(text for text in earlier if not speaks_to_machine(text)), passage.text
    return "", quote.text
