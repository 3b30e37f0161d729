"""What a question leaves unsaid without a pronoun: "the town", "who abstained?"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.memory import Memory, is_short
from rag.asking.grammar.mentions import classify_phrase, strip_determiner
from rag.asking.grammar.phrases import (
    Phrase,
    count_content,
    find_phrases,
    find_predicate,
    tag_words,
)

MOST_CONTEXT = 4
MOST_CONTENT = 3
FEW_CONTENT = 2
"""With at most so many nouns and verbs it says so little that it may depart further from the last question."""
MOST_CONTENT_OF_A_DESCRIPTION = 5
"""With more nouns and verbs a question says enough; with "the meeting" or the like in it, it may have more."""


_IDENTITY = re.compile(r"who(?: is|'s| was) (?!the |an? |that |this |in |at |on )\S+ \S+\W*", re.IGNORECASE)
"""Asks for somebody by name, maybe typed in small letters."""


def find_descriptions(text: str, memory: Memory) -> list[Phrase]:
    """Return the phrases that may stand for something said before: "the" or "that" and common nouns, and no more."""
    tokens = tag_words(text)
    following = {before.end: after for before, after in pairwise(tokens)}
    return [
        phrase
        for phrase in find_phrases(text)
        if phrase.text.split()[0].casefold() in ("the", "that", "this", "these", "those")
        and len(phrase.text.split()) > 1
        and not classify_phrase(phrase, memory.known).is_name
        and (phrase.core.casefold() not in words.UNITS or phrase.text.split()[0].casefold() == "that")
        and (len(phrase.core.split()) == 1 or (len(phrase.core.split()) == 2 and phrase.head in words.KINDS))
        and not (phrase.end in following and following[phrase.end].word in ("of", "that", "who", "which"))
    ]


def list_context(text: str, memory: Memory, *, refers_to_all: bool = False) -> list[str]:
    """Return what the last turn was about: names and dates first.

    What the text says already is left out, and what it names another of: one nebula is no context for the next. The
    short answer goes in where the text refers to all that was said.
    """
    last, known = memory.last, memory.known
    content = _list_content(text)
    if len(content) > 1 and content <= _list_content(last.question):
        return []  # it asks the same
    start = find_predicate(last.question)
    found = [phrase for phrase in find_phrases(last.question) if phrase.start >= start or phrase.text[0].isupper()]
    named = [phrase.text for phrase in found if classify_phrase(phrase, known).is_name]
    is_described = not refers_to_all and bool(find_descriptions(text, memory))
    chosen = named if named and is_described else [phrase.text for phrase in found]
    if memory.asked:
        chosen = [memory.asked.text, *chosen]
    elif refers_to_all and is_short(last.span):
        chosen = [*chosen[: MOST_CONTEXT - 1], last.span]
    said, heads = text.casefold(), {phrase.head for phrase in find_phrases(text)}
    unsaid = [item for item in dict.fromkeys(chosen) if strip_determiner(item).casefold() not in said]
    return [item for item in unsaid if item.split()[-1].casefold() not in heads][:MOST_CONTEXT]


def _list_content(text: str) -> set[str]:
    return {token.word for token in tag_words(text) if token.tag in "NV"}


def add_context(text: str, context: Sequence[str], after: int | None) -> str:
    """Return the text with the context in brackets, after a place in it or at its end."""
    note = f" ({', '.join(context)})"
    if after is None:
        body = text.rstrip(" ?.!")
        return f"{body}{note}{text[len(body) :].strip() or '?'}"
    return text[:after] + note + text[after:]


def is_vague(text: str, memory: Memory) -> bool:
    """Whether a question says too little: no name, no date, no number, nothing in brackets, and few words."""
    tokens = tag_words(text)
    if "(" in text or any(character.isdigit() for character in text) or not tokens or tokens[0].tag not in "WAPC":
        return False
    if _IDENTITY.fullmatch(text):
        return False
    has_kind = any(phrase.head in words.KINDS for phrase in find_descriptions(text, memory))
    if count_content(tokens) > (MOST_CONTENT_OF_A_DESCRIPTION if has_kind else MOST_CONTENT):
        return False
    mentions = [classify_phrase(phrase, memory.known) for phrase in find_phrases(text)]
    return not any(mention.is_name and mention.text.casefold() not in words.WEEKDAYS for mention in mentions)
