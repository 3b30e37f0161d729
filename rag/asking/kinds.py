"""What kind of answer a question asks for, told by its words alone."""

from collections.abc import Callable
from functools import lru_cache

from rag.asking.grammar.asides import find_aspect, is_greeting
from rag.asking.grammar.comparing import find_sides
from rag.asking.grammar.openness import lacks_reference
from rag.asking.grammar.splitting import split_questions
from rag.asking.openings import find_opening_kind
from rag.asking.topics import find_wish
from rag.english.foreign import is_foreign
from rag.question import Kind

KINDS: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind.HELP, is_greeting),
    (Kind.COLLECTION, lambda question: find_aspect(question) is not None),
    (Kind.FOREIGN, is_foreign),
    (Kind.SEVERAL, lambda question: len(split_questions(question)) > 1),
    (Kind.UNCLEAR, lacks_reference),
    (Kind.COMPARISON, lambda question: find_sides(question) is not None),
)
"""Each kind with what tells whether a question is of it; the first that does decides."""
REMEMBERED = 256
"""Questions: the parts that answer one ask for its kind several times."""


@lru_cache(REMEMBERED)
def find_kind(question: str) -> Kind:
    """Return the kind of a question; one that fits no other is a `FACT`.

    `find_kind("Who handed it over?")` is `Kind.FACT`, `find_kind("hello")` is `Kind.HELP`.
    """
    told = next((kind for kind, is_of_kind in KINDS if is_of_kind(question)), None)
    wish = None if told else find_wish(question)
    return told or (wish.kind if wish else find_opening_kind(question)) or Kind.FACT
