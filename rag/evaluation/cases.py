"""A question with what is known of its answer."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rag.question import Turn


@dataclass(frozen=True, slots=True)
class Case:
    """A question to ask, and the gold that its answer is measured against.

    `answers` are the short answers that count as right; empty where the right reply is "not in these articles", and
    None where nothing is known. `articles` are the ids of those that are needed for the answer. `evidence` holds the
    sentences that answer, word for word, once for each person who marked them. `history` is what was said before,
    oldest first; a turn without an answer is asked when the case is.
    """

    id: str
    question: str
    answers: tuple[str, ...] | None = None
    articles: tuple[str, ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()
    history: tuple[Turn, ...] = ()

    @property
    def has_gold(self) -> bool:
        """Whether the right reply is known."""
        return self.answers is not None

    @property
    def is_answerable(self) -> bool:
        """Whether the articles are known to answer."""
        return bool(self.answers)

    @property
    def is_unanswerable(self) -> bool:
        """Whether the articles are known not to answer."""
        return self.answers == ()


def case_record(case: Case) -> dict[str, Any]:
    """Return the case as a line of a case file."""
    record: dict[str, Any] = {"id": case.id, "question": case.question}
    if case.history:
        record["history"] = [_turn_record(turn) for turn in case.history]
    if case.answers is not None:
        record["answers"] = list(case.answers)
    if case.articles:
        record["article"] = case.articles[0] if len(case.articles) == 1 else list(case.articles)
    if case.evidence:
        record["evidence"] = [list(sentences) for sentences in case.evidence]
    return record


def _turn_record(turn: Turn) -> dict[str, str]:
    return {"question": turn.question} | ({"answer": turn.answer} if turn.answer else {})


def digest_cases(cases: Iterable[Case]) -> str:
    """Return 16 hexadecimal digits that change when a case does."""
    return digest([case_record(case) for case in cases])


def digest(value: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()[:16]
