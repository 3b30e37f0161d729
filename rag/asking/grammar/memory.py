"""What a conversation has come to: the mentions of its last turns, the most likely to be meant first."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.mentions import (
    Kind,
    Known,
    Mention,
    classify_name,
    find_mentions,
    learn_names,
    strip_determiner,
)
from rag.asking.grammar.phrases import Token, find_names, tag_words

MOST_SPAN_WORDS = 8
"""A longer short answer is a statement, and no name for anything."""

_QUOTE = re.compile(r"^“(.+)” \[\d+\]$", re.MULTILINE)
_MARKS = re.compile(r"\s*\[\d+\]|[“”]")


@dataclass(frozen=True, slots=True)
class Told:
    """A turn as it is remembered.

    Attributes:
        question: the question that stands alone.
        span: the short answer.
        prose: the answer's prose.
        sentence: the quoted sentence with the short answer.
        title: that of the article that was cited first.
        is_aside: whether it asked nothing new: "when?" after another question, or "thanks".
    """

    question: str
    span: str = ""
    prose: str = ""
    sentence: str = ""
    title: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """The turns, latest first, the mentions of each, and what is known of names."""

    turns: tuple[Told, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    known: Known

    @property
    def last(self) -> Told:
        """The latest turn."""
        return self.turns[0]

    @property
    def asked(self) -> Mention | None:
        """Return what the last question asked for, and was told: NATO, after "which alliance ...?"."""
        first = self.mentions[0][0] if self.mentions[0] else None
        is_told = first and (first.is_name or not first.kind.is_person) and first.text not in self.last.question
        return first if is_told else None

    def find_told(self, kinds: Collection[Kind], unlike: str) -> Mention | None:
        """Return what the last question asked for, if it is of these kinds and does not stand in the text `unlike`."""
        asked = self.asked
        return asked if asked and asked.kind in kinds and asked.core not in unlike.casefold() else None

    def find(self, kinds: Collection[Kind], unlike: str = "") -> Mention | None:
        """Return what was mentioned last of these kinds, and does not stand in the text `unlike`."""
        taken = unlike.casefold()
        for mentions in self.mentions:
            for mention in mentions:
                if mention.kind in kinds and mention.core not in taken:
                    return mention
        return None

    def find_several(self, unlike: str = "") -> Mention | None:
        """Return what "they" stands for: several, or two persons of one turn, or an organization or country."""
        for mentions in self.mentions:
            people = list({mention.core: mention.text for mention in mentions if mention.kind.is_person}.values())
            several = [mention for mention in mentions if mention.kind is Kind.SEVERAL]
            if several:
                return several[0]
            if len(people) > 1:
                return Mention(f"{people[0]} and {people[1]}", Kind.SEVERAL, is_name=True)
        named = {Kind.PLACE, Kind.THING, Kind.NAME, Kind.MALE, Kind.FEMALE, Kind.PERSON}
        return self.find(named, unlike)


def remember(turns: Sequence[Told]) -> Memory:
    """Return the memory of turns, given oldest first."""
    latest = tuple(reversed(turns))
    known = learn_names(text for turn in latest for text in (turn.prose, turn.span, turn.question))
    return Memory(latest, tuple(tuple(_list_mentions(turn, known)) for turn in latest), known)


def clean_prose(answer: str, titles: Iterable[str]) -> str:
    """Return the answer's text without marks of quotation and citation, and the titles of its sources."""
    return "\n".join([_MARKS.sub("", answer), *titles])


def find_sentence(answer: str, span: str) -> str:
    """Return the first quote of an answer that has the short answer in it, or the first of all; "" without quotes."""
    quotes = [found[1] for found in _QUOTE.finditer(answer)]
    return next((quote for quote in quotes if span in quote), quotes[0] if quotes else "")


def is_short(span: str) -> bool:
    """Whether a short answer can stand for something in another question."""
    return 0 < len(span.split()) <= MOST_SPAN_WORDS


