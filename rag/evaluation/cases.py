"""A question with what is known of its answer, and the line of a case file that says so."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

from rag.question import Kind, Turn


@dataclass(frozen=True, slots=True)
class Case:
    """A question to ask, and the gold that its answer is measured against.

    `answers` are the short answers that count as right; empty where the right reply is "not in these articles", and
    None where nothing is known. `articles` are the ids of those that are needed for the answer. `evidence` holds the
    sentences that answer, word for word, once for each person who marked them. `history` is what was said before,
    oldest first; a turn without an answer is asked when the case is. `kind` is what the question is to be taken for.
    Each of the texts `contains` must stand in the answer, and none of `lacks` may.

    Example:
        Case("roofs", "How many roofs did the storm tear off?", answers=("40", "forty"), articles=("storm",))
    """

    id: str
    question: str
    answers: tuple[str, ...] | None = None
    articles: tuple[str, ...] = ()
    evidence: tuple[tuple[str, ...], ...] = ()
    history: tuple[Turn, ...] = ()
    kind: Kind | None = None
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def has_gold(self) -> bool:
        """Whether the right reply is known."""
        return self.answers is not None or self.has_form

    @property
    def has_form(self) -> bool:
        """Whether it is known what form the right reply has."""
        return bool(self.kind or self.contains or self.lacks)

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
    if case.kind:
        record["kind"] = case.kind.value
    texts = {"contains": list(case.contains), "lacks": list(case.lacks)}
    return record | {name: values for name, values in texts.items() if values}


def _turn_record(turn: Turn) -> dict[str, str]:
    return {"question": turn.question} | ({"answer": turn.answer} if turn.answer else {})


def digest_cases(cases: Iterable[Case]) -> str:
    """Return 16 hexadecimal digits that change when a case does."""
    return digest([case_record(case) for case in cases])


def digest(value: object) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()[:16]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _without_blanks(value: Any) -> Any:
    """Leave blank texts out of a list that holds others, too."""
    if not isinstance(value, list):
        return value
    return [text for text in value if not isinstance(text, str) or text.strip()] or value


def _as_marks(value: Any) -> Any:
    """Take sentences marked by one person for a list of such lists; a person who marked nothing is left out."""
    if isinstance(value, list) and all(isinstance(each, list) for each in value):
        return [sentences for sentences in value if sentences]
    return [value]


def _as_turns(value: Any) -> Any:
    """Take a text for the turn in which it was asked, and null for no history."""
    if not isinstance(value, list):
        return [] if value is None else value
    return [{"question": turn} if isinstance(turn, str) else turn for turn in value]


def _as_kind(value: Any) -> Any:
    """Leave words out that are no kind: a file may sort its cases in its own way."""
    return value if value in [*Kind] else None


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class TurnRecord(BaseModel):
    """A turn of its history."""

    model_config = ConfigDict(extra="ignore")

    question: str
    answer: Annotated[str, StringConstraints(strip_whitespace=True)] | None = None


class CaseRecord(BaseModel):
    """What a case may say; other keys are left alone."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    question: str
    id: _Text | None = None
    answers: Annotated[list[_Text] | None, BeforeValidator(_without_blanks), BeforeValidator(_as_list)] = None
    article: Annotated[list[_Text] | None, BeforeValidator(_as_list)] = None
    evidence: Annotated[list[list[_Text]], BeforeValidator(_as_marks)] = []
    history: Annotated[list[TurnRecord], BeforeValidator(_as_turns)] = []
    kind: Annotated[Kind | None, BeforeValidator(_as_kind)] = None
    contains: Annotated[list[_Text], BeforeValidator(_as_list)] = []
    lacks: Annotated[list[_Text], BeforeValidator(_as_list)] = []
