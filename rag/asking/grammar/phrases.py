"""Words, dates and noun phrases of a question. A small grammar: good enough for questions, and wrong now and then."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.asking.grammar import lexicon as words
from rag.english.dates import list_dates, list_weekdays

_TOKEN = re.compile(r"[A-Z]\.(?= [A-Z])|\w+(?:[-.,]\w+)*(?:['’](?!s\b)\w+)*|['’]s\b|['’]|[^\w\s]")
_PHRASE = re.compile(r"[DJ]?N(?:N|SN)*|T+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, with its place in the text.

    `tag` is its class: D determiner, J how many, P preposition, A auxiliary, W question word or clause opener,
    R pronoun, C conjunction, B adverb, V verb, T part of a date, S possessive 's, X sign, N all else, mostly nouns.
    """

    text: str
    start: int
    end: int
    tag: str = "N"

    @property
    def word(self) -> str:
        """The text in lower case."""
        return self.text.casefold()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or a date, with its place in the text, and the preposition before it, if there is one."""

    text: str
    start: int
    end: int
    preposition: str = ""
    is_date: bool = False

    @property
    def head(self) -> str:
        """The last word, in lower case."""
        return self.text.rsplit(maxsplit=1)[-1].casefold()

    @property
    def core(self) -> str:
        """The phrase without its determiner."""
        first, _, rest = self.text.partition(" ")
        return rest if rest and first.casefold() in words.DETERMINERS else self.text


@dataclass(frozen=True, slots=True)
class Edit:
    """What to put in the place of a part of the text."""

    start: int
    end: int
    text: str


class _Tagger:
    """Tags one text, word by word; what is a verb depends on the auxiliaries before."""

    def __init__(self, text: str) -> None:
        self.dates = _place_dates(text)
        self.tokens: list[Token] = []
        self.awaits_base = False
        self.has_finite = False

    def add(self, found: re.Match[str], following: str) -> None:
        token = Token(found[0], found.start(), found.end())
        tag = self._tag(token, following)
        if tag in "WX" or (tag == "C" and not self.awaits_base):
            self.has_finite = self.awaits_base = False
        elif tag == "A":
            self.has_finite, self.awaits_base = True, token.word in words.BASE_TAKERS or token.word.endswith("n't")
        elif tag == "V":
            self.has_finite, self.awaits_base = True, False
        self.tokens.append(replace(token, tag=tag))

    def _tag(self, token: Token, following: str) -> str:
        word, previous = token.word, self.tokens[-1] if self.tokens else Token("", 0, 0, "X")
        if any(start <= token.start < end for start, end in self.dates):
            return "T"
        if word in ("'s", "’s", "'", "’"):
            return "A" if previous.tag in "WR" else "S"
        if not word[0].isalnum():
            return "X"
        if self._is_name(token, previous):
            return "N"
        if previous.word == "how" and word not in words.AUXILIARIES:
            return "J" if word in ("many", "much") and following and following not in words.AUXILIARIES else "B"
        is_noun = self.awaits_base and previous.tag in "DN" and following in words.BASE_VERBS  # "the report say"
        is_verb = not is_noun and self._is_verb(word, previous)
        return self._tag_closed(word, previous, following) or ("V" if is_verb else "N")

    def _is_name(self, token: Token, previous: Token) -> bool:
        is_acronym = len(token.text) > 1 and token.text.isupper()
        return is_acronym or (token.text[0].isupper() and bool(self.tokens) and previous.text not in ".?!")

    def _tag_closed(self, word: str, previous: Token, following: str) -> str:
        if word in ("that", "this", "these", "those"):
            return self._tag_demonstrative(word, previous, following)
        for tag, members in _CLOSED.items():
            if word in members:
                return tag
        return ""

    def _tag_demonstrative(self, word: str, previous: Token, following: str) -> str:
        if word == "that" and previous.tag in "NVT" and following not in words.UNITS:
            return "W"
        is_alone = not following or following in _AFTER_PRONOUN or not following[0].isalnum()
        return "R" if is_alone else "D"

    def _is_verb(self, word: str, previous: Token) -> bool:
        if previous.word == "who" and not self.has_finite:
            return True
        if previous.tag in "DSJ" or previous.word in ("which", "whose"):
            return False
        if self.awaits_base or previous.word == "to":
            return word in words.BASE_VERBS or (self._is_after_name() and not word.endswith("s"))
        if word.endswith("s") and self.has_finite:
            return False  # "talks" after a verb
        is_past = word.endswith("ed") and not word.endswith("eed") and previous.tag in "NAB"
        is_plural = not self.has_finite and previous.tag == "N" and previous.word.endswith("s")
        return word in words.FINITE_VERBS or is_past or (is_plural and word in words.BASE_VERBS)

    def _is_after_name(self) -> bool:
        """Whether a bare name was the last: what comes then is the verb, known or not, as in "did Biden brief"."""
        *_, before, last = (Token("", 0, 0, "X"), Token("", 0, 0, "X"), *self.tokens)
        return last.tag == "N" and last.text[0].isupper() and not last.text.isupper() and before.tag in "AN"


_CLOSED = {
    "D": words.DETERMINERS,
    "A": words.AUXILIARIES,
    "W": words.QUESTION_WORDS | words.CLAUSE_OPENERS - {"as", "after", "before", "since", "until"},
    "R": words.PRONOUNS,
    "P": words.PREPOSITIONS | {"as"},
    "C": words.CONJUNCTIONS,
    "B": words.ADVERBS,
}
_AFTER_PRONOUN = words.AUXILIARIES | words.PREPOSITIONS | words.CONJUNCTIONS | words.ADVERBS | words.FINITE_VERBS


def tag_words(text: str) -> list[Token]:
    """Return the words and signs of the text with their classes."""
    tagger = _Tagger(text)
    found = list(_TOKEN.finditer(text))
    for index, each in enumerate(found):
        tagger.add(each, found[index + 1][0].casefold() if index + 1 < len(found) else "")
    return _join_names(tagger.tokens)


def _join_names(tokens: list[Token]) -> list[Token]:
    """Take the "of" of "Bank of England" for a part of the name."""
    joined = list(tokens)
    for before, index, after in zip(tokens, range(1, len(tokens)), tokens[2:], strict=False):
        joins_names = before.tag == after.tag == "N" and before.text[0].isupper() and after.text[0].isupper()
        if joins_names and tokens[index].word == "of":
            joined[index] = replace(tokens[index], tag="N")
    return joined


def find_phrases(text: str) -> Iterator[Phrase]:
    """Yield the noun phrases and dates, in reading order; "the end of 2023" is two."""
    tokens = tag_words(text)
    for match in _PHRASE.finditer("".join(token.tag for token in tokens)):
        first, last = tokens[match.start() + (tokens[match.start()].tag == "J")], tokens[match.end() - 1]
        before = tokens[match.start() - 1] if match.start() else first
        preposition = before.word if before.tag == "P" else ""
        yield Phrase(text[first.start : last.end], first.start, last.end, preposition, first.tag == "T")


def extend_phrase(phrase: Phrase, text: str, prepositions: Collection[str]) -> str:
    """Return the phrase with what follows it directly: "the bridge in Genoa", for the preposition "in"."""
    end = phrase.end
    for other in find_phrases(text):
        between = text[end : other.start]
        is_second = end > phrase.end and between.strip() == "and"
        if is_second or (other.preposition in prepositions and between == f" {other.preposition} "):
            end = other.end
    return text[phrase.start : end]


def find_predicate(question: str) -> int:
    """Return where the first verb stands: what comes before, with a question word, is what is asked for."""
    return next((token.start for token in tag_words(question) if token.tag in "AV"), 0)


def find_dates(text: str) -> list[str]:
    """Return the dates that the text names, weekdays included."""
    return [text[slice(*place)] for place in _place_dates(text)]


def _place_dates(text: str) -> list[tuple[int, int]]:
    return sorted({*(each.place for each in list_dates(text)), *(day.span() for day in list_weekdays(text))})


def find_names(text: str) -> Iterator[str]:
    """Yield runs of capitalised words in prose, such as "Deputy Foreign Minister Sergei Ryabkov"."""
    tokens = tag_words(text)
    tags = "".join("n" if token.tag == "N" and token.text[0].isupper() else token.tag for token in tokens)
    for match in re.finditer(r"n(?:n|Nn)*", tags):
        yield text[tokens[match.start()].start : tokens[match.end() - 1].end]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made."""
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def count_content(tokens: Sequence[Token]) -> int:
    """Return how many nouns and verbs there are."""
    return sum(token.tag in "NV" for token in tokens)
