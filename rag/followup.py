"""A follow-up question becomes one that stands alone: "and when?" says nothing without the question before."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rag.following.anaphora import resolve
from rag.following.context import add_context, describe, find_descriptions, is_vague, list_context
from rag.following.ellipsis import complete
from rag.following.memory import Memory, Told, clean_prose, is_short, remember
from rag.question import MAX_CHARACTERS, Question, Turn

MOST_TURNS = 4
"""What was said before these is forgotten."""
RELATED = 0.25
"""How alike a question that names nothing and the last turn must be for it to be about the same."""

Likeness = Callable[[str, str], float]
"""How alike two texts are in meaning, at most 1."""


class Rewriter(Protocol):
    """Makes a question stand alone."""

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history; as it is, where it needs none or cannot be completed."""


class RuleRewriter:
    """Rewrites by rules: fragments take the form of the last question, pronouns and descriptions become names.

    A question that has neither, and names nothing either, gets what the last turn was about in brackets, if it is
    related to it. Every other question is left alone.
    """

    def __init__(self, likeness: Likeness) -> None:
        """Compare by `likeness` what names nothing."""
        self._likeness = likeness

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history."""
        told: list[Told] = []
        for turn in question.history[-MOST_TURNS:]:
            told.append(_recall(turn, turn.searched_for or self._complete(turn.question, told)))
        return self._complete(question.text, told)

    def _complete(self, text: str, told: Sequence[Told]) -> str:
        if not told:
            return text
        memory = remember(told)
        completed = complete(text, memory) or self._resolve(text, memory)
        return completed if len(completed) <= MAX_CHARACTERS else text

    def _resolve(self, text: str, memory: Memory) -> str:
        resolved, is_open = resolve(text, memory)
        if resolved != text and not is_open:
            return resolved
        described = describe(resolved, memory)
        context = list_context(text, memory) if is_open or is_vague(text, memory) else []
        if (described == text and not context) or not (is_open or self._is_related(text, memory)):
            return text
        if described != text:
            return described
        places = [phrase.end for phrase in find_descriptions(text, memory)]
        return add_context(text, context, places[0] if places else None)

    def _is_related(self, text: str, memory: Memory) -> bool:
        return self._likeness(text, f"{memory.last.question} {memory.last.prose}") >= RELATED


def _recall(turn: Turn, alone: str) -> Told:
    span = turn.span or (turn.answer if is_short(turn.answer) else "")
    return Told(alone, span, clean_prose(turn.answer, turn.titles))
