"""Articles as records: a JSON object, or the front matter of a Markdown file."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from corpus.article import Article
from corpus.errors import ArticleError, LoadError


def _day(value: Any) -> Any:
    """Accept a date with a time of day, and a blank text for no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and len(value.strip()) > len("2022-01-26"):
        return datetime.fromisoformat(value.strip()).date()
    return None if isinstance(value, str) and not value.strip() else value


def _text(value: Any) -> Any:
    return "" if value is None else value


_Text = Annotated[str, BeforeValidator(_text)]


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    text: str
    id: _Text = ""
    title: _Text = ""
    outlet: _Text = ""
    author: _Text = ""
    published: Annotated[date | None, BeforeValidator(_day)] = None
    url: _Text = ""
    topic: _Text = ""
    language: _Text = ""
    credits: _Text = ""


COLUMNS = frozenset(_Record.model_fields)
"""The keys of a record."""


def article_from_record(source: str, record: object) -> Article:
    """Check one record, which comes from outside, and return its article. Unknown keys are left out.

    Raises:
        LoadError: a value is missing, of the wrong kind, or unusable; names `source` and the key.
    """
    try:
        return Article(**_Record.model_validate(record).model_dump())
    except ValidationError as error:
        reasons = (_explain(detail["loc"], detail["msg"], detail["input"]) for detail in error.errors())
        raise LoadError(source, "; ".join(reasons)) from error
    except ArticleError as error:
        raise LoadError(source, str(error)) from error


def _explain(location: tuple[int | str, ...], message: str, value: object) -> str:
    if not location:
        return f"is not an object with a text but {type(value).__name__}"
    if message == "Field required":
        return f"has no {location[0]!r}"
    return f"{location[0]!r} is {str(value)[:60]!r}: {message[0].lower()}{message[1:]}"
