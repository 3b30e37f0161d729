"""A follow-up question becomes one that stands alone: "and when?" says nothing without the question before."""

from collections.abc import Callable, Sequence
from typing import Protocol

from rag.answer import NOT_FOUND
from rag.asking.grammar.anaphora import resolve
from rag.asking.grammar.asides import find_aspect, is_greeting
from rag.asking.grammar.context import FEW_CONTENT, add_context, find_descriptions, is_vague, list_context
from rag.asking.grammar.ellipsis import complete
from rag.asking.grammar.memory import Memory, Told, clean_prose, find_sentence, is_short, remember
from rag.asking.grammar.openness import ask_about_answer, is_bare, lacks_reference
from rag.asking.grammar.phrases import count_content, tag_words
from rag.asking.weights import STANDARD_WEIGHTS, Weights
from rag.question import MAX_CHARACTERS, Question, Turn

Departure = Callable[[str, str], float]
"""How far a question departs from the last one, as `PassageRetriever.measure_departure` tells."""

MOST_TURNS = 4
"""What was said before these is forgotten."""


class Rewriter(Protocol):
    """Makes a question stand alone."""

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history; as it is, where it needs none or cannot be completed."""


class RuleRewriter:
    """Rewrites by rules: fragments take the form of the last question, pronouns become names.

    A question that has neither, and names nothing either, gets what the last turn was about in brackets, if the
    articles of the last question answer it about as well as any. Every other question is left alone.

    Example:
        >>> last = Turn("When did Spain join NATO?")
        >>> RuleRewriter(retriever.measure_departure).rewrite(Question("And Italy?", (last,)))
        'When did Italy join NATO?'
    """

    def __init__(self, measure: Departure, weights: Weights = STANDARD_WEIGHTS) -> None:
        """Let `measure` say how far a question that names nothing departs from the last; `weights` bound that."""
        self._measure = measure
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
        if resolved == text and not is_open and self._departs(text, memory):
            return text
        return add_context(resolved, context, places[0] if places and not is_open else None) if context else resolved

    def _departs(self, text: str, memory: Memory) -> bool:
        is_brief = count_content(tag_words(text)) <= FEW_CONTENT
        most = self._weights.most_departure if is_brief else self._weights.most_departure_if_said
        return self._measure(text, memory.last.question) > most


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
