"""Which form answers which kind of question."""

from collections.abc import Mapping

from rag.answer import Answer
from rag.asking.forms.form import Form, Request, Tools
from rag.asking.forms.summary import summarize
from rag.asking.forms.timeline import tell_events
from rag.question import Kind


def answer_plainly(request: Request, tools: Tools) -> Answer:
    """Answer by the sentence that says it: the form of a fact."""
    return tools.answer(request.alone, request.scope)


FORMS: Mapping[Kind, Form] = {Kind.SUMMARY: summarize, Kind.TIMELINE: tell_events}
"""The kinds that are not answered plainly."""
IMMEDIATE = frozenset({Kind.COLLECTION, Kind.HELP, Kind.FOREIGN})
"""What is told from the words as they were typed, before they are corrected and completed."""


def choose_form(kind: Kind) -> Form:
    """Return the form of a kind's answers."""
    return FORMS.get(kind, answer_plainly)
