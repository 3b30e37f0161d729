"""What kind of answer a question asks for, told by its words alone."""

from collections.abc import Callable
from functools import partial

from rag.asking.grammar.asides import find_aspect, is_greeting
from rag.asking.grammar.comparing import find_sides
from rag.asking.grammar.openness import lacks_reference
from rag.asking.grammar.splitting import split_questions
from rag.asking.openings import asks_for
from rag.asking.topics import wishes_for
from rag.english.foreign import is_foreign
from rag.question import Kind

KINDS: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind.HELP, is_greeting),
    (Kind.COLLECTION, lambda question: find_aspect(question) is not None),
    (Kind.FOREIGN, is_foreign),
    (Kind.SEVERAL, lambda question: len(split_questions(question)) > 1),
    (Kind.UNCLEAR, lacks_reference),
    (Kind.COMPARISON, lambda question: find_sides(question) is not None),
    (Kind.TIMELINE, partial(wishes_for, Kind.TIMELINE)),
    (Kind.AS_OF, partial(wishes_for, Kind.AS_OF)),
    (Kind.LATEST, partial(wishes_for, Kind.LATEST)),
    (Kind.SUMMARY, partial(wishes_for, Kind.SUMMARY)),
    (Kind.YES_NO, partial(asks_for, Kind.YES_NO)),
    (Kind.REASON, partial(asks_for, Kind.REASON)),
    (Kind.STATEMENT, partial(asks_for, Kind.STATEMENT)),
    (Kind.LIST, partial(asks_for, Kind.LIST)),
)
"""Each kind with what tells whether a question is of it; the first that does decides."""


def find_kind(question: str) -> Kind:
    """Return the kind of a question; one that fits no other is a `FACT`.

    `find_kind("Who handed it over?")` is `Kind.FACT`, `find_kind("hello")` is `Kind.HELP`.
    """
    return next((kind for kind, is_of_kind in KINDS if is_of_kind(question)), Kind.FACT)
