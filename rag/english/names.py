"""Names in a text, and whether another text has them, under the same form or another one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.calendar import MONTHS, WEEKDAYS
from rag.english.countries import COUNTRY_OF_SEAT, CountryMention, find_countries, fold
from rag.english.designations import extend_by_number, list_designations, list_named_numbers
from rag.english.people import has_family_name, has_given_name
from rag.english.terms import FUNCTION_WORDS, OPENERS, list_stems

_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_CONTRACTION = re.compile(r"(\w+)[’'](?:m|ve|ll|d|re)|\w+n[’']t", re.IGNORECASE)
_LINK = r"(?:\s+(?:of|the|and|for|on|in|to|de)\b)*"
_RUN = re.compile(rf"[A-Z][\w-]*{_LINK}(?:\s+[A-Z][\w-]*{_LINK})+")
_OF_INITIALS = "="
"""Stands before what is made of a text's initials: two names with the same ones are not the same."""
SAME_SPELLING = 80
"""How alike two words are, of 100, that are taken for one, spelt in two ways."""
_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_DATED = re.compile(r"(?:\b(?:on|in|since|until|till|last|next|this|every|early|late|during)|\d)\W+\Z", re.IGNORECASE)
_SPELLINGS = str.maketrans("yj", "ii")


@dataclass(frozen=True, slots=True)
class Name:
    """Words that begin with a capital, next to each other, or numbered; `words` is what they are compared by."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]


def list_names(text: str, ordinary: frozenset[str]) -> list[Name]:
    """Return the names in a sentence; its first word is one unless it is a function word or among the `ordinary`.

    Titles and other words that are `ordinary`, known from small letters, count as names only inside of one. What has a
    number for a name is one, too: flight 518.
    """
    numbered = list_designations(text)
    words = (found for found in _WORD.finditer(text) if _is_name(found, text, ordinary))
    named = [(found.start(), extend_by_number(text, found.end())) for found in words]
    named = [(start, end) for start, end in named if not any(begin <= start < stop for begin, stop in numbered)]
    places: list[tuple[int, int]] = []
    for start, end in sorted([*numbered, *named]):
        joined = places and text[places[-1][1] : start] in (" ", " of ")
        places.append((places.pop()[0] if joined else start, end))
    mentions = find_countries(text)
    return [Name(text[start:end], start, end, tuple(_cut(text, start, end, mentions))) for start, end in places]


def spell(text: str) -> str:
    """Return a text with its initials without full stops: US for U.S."""
    return _INITIALS.sub(lambda found: found[0].replace(".", ""), text)


def to_words(text: str) -> Iterator[str]:
    """Yield every word of a text in the form that names are compared by: small letters, or the name of a country."""
    return _cut(text, 0, len(text), find_countries(text))


def list_words(text: str) -> frozenset[str]:
    """Return all words of a text as `to_words` does, with the initials of its names and the countries of its seats."""
    initials = {_OF_INITIALS + "".join(re.findall(r"\b[A-Z]", found[0])).casefold() for found in _RUN.finditer(text)}
    words = frozenset(to_words(text))
    return words | initials | {COUNTRY_OF_SEAT[word] for word in words if word in COUNTRY_OF_SEAT}


def list_ordinary(text: str) -> frozenset[str]:
    """Return the words of a text that stand in it in small letters."""
    return frozenset(word for word in _WORD.findall(text) if word[0].islower())


def is_named(name: Name, words: frozenset[str]) -> bool:
    """Whether every word of the name is among the words of a text, or stands for the initials of a name there."""
    return all(word in words or _OF_INITIALS + word in words or not _says_something(word) for word in name.words)


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
    known = frozenset(word for word in list_words(text) if not word.isdigit()) | list_named_numbers(text)
    stems = frozenset(list_stems(known))
    shares = {
        _POSSESSIVE.sub("", name.text): _measure_foreign(name, known, stems)
        for name in names
        if not is_named(name, known)
    }
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


def is_spelled_alike(one: str, other: str) -> bool:
    """Whether two words in small letters may be one, spelt in two ways: Zelenskiy and Zelensky, but not Zelenska."""
    ends = (word.translate(_SPELLINGS)[-1] for word in (one, other))
    return one[0] == other[0] and len(set(ends)) == 1 and fuzz.ratio(one, other) >= SAME_SPELLING


def _cut(text: str, start: int, end: int, mentions: Sequence[CountryMention]) -> Iterator[str]:
    for mention in mentions:
        if start <= mention.start and mention.end <= end:
            yield from _cut_plain(text[start : mention.start])
            yield fold(text[mention.start : mention.end]) if mention.is_seat else mention.country
            start = mention.end
    yield from _cut_plain(text[start:end])


def _cut_plain(text: str) -> Iterator[str]:
    for found in _WORD.finditer(re.sub(r"^[’']s\b", "", spell(text))):
        word = _POSSESSIVE.sub("", found[0].casefold())
        yield from [word] if word.isalnum() else re.split(r"[-’']", word)


def _capitalize(text: str) -> str:
    """Return a text in small letters with its countries and their people as they are written."""
    for mention in reversed(find_countries(text)):
        typed = text[mention.start : mention.end]
        written = typed.replace(".", "").upper() if len(typed) < 4 else typed.title()
        text = f"{text[: mention.start]}{written}{text[mention.end :]}"
    return text


def _is_opening(name: Name, text: str) -> bool:
    return len(name.words) == 1 and text[: name.start].rstrip()[-1:] in ("", *"*.?!:")


def _measure_foreign(name: Name, known: frozenset[str], stems: frozenset[str]) -> float:
    """Return the share of the name's words, function words aside, that are not known: all if its number is not."""
    words = [word for word in name.words if _says_something(word)]
    foreign = [word for word in words if not (_has_form(word, known) or stems.intersection(list_stems([word])))]
    if any(map(str.isdigit, foreign)):
        return 1.0  # Bill 27 is nothing of Bill 14
    return len(foreign) / len(words) if words else 0.0


