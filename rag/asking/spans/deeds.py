"""What somebody said, promised or decided: the sentences in which it is they who did so, and on the topic asked for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.article import Offsets
from rag.asking.openings import find_opening
from rag.english.countries import find_countries, fold, split_countries
from rag.english.dates import list_dates, list_weekdays
from rag.english.names import Name, is_named, is_spelled_alike, list_names, list_words
from rag.english.people import is_common, is_given_name
from rag.english.terms import list_content, list_terms

_ACTS = {
    "announce": r"announc\w*|unveil\w*|declar\w*|reveal\w*",
    "promise|pledge|vow": r"promis\w*|pledg\w*|vow\w*|commit\w*|guarante\w*",
    "decide|rule": r"deci[ds]\w*|rul(?:ed|es|ing)|vot(?:ed|es)|chose|opted|resolved|order\w*",
    "demand|call\\sfor": r"demand\w*|call(?:s|ed|ing)?\s(?:for|on)|insist\w*|urg(?:ed|es|ing)|ask(?:s|ed)?\sfor",
    "propose|suggest|recommend": r"propos\w*|suggest\w*|recommend\w*|put\sforward",
    "order": r"order\w*|instruct\w*|direct(?:ed|s)",
    "warn": r"warn\w*|caution\w*",
    "deny": r"den(?:y|ie[sd]|ying|ial)|reject\w*|dismiss\w*",
    "admit": r"admit\w*|acknowledg\w*|concede[sd]?",
    "threaten": r"threat\w*|warn\w*",
    "offer": r"offer\w*",
}
"""Verbs of a question, and what tells of the act."""
_SPEAK = r"say|tell|think|claim|argue|comment|state|write|tweet|explain|add|believe|feel|insist|respond|reply"
_SPOKE = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells|elling)|thinks?|thought|claim(?:s|ed|ing)?|argu(?:es?|ed|ing)|comment\w*"
    r"|stat(?:es?|ed|ing)|wr(?:ites?|ote|iting)|tweet\w*|explain\w*|add(?:s|ed|ing)|belie\w*|insist\w*|respond\w*"
    r"|repl(?:ies|ied)|called|describ\w*|warn\w*|caution\w*|not(?:es|ed|ing)|point(?:s|ed)\sout|according\sto|stress\w*"
    r"|emphasi\w*|defend\w*|critici\w*|condemn\w*|prais\w*|reject\w*|den(?:ies|ied)|promis\w*|pledg\w*|vow\w*"
    r"|urg(?:es?|ed|ing)|demand\w*|announc\w*|suggest\w*|accus\w*|express\w*|confirm\w*|declar\w*|remark\w*"
    r"|admit\w*|acknowledg\w*|attack\w*|oppos\w*|support(?:s|ed)|welcom\w*|hail\w*|question(?:s|ed)|mock\w*)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"what\s(?:else\s|exactly\s|things\s)?(?:did|does|do|has|have|had)\s(?P<who>[^?]{2,60}?)\s"
    rf"(?:(?P<said>{_SPEAK})(?:id|ed|d)?|(?P<act>{'|'.join(_ACTS)})(?:e?d)?)\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\b(?:about|on|of|regarding|concerning)\s(?:the\s)?(?P<topic>[^?]+?)\W*$", re.IGNORECASE)
_ASIDE = re.compile(
    r"(?<![\w-])(?!\w+day\b)(?:([A-Z][\w\u2019'-]*),\s(?:who|which|whose|the|a|an|his|her|its|\d+)\b[^,]*,(?=\s)"
    r"|(?<=\b[Tt]he\s)((?:[\w\u2019'-]+\s){0,3}[a-z-]+),\s(?:who|whose)\b[^,]*,(?=\s))"
)
"""Stands between a subject and its verb."""
_PRONOUN = re.compile(r"\b(?:he|she|they|it|I|we)\b", re.IGNORECASE)
_FIRST = re.compile(r"I|we", re.IGNORECASE)
_BREAK = re.compile(r";|,\s(?:and|but|while|as)\s|\s(?:but|while|whereas|because|that)\s")
_OPENS_QUOTED = re.compile('\\A\\W*["\u201c\u2018]')
_GOES_ON = re.compile(
    r"\W*(?:(?:The|As\s(?:the|a))\s(?:first|second|third|fourth|fifth|last|other)\b|(?:These|Those|Others?|Another)\b"
    r"|Among\s(?:them|these|those)\b)"
)
"""Opens a sentence that goes on with a list."""
_BESIDE_VERB = r"(?:also|has|have|had|will|would|later|then|\w+ly)"
_BEHIND = re.compile(rf"\s(?:{_BESIDE_VERB}\s)*\Z")
_INVERTED = re.compile('(?:[,"\u201d\u2019]|^)\\s?\\Z')
"""Stands before a verb whose subject stands behind it: the end of what was said."""
_OFFICE = re.compile(r"[\s,]*(?:(?:the|an?|Mr|Mrs|Ms|Dr)\s)?(?:[a-z-]+[\s,]+){0,4}")
_DESCRIBED = re.compile(
    rf"\b[Tt]he\s((?:(?!{_BESIDE_VERB}\b)[a-z-]+\s){{0,2}}(?!{_BESIDE_VERB}\b)[a-z-]+)\s(?:{_BESIDE_VERB}\s)*\Z"
)
"""A subject without a name: "the prime minister"."""
_THAT = re.compile(r"\s(?:(?:\w+\s){0,3}?that\s)?")
_QUOTES = "\"\u201c\u2018'"
LEAST_TOLD = 15
"""Characters behind a verb that are said to be told by it."""
REMEMBERED = 64
"""Passages: each of their spans asks for what they tell."""
_LONGEST = 70
"""Characters between a subject and its verb."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Whose words or act a question asks for.

    Attributes:
        who: the one who said or did it, as the question names them.
        told: the verbs by which it is told.
        asked: the topic, or the verb, as the question has it.
        topic: the terms of the topic; empty for an act.
        article: more of the article's text, from which it may be known who holds an office.
    """

    who: str
    told: re.Pattern[str]
    asked: str
    topic: frozenset[str]
    article: str = ""


def find_deed(question: str) -> Deed | None:
    """Return whose words or which act a question asks for: "What did Berg promise?"; None if for something else."""
    found = _ASKED.match(find_opening(question))
    if not found or not list_names(f"of {found['who']}", frozenset()):
        return None
    topic = _find_topic(found["rest"])
    if found["said"] and not list_content(topic):
        return None
    act = found["act"] or ""
    told = next((told for asked, told in _ACTS.items() if re.fullmatch(asked, act, re.IGNORECASE)), "")
    verbs = re.compile(rf"\b(?:{told})\b", re.IGNORECASE) if told else _SPOKE
    return Deed(found["who"], verbs, topic or act, list_content(topic))


def _find_topic(rest: str) -> str:
    """Return what stands behind "about" or the like at the end of a question, unless it is a day."""
    topic = _TOPIC.search(rest)
    is_day = topic and (list_dates(topic["topic"]) or list_weekdays(topic["topic"]))
    return topic["topic"] if topic and not is_day else ""


@lru_cache(REMEMBERED)
def list_telling(deed: Deed, text: str, sentences: tuple[Offsets, ...], title: str = "") -> list[Offsets]:
    """Return the sentences in which the one asked about says or does it.

    With a topic, they are those that have most of its words; in an article with a title on it, they may have none.
    """
    told = _list_told(deed, text, sentences, title)
    shared = {place: len(deed.topic & list_terms(text[slice(*place)])) for place in told}
    most = max(shared.values(), default=0)
    is_titled = 2 * len(deed.topic & list_terms(title)) >= len(deed.topic)
    return [place for place in told if shared[place] == most] if most or is_titled else []


def _list_told(deed: Deed, text: str, sentences: Sequence[Offsets], title: str) -> list[Offsets]:
    """Return the sentences in which the one asked about is the subject of such a verb, and those that go on from them.

    They go on in quotes, or with a list. A pronoun stands for the name that the sentence before begins with, at the
    beginning for one in the title.
    """
    told, is_theirs, known = list[Offsets](), False, f"{text}\n{deed.article}"
    speaker = deed.who if _is_same(deed.who, title, known) else ""
    for place in sentences:
        sentence, before = text[slice(*place)], text[: place[0]]
        goes_on = bool(_OPENS_QUOTED.match(sentence) or _GOES_ON.match(sentence)) or _is_open(before)
        is_theirs = _is_told(deed, deed.told, sentence, speaker, known, is_theirs) or (is_theirs and goes_on)
        if is_theirs:
            told.append(place)
        if not _PRONOUN.search(sentence):
            speaker = next((name.text for name in _list_named(sentence)), speaker)
    return told


def _is_open(text: str) -> bool:
    """Whether a text ends within quotation marks."""
    return text.count('"') % 2 == 1 or text.count("\u201c") > text.count("\u201d")


def cut_told(deed: Deed, text: str, place: Offsets) -> Offsets:
    """Return the part of a sentence that is said or done: what stands behind the verb, or before a verb at the end."""
    start, end = place
    end -= len(text[start:end]) - len(text[start:end].rstrip(". "))
    verb = deed.told.search(text, start, end)
    if verb is None or text[start] in _QUOTES:
        return start, end
    that = _THAT.match(text, verb.end(), end)
    return (that.end() if that else verb.end() + 1, end) if end - verb.end() > LEAST_TOLD else (start, end)


def _is_told(deed: Deed, verbs: re.Pattern[str], sentence: str, speaker: str, text: str, is_theirs: bool) -> bool:
    """Whether the one asked about stands as the subject of such a verb; a pronoun stands for the speaker.

    In the first person it is who says the sentence; `is_theirs` tells that the sentence before was theirs.
    """
    plain = _ASIDE.sub(r"\1\2", sentence)
    for found in verbs.finditer(plain):
        for subject in _list_subjects(plain, found):
            if _FIRST.fullmatch(subject):
                is_same = is_theirs or (verbs is not _SPOKE and _is_told(deed, _SPOKE, sentence, speaker, text, False))
            else:
                is_same = _is_same(deed.who, speaker if _PRONOUN.fullmatch(subject) else subject, text)
            if is_same:
                return True
    return False


def _list_subjects(sentence: str, verb: re.Match[str]) -> Iterator[str]:
    """Yield the name, or else the pronoun, nearest before a verb in its clause, and the name right behind it.

    What is said with a participle, as in "she left, saying ...", is said by whom the sentence begins with.
    """
    is_participle = verb[0].casefold().endswith("ing")
    before = sentence[: verb.start()] if is_participle else _BREAK.split(sentence[: verb.start()][-_LONGEST:])[-1]
    names = _list_named(before)
    pronouns = [found[0] for found in _PRONOUN.finditer(before, names[-1].end if names else 0)]
    if is_participle:
        yield from [name.text for name in names][:1] or pronouns[:1]
    elif pronouns:
        yield pronouns[-1]
    elif names:
        yield names[-1].text if _is_person(names[-1].text) else _BEHIND.sub("", before[names[0].start :])
    elif described := _DESCRIBED.search(before):
        yield described[1]
    behind = sentence[verb.end() :][:_LONGEST]
    names = list_names(f",{behind}", frozenset())
    if names and _INVERTED.search(before) and _OFFICE.fullmatch(behind[: names[0].start - 1]):
        yield names[0].text
        if len(names) > 1 and not _is_person(names[0].text) and behind[names[0].end - 1 : names[1].start - 1] == ", ":
            yield names[1].text


def _list_named(text: str) -> list[Name]:
    """Return the names of a sentence, without an ordinary word that begins it."""
    return [
        name
        for name in list_names(text, frozenset())
        if name.start or len(name.words) > 1 or find_countries(name.text) or not is_common(name.text)
    ]


def _is_person(name: str) -> bool:
    _, countries = split_countries(name)
    return not countries and (len(name.split()) == 1 or is_given_name(name.split()[0]))


def _is_same(asked: str, told: str, text: str) -> bool:
    """Whether a subject is the one asked about: the last word of the name, the seat of the country, or the office."""
    names = list_names(f"of {asked}", frozenset())
    words = list_words(told)
    if any(is_named(name, words) or _has_last(name, words) for name in names):
        return True
    if not told[-1:].islower() or not told.split()[-1].islower():
        return False
    last = "|".join(re.escape(fold(name.text.split()[-1])) for name in names)
    beside = rf"\b{re.escape(fold(told))}\s(?:\w+\s)?(?:{last})\b"
    return asked.removeprefix("the ").startswith(told) or bool(re.search(beside, fold(text)))


def _has_last(name: Name, words: Iterable[str]) -> bool:
    """Whether the last word of a name, such as a family name, is among the words, perhaps in another spelling."""
    last = fold(name.words[-1])
    return any(last == word or (word.isalpha() and is_spelled_alike(last, word)) for word in map(fold, words))
