"""What one answer scores against its case. Answers are taken as `ask --json` prints them, and as runs keep them.

A measure that does not apply to the case has no score.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rag.answer import Status, Verdict
from rag.evaluation.cases import Case
from rag.evaluation.metrics import (
    measure_containment,
    measure_evidence,
    measure_exact_match,
    measure_ranking,
    measure_token_f1,
)
from rag.question import REPLIES
from rag.wire import Record

RIGHT_F1 = 0.5
"""The token F1 from which a short answer counts as right."""
RIGHT_RECALL = 0.5
"""The share of the evidence that an answer of a known kind must quote to be right."""

ReadText = Callable[[str], str]
"""Article id -> the article's text."""
Scores = dict[str, float]


class Fault(StrEnum):
    """Where an answer went wrong."""

    RETRIEVAL = "retrieval missed the article"
    READER = "the reader missed the answer"
    ABSTAINED = "wrongly said that it is not there"
    ANSWERED = "answered what the articles do not say"
    KIND = "took the question for another kind"
    FORM = "said something else in a reply without quotes"


@dataclass(frozen=True, slots=True)
class Result:
    """A case, the answer to it, and what that scored.

    Example:
        result = judge(case, to_json(describe_answer(answer)), read_text)
        print(result.is_right, result.fault, result.scores["token_f1"])
    """

    case: Case
    answer: Record
    scores: Scores

    @property
    def is_found(self) -> bool:
        """Whether an answer was given."""
        return is_found(self.answer)

    @property
    def confidence(self) -> float:
        """The answer's confidence in [0, 1]."""
        return float(self.answer["confidence"])

    @property
    def is_right(self) -> bool:
        """Whether the reply is right; a case without gold is not."""
        return self.scores.get("correct") == 1.0

    @property
    def fault(self) -> Fault | None:
        """Where it went wrong; None if it did not, or if the case has no gold."""
        if not self.case.has_gold or self.is_right:
            return None
        if not is_of_kind(self.case, self.answer):
            return Fault.KIND
        if self.case.is_unanswerable:
            return Fault.ANSWERED if self.answer["quotes"] or not self.case.has_form else Fault.FORM
        if set(self.case.articles) - set(self.answer["retrieved"]):
            return Fault.RETRIEVAL
        return Fault.READER if self.is_found else Fault.ABSTAINED


def judge(case: Case, answer: Record, read_text: ReadText) -> Result:
    """Return the answer with all the scores that apply.

    Args:
        case: The question with its gold.
        answer: What `ask --json` prints.
        read_text: Returns the text of an article, in which the quotes must stand.
    """
    scores: Scores = {}
    if case.has_gold:
        scores["correct"] = float(is_right(case, answer))
    if case.is_answerable:
        scores |= _score_words(case, answer)
    if case.articles and not case.is_unanswerable:
        scores |= measure_ranking(answer["retrieved"], case.articles)
    if case.evidence:
        scores |= _score_evidence(case, answer)
    if answer["quotes"]:
        scores["citation_correctness"] = float(all(_is_verbatim(quote, read_text) for quote in answer["quotes"]))
    return Result(case, answer, scores | _score_abstention(case, answer) | _score_model(answer))


def is_found(answer: Record) -> bool:
    """Whether an answer was given, sure or not."""
    return bool(answer["status"] != Status.NOT_FOUND)


def is_right(case: Case, answer: Record) -> bool:
    """Whether the reply is right.

    Where the case says of what kind or form it is, the answer must be so, and say what `_holds_what_is_known` checks.
    Else it is: nothing found where there is nothing, or a short answer that shares enough words with a gold one, or,
    for answers too long for that, a likeliest quote that is gold evidence.
    """
    if case.has_form:
        return is_of_kind(case, answer) and _holds_what_is_known(case, answer)
    return _answers(case, answer)


def is_of_kind(case: Case, answer: Record) -> bool:
    """Whether the question was taken for the kind that the case names, if it names one."""
    return case.kind is None or bool(answer["kind"] == case.kind)


def _holds_what_is_known(case: Case, answer: Record) -> bool:
    """Whether the answer has the texts it should, and no other; enough of the evidence; no quotes, if there are none.

    Of a case that gives neither texts nor evidence, the short answer must be right.
    """
    text = answer["answer"]
    has_texts = all(measure_containment(text, [each]) for each in case.contains)
    has_others = any(measure_containment(text, [each]) for each in case.lacks)
    if has_others or not has_texts or (case.is_unanswerable and answer["quotes"]):
        return False
    if case.evidence:
        return _score_evidence(case, answer)["evidence_recall"] >= RIGHT_RECALL
    is_settled = case.contains or case.lacks or not case.is_answerable
    return bool(is_settled) or _answers(case, answer)


def _answers(case: Case, answer: Record) -> bool:
    if not is_found(answer) or not case.answers:
        return case.is_unanswerable and not is_found(answer)
    likeliest = max(answer["quotes"], key=lambda quote: quote["score"], default={"text": ""})["text"]
    is_evidence = any(measure_evidence([likeliest], sentences)[0] > 0 for sentences in case.evidence)
    return is_evidence or measure_token_f1(answer["answer_span"], case.answers) >= RIGHT_F1


def _score_words(case: Case, answer: Record) -> Scores:
    answers, found = case.answers or (), is_found(answer)
    return {
        "exact_match": measure_exact_match(answer["answer_span"], answers) if found else 0.0,
        "token_f1": measure_token_f1(answer["answer_span"], answers) if found else 0.0,
        "containment": measure_containment(answer["answer"], answers) if found else 0.0,
    }


def _score_evidence(case: Case, answer: Record) -> Scores:
    quoted = [quote["text"] for quote in answer["quotes"]]
    precision, recall, f1 = max(
        (measure_evidence(quoted, sentences) for sentences in case.evidence), key=lambda measured: measured[2]
    )
    return {"evidence_precision": precision, "evidence_recall": recall, "evidence_f1": f1}


def _score_abstention(case: Case, answer: Record) -> Scores:
    scores: Scores = {}
    if case.kind in REPLIES:
        return scores
    if case.has_gold and not is_found(answer):
        scores["abstention_precision"] = float(case.is_unanswerable)
    if case.is_unanswerable:
        scores["abstention_recall"] = float(not is_found(answer))
    elif case.is_answerable:
        scores["answered"] = float(is_found(answer))
    return scores


def _score_model(answer: Record) -> Scores:
    """Return what a chat model's sentences came to, and its tokens, where one was asked."""
    verdicts = [claim["verdict"] for claim in answer.get("claims") or ()]
    usage = answer.get("usage")
    scores: Scores = {"tokens": float(usage["read"] + usage["written"])} if usage else {}
    if verdicts:
        scores["sentences_supported"] = sum(each != Verdict.UNSUPPORTED for each in verdicts) / len(verdicts)
    return scores


def _is_verbatim(quote: Record, read_text: ReadText) -> bool:
    return bool(read_text(quote["article"])[quote["start"] : quote["end"]] == quote["text"])