def asked_noun(question: str) -> str:
    """Return the noun that is asked for by "which" or "what": "alliance" in "Which alliance met?"; else ""."""
    tokens = tag_words(question)
    start = 1 if tokens and tokens[0].tag == "P" else 0
    if len(tokens) <= start or tokens[start].word not in ("which", "what"):
        return ""
    nouns = list(_take_nouns(tokens[start + 1 :]))
    return nouns[-1].word if nouns else ""


def _take_nouns(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.tag != "N":
            return
        yield token


def _list_mentions(turn: Told, known: Known) -> Iterator[Mention]:
    named = find_mentions(turn.question, known)
    yield from _answer_mention(turn, named, known)
    yield from named
    for name in find_names(turn.prose):
        kind = known.get(name.casefold(), Kind.NAME)
        if kind.is_person:
            yield Mention(name, kind, is_name=True)


def _answer_mention(turn: Told, named: Sequence[Mention], known: Known) -> Iterator[Mention]:
    """Yield what was asked for, where a question asks what or who something is."""
    kind = _identified_kind(turn.question, named)
    if kind is None:
        return
    if is_short(turn.span):
        yield _classify_answer(_drop_known(turn) if kind is not Kind.SEVERAL else turn.span, kind, known)
    elif kind is Kind.PERSON:
        yield Mention(_describe_person(turn.question), kind)


def _drop_known(turn: Told) -> str:
    """Return the short answer without what the question names: NATO, if "NATO and Russia" met with Russia."""
    one, mark, other = turn.span.partition(" and ")
    new = [name for name in (one, other) if name.casefold() not in turn.question.casefold()]
    return new[0] if mark and len(new) == 1 else turn.span


def _identified_kind(question: str, named: Sequence[Mention]) -> Kind | None:
    tokens = tag_words(question)
    first, second = (*(token.word for token in tokens[:2]), "", "")[:2]
    is_of_name = second in words.BE and bool(named) and named[0].is_name and len(named[0].core.split()) > 0
    noun = asked_noun(question)
    if noun:
        return _kind_of_noun(noun)
    if first in ("who", "whom"):
        return None if is_of_name and _is_bare(tokens) else Kind.PERSON
    if first == "where":
        return Kind.PLACE
    if first == "what" and len(tokens) > 1:
        return Kind.THING if tokens[1].tag == "V" or (second in words.BE and not is_of_name) else None
    return None


def _is_bare(tokens: Sequence[Token]) -> bool:
    """Whether it is "who is X?", and no more."""
    return not any(token.tag in "PVAS" for token in tokens[2:])


def _kind_of_noun(noun: str) -> Kind:
    if noun in words.PEOPLE:
        return Kind.PERSON
    if noun in words.LOCATIONS:
        return Kind.PLACE
    return Kind.SEVERAL if noun.endswith("s") and not noun.endswith("ss") else Kind.THING


def _classify_answer(span: str, asked: Kind, known: Known) -> Mention:
    """Return the short answer as a mention of the kind that was asked for."""
    text = span.strip(" ,.;:\"'")
    if asked is Kind.PERSON and " and " not in text:
        people = [name for name in find_names(text) if classify_name(name).is_person]
        text = people[-1] if people else text
    kind = known.get(strip_determiner(text).casefold(), classify_name(text))
    if " and " in text:
        kind = Kind.SEVERAL
    is_compatible = kind is asked or (asked is Kind.PERSON and (kind.is_person or kind is Kind.SEVERAL))
    is_group = asked is Kind.PERSON and kind in (Kind.THING, Kind.PLACE)
    mention = Mention(text, kind, strip_determiner(text)[:1].isupper())
    return mention if is_compatible or is_group or kind is Kind.SEVERAL else replace(mention, kind=asked)


def _describe_person(question: str) -> str:
    """Return "the mayor of X" for "who is the mayor of X?", and "the person who won" for "who won?"."""
    tokens = tag_words(question)
    rest = question.rstrip(" ?.!")
    if len(tokens) > 2 and tokens[1].word in words.BE and tokens[2].tag in "DN":
        described = rest[tokens[2].start :]
        return described if tokens[2].tag == "D" else f"the {described}"
    return f"the person {rest[:1].lower()}{rest[1:]}"
