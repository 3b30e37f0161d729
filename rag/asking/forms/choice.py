"""Which form answers which kind of question."""

from collections.abc import Mapping

from rag.answer import Answer
from rag.asking.forms.collection import describe_articles
from rag.asking.forms.comparison import compare_sides
from rag.asking.forms.digests.latest import tell_latest, tell_state
from rag.asking.forms.digests.summary import summarize
from rag.asking.forms.digests.timeline import tell_events
from rag.asking.forms.form import Form, Request, Tools
from rag.asking.forms.replies import explain_help, inquire, refuse_language
from rag.asking.forms.sentences.listing import list_items
from rag.asking.forms.sentences.reason import give_reason
from rag.asking.forms.sentences.statement import report_statement
from rag.asking.forms.sentences.yes_no import settle
from rag.asking.forms.several import SeveralForm
from rag.question import Kind


def answer_plainly(request: Request, tools: Tools) -> Answer:
    """Answer by the sentence that says it: the form of a fact."""
    return tools.answer(request.alone, request.scope)


def choose_form(kind: Kind) -> Form:
    """Return the form of a kind's answers."""
    return FORMS.get(kind, answer_plainly)


FORMS: Mapping[Kind, Form] = {
    Kind.COLLECTION: describe_articles,
    Kind.HELP: explain_help,
    Kind.FOREIGN: refuse_language,
    Kind.UNCLEAR: inquire,
    Kind.SEVERAL: SeveralForm(choose_form),
    Kind.COMPARISON: compare_sides,
    Kind.LATEST: tell_latest,
    Kind.AS_OF: tell_state,
    Kind.SUMMARY: summarize,
    Kind.TIMELINE: tell_events,
    Kind.YES_NO: settle,
    Kind.REASON: give_reason,
    Kind.STATEMENT: report_statement,
    Kind.LIST: list_items,
}
"""The kinds that are not answered plainly."""
