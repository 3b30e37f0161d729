"""A line of a case file, checked."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


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
    answers: Annotated[list[_Text] | None, BeforeValidator(_without_blanks)] = None
    article: Annotated[list[_Text] | None, BeforeValidator(_as_list)] = None
    evidence: Annotated[list[list[_Text]], BeforeValidator(_as_marks)] = []
    history: Annotated[list[TurnRecord], BeforeValidator(_as_turns)] = []
