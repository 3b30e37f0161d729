"""Pronouns and descriptions: "he", "its", "there", "that", "the town", put back into names."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.memory import Memory
from rag.asking.grammar.mentions import Kind, classify_phrase
from rag.asking.grammar.phrases import Edit, Phrase, Token, apply, count_content, find_phrases, tag_words

PEOPLE = frozenset({Kind.PERSON, Kind.NAME})
THINGS = frozenset({Kind.THING, Kind.NAME})
MOST_CONTENT_AROUND_THERE = 5
"""With more nouns and verbs than these, "there" may well be a place that the question names itself."""

_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|could|might|did|does|has) it (?:be |been )?(?:\w+ly )?"
    r"(?:that|true|possible|likely|clear|known|legal|illegal|safe|worth|necessary|about time|like to"
    r"|take\b.+\bto)\b"
    r"|\bit (?:is|was|takes|took|seems|seemed) (?:\w+ )?(?:that|to)\b",
    re.IGNORECASE,
)
_MOTION = frozenset("go goes went come came travel travelled fly flew drive drove sail sailed send sent".split())
_LOCATING = ("in", "at", "near", "to", "on", "from")


def resolve(text: str, memory: Memory) -> tuple[str, bool]:
    """Return the text with its pronouns put back into names, and whether one of them could not be."""
    tokens = tag_words(text)
    edits: dict[str, Edit] = {}
    is_open = False
    for index, token in enumerate(tokens):
        group = _group(token, tokens, index)
        if not group or group in edits or not _is_open(tokens, index, text, memory):
            continue
        said = " ".join([text, *(edit.text for edit in edits.values())])
        found = _find_antecedent(group, token, tokens, index, said, memory)
        if found:
            edits[group] = Edit(token.start, token.end, _decline(found, token, tokens, index))
        else:
            is_open = True
    return apply(text, edits.values()), is_open


def _group(token: Token, tokens: Sequence[Token], index: int) -> str:
    """Return which pronouns a word belongs to; "" if it is none that refers to something said before."""
    word = token.word
    if token.tag != "R":
        return ""
    for name, members in (("he", words.MALE), ("she", words.FEMALE), ("it", words.NEUTER), ("they", words.PLURAL)):
        if word in members:
            return name
    before = tokens[index - 1] if index else token
    if word == "there":
        is_last = index + 1 == len(tokens) or tokens[index + 1].tag in "XCPT"
        return word if is_last and before.tag != "A" else ""
    if word in ("that", "this", "these", "those"):
        return "that" if before.tag in "PAV" else ""
    return ""


def _is_open(tokens: Sequence[Token], index: int, text: str, memory: Memory) -> bool:
    """Whether the pronoun stands for nothing in its own question."""
    token = tokens[index]
    if token.word == "it" and any(match.start() <= token.start < match.end() for match in _EXPLETIVE.finditer(text)):
        return False
    if token.word == "there":
        return count_content(tokens) <= MOST_CONTENT_AROUND_THERE
    if token.word in ("that", "this", "these", "those"):
        return True
    clause = _find_clause_start(tokens, index)
    is_owner = token.word in words.POSSESSIVES and not _is_object(tokens, index)
    end = tokens[index].start if is_owner else tokens[clause].start
    subject = _find_subject_start(tokens, index) if is_owner else -1
    return not any(
        _may_stand_for(token, phrase, memory)
        for phrase in find_phrases(text)
        if (phrase.end <= end or phrase.start == subject) and not phrase.is_date
    )


def _find_subject_start(tokens: Sequence[Token], index: int) -> int:
    """Return where the subject begins that comes later: "After its launch did Webb ...?"; -1 if there is none."""
    for auxiliary, following in pairwise(tokens[index:]):
        if auxiliary.tag == "A":
            is_first = not any(token.tag in "AV" for token in tokens[:index])
            return following.start if is_first else -1
    return -1


def _find_clause_start(tokens: Sequence[Token], index: int) -> int:
    """Return where the clause of a word begins; a question word at the very beginning begins the first."""
    for place in range(index, 0, -1):
        token = tokens[place]
        opens_late = token.word in ("as", "after", "before", "since", "until") and place + 1 == index < len(tokens) - 1
        if token.text == "," or (token.tag == "W" and place > 1) or opens_late:
            return place
        if place < index and token.word in ("said", "say", "says", "think", "believe", "claimed", "told"):
            return place + 1 if tokens[place + 1].word not in words.PREPOSITIONS else 0
    return 0


def _is_object(tokens: Sequence[Token], index: int) -> bool:
    """Whether "her" is the object: nothing it could own follows."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].word == "her" and (following is None or following.tag not in "NV")


def _may_stand_for(token: Token, phrase: Phrase, memory: Memory) -> bool:
    mention = classify_phrase(phrase, memory.known)
    if token.word in words.MALE | words.FEMALE:
        wrong = Kind.FEMALE if token.word in words.MALE else Kind.MALE
        return mention.kind is not wrong and (mention.kind.is_person or mention.kind is Kind.NAME)
    if token.word in words.NEUTER:
        return mention.kind in (Kind.THING, Kind.PLACE, Kind.NAME)
    return True


def _find_antecedent(group: str, token: Token, tokens: Sequence[Token], index: int, text: str, memory: Memory) -> str:
    is_owner = token.word in words.POSSESSIVES and not _is_object(tokens, index)
    if group in ("he", "she"):
        sex = Kind.MALE if group == "he" else Kind.FEMALE
        found = memory.find({sex, Kind.PERSON}, text) or memory.find({Kind.NAME}, text)
    elif group == "that":
        found = memory.find_told({Kind.THING}, text)
    elif group == "it":
        kinds = THINGS | {Kind.PLACE} if is_owner else THINGS
        found = memory.find_told(kinds, text) or memory.find(THINGS, text) or memory.find(kinds, text)
    elif group == "there":
        return _find_place(memory, is_goal=bool(index) and tokens[index - 1].word in _MOTION)
    else:
        found = memory.find_several(text)
    return found.text if found else ""


def _find_place(memory: Memory, *, is_goal: bool) -> str:
    """Return where it was, with a preposition: "in Lahaina", or "to Lahaina" where someone went."""
    for turn, mentions in zip(memory.turns, memory.mentions, strict=True):
        for mention in mentions:
            if mention.kind is Kind.PLACE:
                return f"{'to' if is_goal else 'in'} {mention.text}"
        phrases = [phrase for phrase in find_phrases(turn.question) if not phrase.is_date]
        located = [phrase for phrase in phrases if phrase.preposition in _LOCATING]
        names = [phrase for phrase in phrases if classify_phrase(phrase, memory.known).is_name]
        if located:
            return f"{located[-1].preposition} {located[-1].text}"
        if names:
            return f"at {names[-1].text}"
    return ""


def _decline(name: str, token: Token, tokens: Sequence[Token], index: int) -> str:
    """Return the name in the form of the pronoun."""
    first, _, rest = name.partition(" ")
    if first.casefold() in ("a", "an", "its", "his", "her", "their") and rest:
        name = f"the {rest}"
    if token.word in words.POSSESSIVES and not _is_object(tokens, index):
        return f"{name}'" if name.endswith("s") else f"{name}'s"
    return name
