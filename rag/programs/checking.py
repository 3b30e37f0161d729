"""Checks the arguments of endpoints: a caller's mistake comes back as one sentence."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ArgsKwargs, ErrorDetails

from corpus.calendar import read_day
from rag.errors import USER_ERRORS, RequestError

_MISTAKES = {"missing_argument": "is missing", "unexpected_keyword_argument": "is not an argument"}

_Arguments = ParamSpec("_Arguments")
_Reply = TypeVar("_Reply")


def check_arguments(endpoint: Callable[_Arguments, _Reply]) -> Callable[_Arguments, _Reply]:
    """Return the endpoint so that whatever the caller did wrong is a `RequestError`."""
    adapter = TypeAdapter[_Reply](cast(Any, endpoint))

    @wraps(endpoint)
    def call(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Reply:
        try:
            return adapter.validate_python(ArgsKwargs(args, kwargs))
        except ValidationError as error:
            raise RequestError(_explain(error)) from error
        except USER_ERRORS as error:
            raise RequestError(str(error)) from error

    return call


def read_day_argument(name: str, value: str | None) -> date | None:
    """Return the day that an argument gives, if any.

    Raises:
        RequestError: it is no day; names the argument.
    """
    try:
        return read_day(value)
    except ValueError as error:
        raise RequestError(f"{name}: {error}") from error


def _explain(error: ValidationError) -> str:
    """Return what is wrong with the arguments, in one sentence; the values are the caller's own."""
    return "; ".join(map(_explain_one, error.errors()))


def _explain_one(mistake: ErrorDetails) -> str:
    name, message = ".".join(map(str, mistake["loc"])), mistake["msg"]
    if mistake["type"] in _MISTAKES:
        return f"{name} {_MISTAKES[mistake['type']]}"
    return f"{name} {message.removeprefix('Input ')}" if message.startswith("Input ") else f"{name}: {message}"
