"""Whether a claim bears on the question: what is true of another man is no answer.

Of short answers paired with the sentence that has them, 84 % of 350 right ones of XQuAD pass both checks, and of 107
that answer another question of the same article about the same sort of thing, 19 %; to put question and answer
together and compare that with the sentence lets 85 % and 49 % pass. On the starter cases it is 72 % and 2 %.
"""

from collections.abc import Set
from dataclasses import dataclass

from embeddings.reader import Reader, ReadingText
from rag.answer import Answer
from rag.asking.grammar.phrases import tag_words
from rag.english.names import find_foreign
from rag.english.terms import list_content, list_terms
from rag.prose.evidence import Evidence
from rag.question import GATHERED, Question

LONG = 8
"""Words from which on a claim without a known verb is one whose verb is not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What claims must bear on: `Asked("Who came?", "Sullivan", frozenset({0}), is_gathered=False)`.

    Attributes:
        question: in words that need no history.
        span: the reader's short answer.
        chosen: the positions of the quotes that the reader chose: of those it has judged that they answer.
        is_gathered: whether the answer is gathered from several sentences, each of which may name but one of the names.
    """

    question: str
    span: str
    chosen: frozenset[int]
    is_gathered: bool

    @classmethod
    def read(cls, question: Question, answer: Answer) -> "Asked":
        """Return what is asked, and what the answer in quotes says to it."""
        chosen = frozenset(place for place, quote in enumerate(answer.quotes) if quote.score > 0)
        return cls(answer.searched_for or question.text, answer.answer_span, chosen, answer.kind in GATHERED)


def find_stray(asked: Asked, evidence: Evidence, known: Set[str] = frozenset()) -> str:
    """Return why evidence is about somebody or something else; '' if it may be about what is asked.

    Quote, title or the sentences just before must have the names of the question, unless the reader chose the quote,
    or an earlier claim already rests on its article.

    Args:
        asked: the question, and what the reader says to it.
        evidence: what a claim rests on.
        known: the ids of articles that earlier claims rest on.
    """
    if asked.chosen.issuperset(evidence.quotes) or known.issuperset(source.id for source in evidence.sources):
        return ""
    missing = find_foreign(asked.question, evidence.context)
    is_stray = missing.keys() >= find_foreign(asked.question, "").keys() if asked.is_gathered else bool(missing)
    return (
        f"the quote does not name {next(iter(missing))}, whom or what the question names"
        if missing and is_stray
        else ""
    )


def is_whole(claim: str) -> bool:
    """Whether a claim says something of somebody: it has a verb, and something before it, or is long."""
    tags = "".join(token.tag for token in tag_words(claim))
    verb = min((place for place, tag in enumerate(tags) if tag in "AV"), default=0)
    return any(tag in "NRTD" for tag in tags[:verb]) or len(claim.split()) > LONG


def is_answer(fragment: str, asked: Asked, evidence: Evidence, reader: Reader) -> bool:
    """Whether evidence answers the question with a fragment: the reader says so, or finds it there when it is asked."""
    terms = list_content(fragment)
    if not terms or not terms <= list_terms(evidence.text):
        return False
    if terms <= list_terms(asked.span):
        return True
    text = f"{evidence.before} {evidence.text}".strip()
    (reading,) = reader.read(asked.question, [ReadingText(evidence.title, text, ((0, len(text)),))])
    return any(
        span.score > reading.no_answer and _overlap(terms, text[span.start : span.end]) for span in reading.spans
    )


def _overlap(terms: frozenset[str], found: str) -> bool:
    said = list_content(found)
    return bool(said) and (said <= terms or terms <= said)