def _says_something(word: str) -> bool:
    return word in ("may", "us") or not (word in FUNCTION_WORDS or word in OPENERS)  # in names they are May and US


def _has_form(word: str, known: frozenset[str]) -> bool:
    if {word, _OF_INITIALS + word, COUNTRY_OF_SEAT.get(word, word)} & known:
        return True
    return word.islower() and any(is_spelled_alike(word, other) for other in known if other.islower())


def _without(words: Iterable[str], ordinary: frozenset[str]) -> set[str]:
    return {word for word in words if word not in ordinary and _says_something(word)}


def _is_name(found: re.Match[str], text: str, ordinary: frozenset[str]) -> bool:
    word = _POSSESSIVE.sub("", found[0])
    if not word[0].isupper() or not _says_something(word.casefold()) or _is_contraction(word):
        return False
    if word in _CALENDAR and not _is_personal(found, text):
        return False
    is_first = not any(map(str.isalnum, text[: found.start()]))
    following = _WORD.search(text, found.end())
    leads = following is not None and following[0][0].isupper() and following.start() == found.end() + 1
    return not is_first or leads or word.casefold() not in ordinary


def _is_contraction(word: str) -> bool:
    """Whether a word is two in one, and neither a name: "I'm", "Don't", but not "D'Souza"."""
    found = _CONTRACTION.fullmatch(word)
    return found is not None and not (found[1] and _says_something(found[1].casefold()))


def _is_personal(found: re.Match[str], text: str) -> bool:
    """Whether a month or a day of the week is a part of a person's name: Theresa May, Monday Okoro."""
    if _DATED.search(text, 0, found.start()):
        return False
    if has_given_name(text, found.start()):
        return True
    following = _WORD.match(text, found.end() + 1)
    return bool(following and has_family_name(text, found.end()) and not find_countries(following[0]))
