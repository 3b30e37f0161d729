"""A follow-up question becomes one that stands alone: "and when?" says nothing without the question before."""

from collections.abc import Sequence
from typing import Protocol

from embeddings.encoder import Compare
from rag.answer import NOT_FOUND
from rag.asking.grammar.anaphora import resolve
from rag.asking.grammar.asides import find_aspect, is_greeting
from rag.asking.grammar.context import add_context, find_descriptions, is_vague, list_context
from rag.asking.grammar.ellipsis import complete
from rag.asking.grammar.memory import Memory, Told, clean_prose, find_sentence, is_short, remember
from rag.asking.grammar.openness import ask_about_answer, is_bare, lacks_reference
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.question import MAX_CHARACTERS, Question, Turn

MOST_TURNS = 4
"""What was said before these is forgotten."""


class Rewriter(Protocol):
    """Makes a question stand alone."""

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history; as it is, where it needs none or cannot be completed."""


class RuleRewriter:
    """Rewrites by rules: fragments take the form of the last question, pronouns become names.

    A question that has neither, and names nothing either, gets what the last turn was about in brackets, if it is
    related to it. Every other question is left alone.

    Example:
        >>> last = Turn("When did Spain join NATO?")
        >>> RuleRewriter(encoder.compare).rewrite(Question("And Italy?", (last,)))
        'When did Italy join NATO?'
    """

    def __init__(self, compare: Compare, weights: Weights = STANDARD_WEIGHTS) -> None:
        """Ask `compare` whether a question that names nothing is about the last turn; `weights` say from where on."""
        self._compare = compare
        self._weights = weights

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history."""
        told: list[Told] = []
        for turn in question.history[-MOST_TURNS:]:
            told.append(_recall(turn, turn.searched_for or self._complete(turn.question, told)))
        return self._complete(question.text, told)

    def _complete(self, text: str, told: Sequence[Told]) -> str:
        if not told:
            return text
        about = ask_about_answer(text, told)
        if about:
            return about
        asked = [each for each in told if not each.is_aside] if is_bare(text) else told
        memory = remember(asked or told)
        completed = complete(text, memory) or self._resolve(text, memory)
        if completed == text and lacks_reference(text) and not is_bare(text):
            completed = add_context(text, list_context(text, memory, refers_to_all=True), None)
        return completed if len(completed) <= MAX_CHARACTERS else text

    def _resolve(self, text: str, memory: Memory) -> str:
        resolved, is_open = resolve(text, memory)
        is_lacking = is_open or is_vague(resolved, memory)
        context = list_context(resolved, memory, refers_to_all=is_open) if is_lacking else []
        if resolved == text and not context:
            return text
        places = [phrase.end for phrase in find_descriptions(resolved, memory)]
        least = self._weights.related_if_described if places else self._weights.related
        if resolved == text and not is_open and self._relate(text, memory) < least:
            return text
        return add_context(resolved, context, places[0] if places and not is_open else None) if context else resolved

    def _relate(self, text: str, memory: Memory) -> float:
        last = memory.last
        return max(self._compare(text, [last.question, f"{last.question} {last.prose}"]))


def _recall(turn: Turn, alone: str) -> Told:
    answer = "" if turn.answer == NOT_FOUND else turn.answer
    span = turn.span or (answer if is_short(answer) else "")
    return Told(
        alone,
        span.rstrip("."),
        clean_prose(answer, turn.titles),
        find_sentence(answer, span),
        next(iter(turn.titles), ""),
        is_bare(turn.question) or is_greeting(turn.question) or find_aspect(turn.question) is not None,
    )
