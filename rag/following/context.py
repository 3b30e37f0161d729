"""What a question leaves unsaid without a pronoun: "the town", "who abstained?"."""

from collections.abc import Sequence
from itertools import pairwise

from rag.following import lexicon as words
from rag.following.memory import Memory
from rag.following.mentions import classify_phrase, strip_determiner
from rag.following.phrases import Edit, Phrase, apply, count_content, find_phrases, tag_words

MOST_CONTEXT = 4
MOST_CONTENT = 3
MOST_CONTENT_OF_A_DESCRIPTION = 5
"""With more nouns and verbs a question says enough; with "the meeting" or the like in it, it may have more."""


def describe(text: str, memory: Memory) -> str:
    """Return the text with bare descriptions, such as "the town", in the words they stand for, where that is sure.

    It is where the noun was asked for ("which town ...?") or stands in an earlier question with more about it.
    """
    edits = [
        Edit(phrase.start, phrase.end, named)
        for phrase in find_descriptions(text, memory)
        if len(phrase.core.split()) == 1 and (named := _name_described(phrase, text, memory))
    ]
    return apply(text, edits[:1])


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
        and phrase.core.casefold() not in words.UNITS
        and (len(phrase.core.split()) == 1 or phrase.head in words.KINDS)
        and not (phrase.end in following and following[phrase.end].word in ("of", "that", "who", "which"))
    ]


def _name_described(phrase: Phrase, text: str, memory: Memory) -> str:
    answer = memory.find_asked(phrase.head)
    if answer:
        return "" if strip_determiner(answer).casefold() in text.casefold() else answer
    if not is_vague(text, memory):
        return ""
    for turn in memory.turns:
        for other in find_phrases(turn.question):
            is_fuller = len(other.core.split()) > len(phrase.core.split()) or " of " in turn.question[other.end :][:4]
            if other.head == phrase.head and is_fuller:
                longer = _with_complement(other, turn.question)
                return "" if longer.casefold() in text.casefold() else longer
    return ""


def _with_complement(phrase: Phrase, question: str) -> str:
    """Return the phrase with an "of" phrase behind it: "the governor of Hawaii"."""
    complements = [other for other in find_phrases(question) if other.preposition == "of" and other.start > phrase.end]
    is_next = complements and complements[0].start - phrase.end <= len(" of ")
    text = question[phrase.start : complements[0].end if is_next else phrase.end]
    return text if text.split()[0].casefold() in words.DETERMINERS or text[0].isupper() else f"the {text}"


# what the conversation is about


def list_context(text: str, memory: Memory) -> list[str]:
    """Return what the last turn was about, without what the text says already: names and dates first."""
    asked, *_ = (*memory.mentions[0], None) if memory.mentions[0] else (None,)
    phrases = [(phrase, classify_phrase(phrase, memory.known)) for phrase in find_phrases(memory.last.question)]
    named = [phrase.text for phrase, mention in phrases if mention.is_name]
    chosen = named or [phrase.text for phrase, _ in phrases if phrase.text.split()[0].casefold() == "the"][:1]
    if asked and asked.is_name and asked.text not in chosen:
        chosen = [asked.text, *chosen]
    said = text.casefold()
    return [item for item in dict.fromkeys(chosen) if strip_determiner(item).casefold() not in said][:MOST_CONTEXT]


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
    has_kind = any(phrase.head in words.KINDS for phrase in find_descriptions(text, memory))
    if count_content(tokens) > (MOST_CONTENT_OF_A_DESCRIPTION if has_kind else MOST_CONTENT):
        return False
    mentions = [classify_phrase(phrase, memory.known) for phrase in find_phrases(text)]
    return not any(mention.is_name and mention.text.casefold() not in words.WEEKDAYS for mention in mentions)
