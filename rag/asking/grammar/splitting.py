"""Several questions in one message, taken apart: "Who handed it over, and when?"."""

import re
from collections.abc import Iterator, Sequence

from rag.asking.grammar.asides import strip_courtesy
from rag.asking.grammar.phrases import Token, tag_words

MOST_QUESTIONS = 4
"""In one message; what comes behind them belongs to the last."""
MOST_BETWEEN = 4
"""Words between a question word and its verb: "how many more people were"."""

_MARK = re.compile(r"(?<=\?)\s+(?=\S)")
_CIRCUMSTANCES = frozenset("when where why how".split())
_SUBJECTS = frozenset("who what which".split())
_SIGNS = " ,;.?!"


def split_questions(text: str) -> tuple[str, ...]:
    """Return the questions of a message, in order, each as it was typed; a single one as it is.

    "When and where did they meet?" is "When did they meet?" and "where did they meet?". Clauses that belong to one
    question are not parted: "Did she say when and where it began?".
    """
    pieces = [piece for piece in _MARK.split(text.strip()) if any(map(str.isalnum, piece))]
    if not all(map(_asks, pieces)):
        return (text,)
    found = [question for piece in pieces for question in _split_sentence(piece)]
    return tuple(found) if 1 < len(found) <= MOST_QUESTIONS else (text,)


def _asks(piece: str) -> bool:
    """Whether it is asked, and not told, as what a question is about may be."""
    return "?" in piece or bool(_skip_opening(tag_words(strip_courtesy(piece)))[:1])


def _skip_opening(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens from the question word or auxiliary on; none if there is neither at the beginning."""
    for index, token in enumerate(tokens[:3]):
        if token.tag in "WA":
            return tokens[index:]
        if token.tag not in "CPX":
            break
    return ()


def _split_sentence(piece: str) -> Iterator[str]:
    asked = strip_courtesy(piece)
    tokens = tag_words(asked)
    place = next(_find_joints(asked, tokens), None) if _skip_opening(tokens) else None
    if place is None:
        yield piece
        return
    first, second = asked[: place[0]].rstrip(_SIGNS), asked[place[1] :]
    if first.casefold() in _CIRCUMSTANCES:
        first = f"{first} {second.partition(' ')[2].rstrip(_SIGNS)}"
    yield f"{first}?"
    yield from _split_sentence(f"{second.rstrip(_SIGNS)}?")


def _find_joints(asked: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where one question ends and where the next begins."""
    quoted = [found.span() for found in re.finditer(r"[\"“][^\"”]*[\"”]", asked)]
    for index, token in enumerate(tokens[1:-1], 1):
        if token.word not in ("and", "but", ";", "&") or any(start < token.start < end for start, end in quoted):
            continue
        before, after = tokens[:index], tokens[index + 1 :]
        while after and after[0].tag in "BX":
            after = after[1:]
        if after and _can_end(before, after) and _can_begin(before, after):
            yield token.start, after[0].start


def _can_end(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether what stands before is a whole question: with a verb, and no clause that may go on; or "when"."""
    if len(before) == 1:
        return before[0].word in _CIRCUMSTANCES and after[0].word in _CIRCUMSTANCES
    inner = [token for token in before[2:] if token.tag == "W"]
    return any(token.tag in "AV" for token in before) and not inner


def _can_begin(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether what follows is a question of its own: "when", "by how much", "how did he respond", "who paid"."""
    rest = [token for token in after if token.tag != "X"]
    if rest[0].tag == "A":
        return len(rest) > 2 and (before[0].tag == "A" or rest[1].tag == "R")
    if rest[0].tag == "P" and len(rest) > 1 and rest[1].tag == "W":
        rest = rest[1:]
    if rest[0].tag != "W":
        return False
    if len(before) == 1 or (len(rest) <= 2 and all(token.tag in "WBJN" for token in rest)):
        return True
    verbs = [index for index, token in enumerate(rest[1 : MOST_BETWEEN + 2], 1) if token.tag in "AV"]
    if not verbs:
        return False
    is_inverted = rest[verbs[0]].tag == "A" and not any(token.tag in "RD" for token in rest[1 : verbs[0]])
    return is_inverted or (rest[0].word in _SUBJECTS and verbs[0] == 1)
