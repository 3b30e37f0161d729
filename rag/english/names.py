"""Names in a text, and which words name the same: Russia and Russian, the US and the United States."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from corpus.calendar import MONTHS
from rag.english.countries import CANONICAL, COUNTRY_OF_SEAT
from rag.library.words import list_terms

_LONG = re.compile(
    "|".join(word.replace("-", r"[\s-]") for word in {**CANONICAL, **COUNTRY_OF_SEAT} if "-" in word), re.IGNORECASE
)
_ORDINARY = frozenset(("us", "un", "fed", "poles", "polish", "turkey", "jordan"))
"""In small letters these may be other words, or other names."""
_LONGEST_FIRST = sorted({*CANONICAL} - _ORDINARY, key=lambda word: (-len(word), word))
_IN_SMALL_LETTERS = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST).replace('-', ' ')})\b")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_LINK = r"(?:\s+(?:of|the|and|for|on|in|to|de)\b)*"
_RUN = re.compile(rf"[A-Z][\w-]*{_LINK}(?:\s+[A-Z][\w-]*{_LINK})+")
_FUNCTION_WORDS = frozenset(
    """a an the after although as at because before both but by despite during each for from he
her here his however if in instead it its later meanwhile more most neither no none nor not of on once one only other
our overall over she since so some such that their then there these they this those though through to under unlike
until we what when where whether which while who why with within without yet you yes also additionally furthermore
moreover according about around roughly nearly almost up out""".split()
)
_OF_INITIALS = "="
"""Stands before what is made of a text's initials: two names with the same ones are not the same."""
SAME_SPELLING = 0.8
"""How alike two words are, of 1, that are taken for one, spelt in two ways."""
_NOT_NAMES = re.compile(rf"(?:{'|'.join(MONTHS)}|\w+day|I|Article|Mr|Mrs)$")


