"""Fragments: "and when?", "what about Germany?", "for the OSCE?", "the year after?" asked again in full."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from rag.asking.grammar import lexicon as words
from rag.asking.grammar.memory import Memory, Told, is_short
from rag.asking.grammar.mentions import Kind, Known, classify_phrase, strip_determiner
from rag.asking.grammar.phrases import Phrase, Token, find_dates, find_phrases, tag_words

MOST_FRAGMENT_WORDS = 8
MOST_BARE_WORDS = 4
"""Longer ones without "and" or "what about" in front are questions and searches of their own."""

_OPENING = re.compile(r"(?:(?:and|but|so|or|ok|okay|also|well|then)[ ,]+)*(?:(?:what|how) about )?", re.IGNORECASE)
_SHIFT = re.compile(
    r"(?:in )?(?:the |a |one )?(?P<step>next|following|previous|preceding)? ?(?P<unit>year|month|day)"
    r" ?(?P<side>after(?:wards)?|later|before|earlier)?(?: that)?",
    re.IGNORECASE,
)
_SIGNS = " ?.!,;:"
_REPLIES = frozenset("reply replied respond responded react reacted answer answered".split())
"""Verbs that say enough without what was said."""


def complete(text: str, memory: Memory) -> str | None:
    """Return the fragment asked in full, after the pattern of the last question; None if it is no fragment."""
    opening = _OPENING.match(text)
    body = text[opening.end() if opening else 0 :].strip(_SIGNS)
    has_opening = bool(opening and opening[0])
    tokens = tag_words(body)
    if not tokens or len(tokens) > MOST_FRAGMENT_WORDS or tokens[0].word in words.GREETINGS:
        return None
    if tokens[0].tag == "W" or (tokens[0].tag == "P" and len(tokens) > 1 and tokens[1].tag == "W"):
        is_long = len(tokens) > MOST_BARE_WORDS and not has_opening
        return None if is_long else _complete_question_word(body, tokens, memory)
    if any(token.tag in "AVWRJ" for token in tokens):
        return None
    shifted = _shift_date(body, memory.last)
    if shifted:
        return shifted
    replaced = _replace_slot(body, memory.last.question, memory.known, is_bare=not has_opening)
    if replaced or not has_opening:
        return replaced
    return _append(memory.last.question, body)


def _append(question: str, fragment: str) -> str:
    return f"{question.rstrip(_SIGNS)}, and {_lower(fragment)}?"


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """Return the text with its first word in lower case; names and acronyms stay."""
    first = tag_words(text)[0]
    return text[:1].lower() + text[1:] if first.tag != "N" else text


# "when?", "who else?", "how many firefighters?"


def _complete_question_word(body: str, tokens: Sequence[Token], memory: Memory) -> str | None:
    last = memory.last
    if any(token.tag in "AV" for token in tokens[1:]):
        return None
    place = next((token.start for token in tokens[1:] if token.tag == "P" and token.word != "of"), 0)
    if place and last.question.casefold().startswith(body[:place].strip().casefold()):
        return _replace_slot(body[place:], last.question, memory.known, is_bare=False)
    asked = [token.word for token in tokens if token.tag != "B" or token.word in ("else", "not")]
    if asked in (["when"], ["where"], ["why"], ["how"], ["why", "not"], ["since", "when"], ["how", "so"]):
        return _ask_circumstance(body, last)
    opening = last.question[: len(tokens[0].text)].casefold()
    if asked[-1] == "else" and opening == tokens[0].word:
        return f"{_capitalize(body)} {last.question[len(opening) :].strip()}"
    nouns = [token for token in tokens[1:] if token.tag in "NJD"]
    if nouns and opening == tokens[0].word:
        return _replace_opening(body, last.question)
    return _append(last.question, body)


def _replace_opening(body: str, question: str) -> str:
    """Return the question with another "how many X" or "which X" in front."""
    return f"{_capitalize(body)} {question[_find_opening_end(tag_words(question), question) :].strip()}"


def _find_opening_end(tokens: Sequence[Token], question: str) -> int:
    return next((token.start for token in tokens[1:] if token.tag in "AV"), len(question))


def _ask_circumstance(body: str, last: Told) -> str:
    """Return when, where, why or how it was that what was asked and answered came about."""
    word, question = _capitalize(body.removesuffix(" not").removesuffix(" so")), last.question
    tokens = tag_words(question)
    start = next((index for index, token in enumerate(tokens) if token.tag == "W"), None)
    if tokens[0].tag == "A":
        return f"{word} {_lower(question)}"
    if start is None or start > 1:
        return _append(question, body)
    auxiliary = next((index for index, token in enumerate(tokens) if token.tag in "AV" and index > start), None)
    if auxiliary is None:
        return _append(question, body)
    opening = tokens[start + 1 : auxiliary]
    rest = question[tokens[auxiliary].start :]
    asked = " ".join(token.text for token in opening if token.tag in "NS")
    if tokens[auxiliary].tag == "V":
        subject = last.span if is_short(last.span) else asked or "someone"
        return f"{word} was it that {subject} {rest}"
    content = asked or (_name_content(last) if tokens[start].word in ("what", "who") else "")
    if opening and opening[0].tag == "B" and opening[0].word not in ("long", "often") and not asked:
        return f"{word} {rest.rstrip(_SIGNS)} so {opening[0].text}?" if word == "Why" else f"{word} {rest}"
    is_said = any(token.word in _REPLIES for token in tokens)
    return f"{word} {rest if is_said else _put_back(content, rest)}"


def _name_content(last: Told) -> str:
    return last.span if is_short(last.span) else "something" if last.question.casefold().startswith("what did ") else ""


def _put_back(content: str, rest: str) -> str:
    """Return the rest of a question with what was asked for back in its place: behind the verb, or as the subject."""
    tokens = tag_words(rest)
    if not content or content.casefold() in rest.casefold():
        return rest
    verb = next((token for token in tokens if token.tag == "V"), None)
    has_subject = len(tokens) > 1 and tokens[1].tag in "DNR"
    is_equation = verb is None and tokens[0].word in words.BE
    place = tokens[0].end if not has_subject or is_equation else verb.end if verb else None
    return rest if place is None else f"{rest[:place]} {content}{rest[place:]}"


# "and Germany?", "for Germany?", "in 2023?"


def _replace_slot(body: str, question: str, known: Known, *, is_bare: bool) -> str | None:
    """Return the question with the fragment in the place of what is most like it; None if nothing is."""
    first, _, rest = body.partition(" ")
    preposition = first.casefold() if first.casefold() in words.PREPOSITIONS and rest else ""
    content = rest if preposition else body
    if is_bare and not preposition and len(body.split()) > MOST_BARE_WORDS:
        return None
    slots = list(find_phrases(question))
    pieces = list(find_phrases(content))
    if not pieces:
        return None
    if content.casefold().endswith(("'s", "’s")):
        return _replace_owner(content, question, slots)
    slot = _choose_slot(preposition, pieces, slots, known, is_bare=is_bare)
    if slot:
        return _fill(question, slot, _add_year(content, slot), pieces)
    return f"{question.rstrip(_SIGNS)} {body}?" if preposition else None


def _choose_slot(
    preposition: str, pieces: Sequence[Phrase], slots: Sequence[Phrase], known: Known, *, is_bare: bool
) -> Phrase | None:
    piece = classify_phrase(pieces[0], known)
    kinds = {slot: classify_phrase(slot, known) for slot in slots}
    same_place = [slot for slot in slots if slot.preposition == preposition and slot.is_date == pieces[0].is_date]
    same_kind = [slot for slot in slots if kinds[slot].kind is piece.kind]
    same_head = [slot for slot in slots if slot.head == pieces[0].head]
    names = [slot for slot in slots if kinds[slot].is_name and kinds[slot].kind is not Kind.DATE]
    if preposition:
        alike = [slot for slot in same_place if slot in same_kind]
        alike = alike or same_place
        return next(iter(alike[-1:] or [slot for slot in same_kind if slot.preposition and piece.is_name]), None)
    if same_head or piece.kind is Kind.DATE:
        return next(iter(same_head or same_kind), None)
    typed = [slot for slot in same_kind if slot in names and piece.kind not in (Kind.THING, Kind.NAME)]
    return next(iter(typed or ([] if is_bare else names)), None)


def _fill(question: str, slot: Phrase, content: str, pieces: Sequence[Phrase]) -> str:
    """Return the question with `content` in the slot; "of" phrases go with it, and owners stay: "the ECB's"."""
    end = slot.end
    if len(pieces) > 1:  # "the end of 2023" for "the end of 2022"
        following = [other for other in find_phrases(question) if other.preposition == "of" and other.start > slot.end]
        end = following[0].end if following and following[0].start - slot.end <= len(" of ") else end
    owner, mark, _ = slot.text.rpartition("'s ")
    has_owner = bool(mark) and content.casefold().startswith("the ")
    filled = f"{owner}'s {strip_determiner(content)}" if has_owner else content
    return f"{question[: slot.start]}{filled}{question[end:]}"


def _add_year(content: str, slot: Phrase) -> str:
    """Return a month or day with the year of the date in whose place it comes."""
    year = re.search(r"\b\d{4}$", slot.text)
    is_month = find_dates(content) == [content] and content.casefold() not in words.WEEKDAYS
    lacks_year = slot.is_date and is_month and not re.search(r"\d{4}", content)
    return f"{content} {year[0]}" if year and lacks_year else content


def _replace_owner(content: str, question: str, slots: Sequence[Phrase]) -> str | None:
    for slot in slots:
        _, mark, owned = slot.text.partition("'s ")
        if mark:
            return f"{question[: slot.start]}{content} {owned}{question[slot.end :]}"
    return None


# "the year after?"


def _shift_date(body: str, last: Told) -> str | None:
    """Return the last question for the next or previous year, month or day."""
    match = _SHIFT.fullmatch(body)
    if not match or not (match["step"] or match["side"]):
        return None
    is_back = (match["step"] or match["side"]).casefold() in ("previous", "preceding", "before", "earlier")
    for text in (last.question, last.span):
        for found in find_dates(text):
            moved = move_date(found, match["unit"].casefold(), -1 if is_back else 1)
            if moved and text is last.question:
                return last.question.replace(found, moved, 1)
            if moved:
                return f"{last.question.rstrip(_SIGNS)} in {moved}?"
    return None


def move_date(text: str, unit: str, step: int) -> str:
    """Return a date some years, months or days on, written as it was; "" where it does not say so much."""
    parts = re.findall(r"\w+", text)
    month = next((part for part in parts if part.casefold() in words.MONTHS), "")
    year = next((part for part in parts if len(part) == 4 and part.isdigit()), "")
    day = next((part for part in parts if len(part) < 3 and part.isdigit()), "")
    if not year or (unit != "year" and not month) or (unit == "day" and not day):
        return ""
    if unit == "year":
        return text.replace(year, str(int(year) + step))
    number = words.MONTHS.index(month.casefold())
    if unit == "month":
        number, years = (number + step) % 12, (number + step) // 12
        return f"{words.MONTHS[number].capitalize()} {int(year) + years}"
    if not 0 < int(day) <= monthrange(int(year), number + 1)[1]:
        return ""
    moved = date(int(year), number + 1, int(day)) + timedelta(days=step)
    return f"{moved.day} {words.MONTHS[moved.month - 1].capitalize()} {moved.year}"
