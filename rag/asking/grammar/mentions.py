"""What the turns of a conversation mention, and which of it a pronoun can stand for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.phrases import Phrase, extend_phrase, find_names, find_phrases, find_predicate, tag_words
from rag.english.people import FEMALE_NAMES, MALE_NAMES


class Kind(Enum):
    """What a mention is, as far as pronouns tell."""

    MALE = auto()
    FEMALE = auto()
    PERSON = auto()
    PLACE = auto()
    THING = auto()
    SEVERAL = auto()
    DATE = auto()
    NAME = auto()
    """A name of which no more is known."""

    @property
    def is_person(self) -> bool:
        """Whether it surely is one person."""
        return self in (Kind.MALE, Kind.FEMALE, Kind.PERSON)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that was named. `is_name` says whether it goes by a name, and not by a description."""

    text: str
    kind: Kind
    is_name: bool = False

    @property
    def core(self) -> str:
        """The text in lower case, without its determiner."""
        return strip_determiner(self.text).casefold()


_ATTACHED = ("of", "in", "between", "with", "at", "on", "against", "about", "near")
"""Prepositions that tell which one is meant, rather than what was done to it."""

Known = Mapping[str, Kind]
"""Names in lower case -> what they are; learnt from the prose of answers, where names are capitalised."""


def strip_determiner(text: str) -> str:
    """Return the text without "the", "a" and the like in front."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold() in words.DETERMINERS else text


def learn_names(texts: Iterable[str]) -> dict[str, Kind]:
    """Return what the texts say of names: "Sergei Ryabkov" makes a man of "Ryabkov", too."""
    known: dict[str, Kind] = {}
    for text in texts:
        for name in find_names(text):
            kind = classify_name(name)
            _learn(known, strip_determiner(name).casefold(), kind)
            if kind.is_person:
                _learn(known, name.split()[-1].casefold(), kind)
            for acronym in (word for word in name.split() if len(word) > 1 and word.isupper()):
                _learn(known, acronym.casefold(), classify_name(acronym))
    return known


def _learn(known: dict[str, Kind], name: str, kind: Kind) -> None:
    if name in words.KINDS:
        return  # a description at the beginning of a sentence
    if known.get(name, Kind.NAME) is Kind.NAME or (known[name] is Kind.PERSON and kind.is_person):
        known[name] = kind


def classify_name(name: str) -> Kind:
    """Return what a name in its usual spelling is: by given names, titles, places and acronyms."""
    core = strip_determiner(name)
    parts = core.casefold().split()
    given = [part for part in parts[:-1] if part in MALE_NAMES | FEMALE_NAMES]
    if core.casefold() in words.PLACES:
        return Kind.PLACE
    if core != name or core.isupper() or parts[-1] in words.KINDS - words.PEOPLE:
        return Kind.THING
    if given and len(parts) - parts.index(given[-1]) <= 3:
        return Kind.MALE if given[-1] in MALE_NAMES else Kind.FEMALE
    has_title = any(part in words.TITLES for part in parts[:-1]) and parts[-1] not in words.TITLES
    return Kind.PERSON if has_title else Kind.NAME


def classify_phrase(phrase: Phrase, known: Known) -> Mention:
    """Return what a phrase of a question mentions."""
    core = strip_determiner(phrase.core)
    lower, head = core.casefold(), phrase.head
    if phrase.is_date:
        return Mention(phrase.text, Kind.DATE, is_name=True)
    if lower in words.PLACES:
        return Mention(phrase.text, Kind.PLACE, is_name=True)
    if lower in known and known[lower] is not Kind.NAME:
        return Mention(phrase.text, known[lower], is_name=True)
    is_name = any(part[0].isupper() for part in core.split()) or _holds_name(lower, known)
    if core.split()[-1][0].isupper() or lower in known:
        kind = classify_name(phrase.text)
        return Mention(phrase.text, Kind.THING if kind is Kind.NAME and head in words.KINDS else kind, is_name)
    return Mention(phrase.text, _classify_noun(head), is_name)


def _complement(mention: Mention, phrase: Phrase, question: str) -> Mention:
    """Return a description with what makes it one: "the tunnel between Germany and Denmark"."""
    if phrase.is_date or phrase.head[:1] != phrase.text.rsplit(maxsplit=1)[-1][0]:
        return mention  # a name
    text = extend_phrase(phrase, question, ("of",) if mention.is_name else _ATTACHED)
    is_bare = text.split()[0].casefold() not in words.DETERMINERS and not text[0].isupper()
    needs_article = is_bare and "'s " not in text and (mention.kind is Kind.SEVERAL or text != phrase.text)
    return replace(mention, text=f"the {text}" if needs_article else text)


def _holds_name(lower: str, known: Known) -> bool:
    """Whether a known name stands in the text; a single word must be more than a capitalised one."""
    return lower in known or any(
        re.search(rf"\b{re.escape(name)}\b", lower) and (" " in name or kind is not Kind.NAME)
        for name, kind in known.items()
        if name in lower
    )


def _classify_noun(noun: str) -> Kind:
    if noun in words.PEOPLE:
        return Kind.PERSON
    if noun in words.LOCATIONS:
        return Kind.PLACE
    is_plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news"))
    return Kind.SEVERAL if is_plural or noun in ("people", "men", "women") else Kind.THING


def find_mentions(question: str, known: Known) -> list[Mention]:
    """Return what a question mentions, in reading order; two names joined by "and" are also several."""
    tokens = tag_words(question)
    is_sought = any(token.word in ("which", "what") for token in tokens[:2])
    start = find_predicate(question) if is_sought else 0  # "which alliance" names none
    phrases = [phrase for phrase in find_phrases(question) if phrase.start >= start]
    found = [_complement(classify_phrase(phrase, known), phrase, question) for phrase in phrases]
    for first, second in pairwise(phrases):
        if question[first.end : second.start].strip().casefold() == "and":
            found.append(Mention(question[first.start : second.end], Kind.SEVERAL, is_name=True))
    return found