@dataclass(frozen=True, slots=True)
class Name:
    """Words that begin with a capital, next to each other; `place` is where, `words` what they are compared by."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


def list_names(text: str, ordinary: frozenset[str]) -> list[Name]:
    """Return the names in a sentence; its first word is one unless it is a function word or among the `ordinary`.

    Titles and other words that are `ordinary`, known from small letters, count as names only inside of one.
    """
    places: list[tuple[int, int]] = []
    for found in _WORD.finditer(text):
        if _is_name(found, text, ordinary):
            joined = places and text[places[-1][1] : found.start()] in (" ", " of ")
            places.append((places.pop()[0] if joined else found.start(), found.end()))
    return [Name(text[start:end], start, end, tuple(to_words(text[start:end]))) for start, end in places]


def spell(text: str) -> str:
    """Return a text with its initials without full stops: US for U.S."""
    return _INITIALS.sub(lambda found: found[0].replace(".", ""), text)


def to_words(text: str) -> Iterator[str]:
    """Yield every word of a text in the form that names are compared by."""
    plain = _LONG.sub(lambda found: re.sub(r"\s", "-", found[0]), spell(text))
    for found in _WORD.finditer(plain):
        word = found[0].casefold()
        if not word.isalnum():
            word = _POSSESSIVE.sub("", word)
        if word in CANONICAL or word in COUNTRY_OF_SEAT or word.isalnum():
            yield CANONICAL.get(word, word)
        else:
            yield from re.split(r"[-’']", word)


def list_words(text: str) -> frozenset[str]:
    """Return all words of a text as `to_words` does, with the initials of its names and the countries of its seats."""
    initials = {_OF_INITIALS + "".join(re.findall(r"\b[A-Z]", found[0])).casefold() for found in _RUN.finditer(text)}
    words = frozenset(to_words(text))
    return words | initials | {COUNTRY_OF_SEAT[word] for word in words if word in COUNTRY_OF_SEAT}


def list_ordinary(text: str) -> frozenset[str]:
    """Return the words of a text that stand in it in small letters."""
    return frozenset(word for word in _WORD.findall(text) if word[0].islower())


def is_named(name: Name, words: frozenset[str]) -> bool:
    """Whether every word of the name is among the words of a text, or its initials are."""
    initials = "".join(word[0] for word in name.words)
    if len(name.words) > 1 and initials in words and _OF_INITIALS + initials not in words:
        return True  # the text has nothing but the initials
    return all(word in words or _OF_INITIALS + word in words or word in _FUNCTION_WORDS for word in name.words)


def find_foreign(question: str, text: str) -> dict[str, float]:
    """Return the question's names that the text lacks, with the share in (0, 1] of their words that it has in no form.

    Another spelling, an inflection, a government's seat for its country and initials are forms of a word. A single word
    that begins a sentence is taken for a name only if others of it follow. In a question all in capitals no name can be
    told from other words, and in one without any only those of countries and their people.
    """
    if question.isupper():
        return {}
    asked = _capitalize(question) if question[1:].islower() else spell(question)
    names = [name for name in list_names(asked, list_ordinary(text)) if not _is_opening(name, asked)]
    names = [name for name in names if not re.search(rf"\b{re.escape(name.text)}\b", text)]
    if not names:
        return {}
    known, stems = list_words(text), list_terms(text)
    shares = {_trim(name.text): _measure_foreign(name, known, stems) for name in names if not is_named(name, known)}
    return {name: share for name, share in shares.items() if share}


def is_same(name: Name, text: str, ordinary: frozenset[str]) -> bool:
    """Whether a text, such as a reader's answer, has all words of the name, or the name all of the text's."""
    ours, theirs = (_without(words, ordinary) for words in (name.words, list_words(text)))
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours)


def find_namesake(name: Name, others: Iterable[Name], ordinary: frozenset[str]) -> Name | None:
    """Return one of the others that shares a word with the name while each has one of its own: Super Bowl L and XLIX.

    Titles, and whatever else is among the `ordinary` words, make no difference.
    """
    ours = _without(name.words, ordinary)
    for other in others:
        theirs = _without(other.words, ordinary)
        if ours & theirs and ours - theirs and theirs - ours:
            return other
    return None


def _capitalize(text: str) -> str:
    """Return a text in small letters with its countries and their people as they are written."""
    return _IN_SMALL_LETTERS.sub(lambda found: found[0].upper() if len(found[0]) < 4 else found[0].title(), text)


def _is_opening(name: Name, text: str) -> bool:
    return len(name.words) == 1 and text[: name.start].rstrip()[-1:] in ("", *".?!:")


def _measure_foreign(name: Name, known: frozenset[str], stems: frozenset[str]) -> float:
    """Return the share of the name's words, function words aside, that are not known."""
    words = [word for word in name.words if _says_something(word)]
    foreign = [word for word in words if not (_has_form(word, known) or list_terms(word) & stems)]
    return len(foreign) / len(words) if words else 0.0


def _says_something(word: str) -> bool:
    return word in CANONICAL or bool(list_terms(word))  # the US is no pronoun


def _trim(name: str) -> str:
    """Return a name without the function words that a question begins with, and without its possessive ending."""
    words = name.split()
    while len(words) > 1 and not _says_something(words[0].casefold()):
        del words[0]
    return _POSSESSIVE.sub("", " ".join(words))


def _has_form(word: str, known: frozenset[str]) -> bool:
    if {word, _OF_INITIALS + word, COUNTRY_OF_SEAT.get(word, word)} & known:
        return True
    return bool(get_close_matches(word, [other for other in known if other[0] == word[0]], 1, SAME_SPELLING))


def _without(words: Iterable[str], ordinary: frozenset[str]) -> set[str]:
    return {word for word in words if word not in ordinary and word not in _FUNCTION_WORDS}


def _is_name(found: re.Match[str], text: str, ordinary: frozenset[str]) -> bool:
    word = found[0]
    if not word[0].isupper() or _NOT_NAMES.match(word) or word.casefold() in _FUNCTION_WORDS:
        return False
    is_first = not any(map(str.isalnum, text[: found.start()]))
    following = _WORD.search(text, found.end())
    leads = following is not None and following[0][0].isupper() and following.start() == found.end() + 1
    return not is_first or leads or word.casefold() not in ordinary
