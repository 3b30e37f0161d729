"""A chat model makes follow-up questions stand alone, held to what was said; without its help the rules do it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rag.asking.followup import MOST_TURNS, Rewriter
from rag.asking.grammar.memory import is_short
from rag.asking.grammar.phrases import tag_words
from rag.chat_model import Message, drop_thoughts, stream_text
from rag.errors import ChatModelError
from rag.question import Question, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_SECONDS = 8.0
"""A reader waits for this before the search begins; later than this the rules will do."""
MOST_ADDED = 300
"""Characters that a rewritten question may have more than the typed one."""
STEM = 5

RULES = """You rewrite the last question of a conversation about news articles so that it can be understood without \
the conversation.
- Replace pronouns and words such as "there", "that" or "the company" by the names they stand for.
- Complete fragments: after "When did Spain join?", "and Italy?" becomes "When did Italy join?".
- Change nothing else, add nothing else, and do not answer it.
- If the question can be understood by itself, repeat it as it is.
Reply with the one question, and nothing else."""

_START = re.compile(r"^(?:(?:(?:last|rewritten|stand-?alone)\s+)?question\s*:|[-*>\s])*", re.IGNORECASE)
_QUOTES = " *\"'“”‘’"


class ChatRewriter:
    """Lets a chat model rewrite what the rules would change; what it makes up is not taken.

    What the rules find complete is not shown to the model, so that no model spoils a question that stands alone.
    """

    def __init__(self, model: "BaseChatModel", rules: Rewriter, *, seconds: float = MOST_SECONDS) -> None:
        """Ask `model`, for at most `seconds`, and go by `rules` where it fails."""
        self._model = model
        self._rules = rules
        self._seconds = seconds

    def rewrite(self, question: Question) -> str:
        """Return the question in words that need no history: the model's if they can be trusted, else the rules'."""
        by_rules = self._rules.rewrite(question)
        if by_rules == question.text:
            return by_rules
        try:
            *_, reply = ("", *stream_text(self._model, make_messages(question), self._seconds))
        except ChatModelError:
            return by_rules
        rewritten = read_reply(reply)
        return rewritten if is_faithful(rewritten, question) else by_rules


def make_messages(question: Question) -> list[Message]:
    """Return what the model is told: questions, short answers and titles, never the quotes of articles."""
    told = [line for turn in question.history[-MOST_TURNS:] for line in _tell(turn)]
    return [("system", RULES), ("human", "\n".join([*told, f"Last question: {question.text}"]))]


def read_reply(reply: str) -> str:
    """Return the question in a model's reply: its first line that is not empty, without what is put around it."""
    lines = drop_thoughts(reply).strip().splitlines()
    return _START.sub("", lines[0].strip()).strip(_QUOTES) if lines else ""


def is_faithful(rewritten: str, question: Question) -> bool:
    """Whether a reply can be taken for the question: a question, another, of words that were said, with all names."""
    is_other = rewritten.casefold().rstrip("?") != question.text.casefold().rstrip("?")
    if not is_other or not 0 < len(rewritten) <= len(question.text) + MOST_ADDED:
        return False
    tokens, typed = tag_words(rewritten), tag_words(question.text)
    is_question = rewritten.endswith("?") or tokens[0].tag in "WAP"
    said = _list_stems([question.text, *(line for turn in question.history for line in _tell(turn))])
    names = _list_stems(token.text for token in typed[1:] if token.text[0].isupper() or token.text[0].isdigit())
    used = _list_stems([rewritten])
    content = _list_stems(token.text for token in tokens if token.tag in "NVT")
    return is_question and content <= said and names <= used


def _tell(turn: Turn) -> list[str]:
    lines = [f"Question: {turn.searched_for or turn.question}"]
    short = turn.span or turn.answer
    if is_short(short):
        lines.append(f"Answer: {short}")
    return [*lines, *(f"Source: {title}" for title in turn.titles[:2])]


def _list_stems(texts: Iterable[str]) -> set[str]:
    """Return the first letters of every word, so that "visited" is taken for "visit"."""
    return {token.word[:STEM] for text in texts for token in tag_words(text)}
