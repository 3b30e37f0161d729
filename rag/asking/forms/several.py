"""Several questions in one message: each is answered in the form of its kind, or declined, under its own heading."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer import Answer
from rag.asking.followup import RuleRewriter
from rag.asking.forms.form import Form, Request, Tools
from rag.asking.forms.joining import join_answers
from rag.asking.grammar.context import add_context, is_vague, list_context
from rag.asking.grammar.memory import Told, remember
from rag.asking.grammar.splitting import split_questions
from rag.asking.kinds import find_kind
from rag.question import IMMEDIATE, Kind, Question, Turn


class SeveralForm:
    """Answers the questions of a message one after the other; a later one may refer to an earlier.

    `SeveralForm(choose_form)(request, tools)` answers "Who handed it over, and when?" in two parts.
    """

    def __init__(self, choose: Callable[[Kind], Form]) -> None:
        """Let `choose` say which form answers each of the questions."""
        self._choose = choose

    def __call__(self, request: Request, tools: Tools) -> Answer:
        """Answer each question under itself as a heading."""
        rewriter = RuleRewriter(tools.retriever.measure_departure, tools.weights)
        turns: list[Turn] = []
        headed = []
        replies = []
        for question in split_questions(request.alone):
            part = _understand(request, question, turns, rewriter)
            answer = self._choose(part.kind)(part, tools)
            turns.append(replace(answer, question=question, searched_for=part.alone).turn)
            if answer.is_reply:
                replies.append(answer)
            else:
                headed.append((_write_heading(question), answer))
        return _add_replies(join_answers(request.alone, headed), replies) if headed else _join_replies(replies)


def _understand(request: Request, question: str, turns: Sequence[Turn], rewriter: RuleRewriter) -> Request:
    """Return one question of the message, completed by those before it, with its kind."""
    kind = find_kind(question)
    if kind in IMMEDIATE:
        return Request(request.question, question, kind)
    alone = rewriter.rewrite(Question(question, tuple(turns), request.scope))
    if turns and alone == question:
        alone = _add_first(question, turns[0].searched_for)
    return Request(request.question, alone, _find_single_kind(alone))


def _join_replies(replies: Sequence[Answer]) -> Answer:
    """Return replies as one."""
    considered = tuple({found.source.id: found for each in replies for found in each.considered}.values())
    lines = [line for each in replies for line in each.text.splitlines()]
    return replace(replies[0], text="\n".join(dict.fromkeys(lines)), considered=considered)


def _add_replies(answer: Answer, replies: Sequence[Answer]) -> Answer:
    """Return an answer with the first lines of replies to other questions in its notice; they name no article."""
    first = [each.text.partition("\n")[0] for each in replies]
    return replace(answer, notice=" ".join(filter(None, (answer.notice, *first))))


def _add_first(question: str, first: str) -> str:
    """Return a question that names nothing with what the first of the message is about: "How many died? (Lahaina)"."""
    memory = remember([Told(first)])
    context = list_context(question, memory) if is_vague(question, memory) else []
    return add_context(question, context, None) if context else question


def _find_single_kind(question: str) -> Kind:
    """Return the kind of one question; completed by the one before, it may look like several again."""
    kind = find_kind(question)
    return Kind.FACT if kind is Kind.SEVERAL else kind


def _write_heading(question: str) -> str:
    return question[:1].upper() + question[1:]
