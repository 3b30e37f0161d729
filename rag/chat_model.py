"""The optional chat model: how its text streams in, and what its failures are called.

Any chat model of LangChain will do. Models are asked in one event loop in the background: there a request can be cut
off at once, which a call that blocks cannot, and the HTTP clients that models share belong to one loop.
"""

import asyncio
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from time import perf_counter, sleep
from typing import TYPE_CHECKING, cast

from langchain_core.messages import AIMessageChunk
from langchain_core.messages.ai import add_ai_message_chunks
from langchain_core.runnables.config import RunnableConfig, ensure_config

from rag.answer import Usage
from rag.errors import ChatModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel, LanguageModelInput
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable

    AskedModel = Runnable[LanguageModelInput, AIMessage]
    """A chat model, or one that was given tools."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a model says to a greeting, and what that took: `greet(model, 30).text`."""

    text: str
    usage: Usage


Message = tuple[str, str]
"""Who speaks (system, human, ai), and what is said."""

Pieces = SimpleQueue[AIMessageChunk | Exception | None]
"""What a model writes, piece by piece; None is the end."""

SECONDS_BETWEEN_SIGNS = 0.3
SECONDS_BETWEEN_PIECES = 0.05
"""Whatever comes within is taken together: nobody reads faster."""
GRACE_SECONDS = 2.0
"""What a stream may take to end by itself once its time is up."""

CHARACTERS_A_TOKEN = 3.6
"""English text has about 4.3 with the tokenizers of large models and 3.8 with those of small ones: better too few."""

_THOUGHT = re.compile(
    r"[<\[◁](?P<name>think|thinking|thought|reasoning|reflection)[>\]▷].*?(?:[<\[◁]/(?P=name)[>\]▷]|\Z)"
    r"|<\|channel\|>(?:analysis|commentary)\b.*?(?:<\|channel\|>final\b|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_THOUGHT_UNOPENED = re.compile(r"\A.*[<\[◁]/(?:think|thinking)[>\]▷]", re.DOTALL | re.IGNORECASE)
_TOKEN = re.compile(r"<\|[\w ]+\|>(?:(?:assistant|final)\b)?")

GREETING = "Say in one short sentence that you are ready."
MAX_GREETING_CHARACTERS = 200


def stream_text(model: "BaseChatModel", messages: Sequence[Message], seconds: float) -> Generator[str, None, None]:
    """Yield what the model has written so far, as `stream_reply` does."""
    with closing(stream_reply(model, messages, seconds)) as replies:
        for reply in replies:
            yield str(reply.text)


def stream_reply(
    model: "AskedModel", messages: Sequence[Message], seconds: float, limit: float | None = None
) -> Generator[AIMessageChunk, None, None]:
    """Yield the model's reply so far: longer and longer, and the same again while nothing comes.

    Closing the iterator cuts off the request.

    Args:
        model: is asked.
        messages: what it is told.
        seconds: the longest that it may take.
        limit: the seconds that a message names, where `seconds` is what is left of them.

    Raises:
        ChatModelError: the model failed, or was not done after `seconds`.
    """
    pieces: Pieces = SimpleQueue()
    limit = limit or seconds
    config = ensure_config()  # of the run that asks, if there is one: its callbacks see the model's run inside of it
    pump = asyncio.run_coroutine_threadsafe(_pump(model, messages, config, seconds, pieces), _start_loop())
    reply, is_done, last = AIMessageChunk(content=""), False, perf_counter() + seconds + GRACE_SECONDS
    try:
        while not is_done:
            arrived = list(_take(pieces))
            for piece in arrived:
                if isinstance(piece, Exception):
                    raise ChatModelError(explain_failure(piece, limit)) from piece
            chunks = [piece for piece in arrived if isinstance(piece, AIMessageChunk)]
            reply, is_done = add_ai_message_chunks(reply, *chunks) if chunks else reply, None in arrived
            yield reply
            if perf_counter() > last:
                raise ChatModelError(_too_slow(limit))
    finally:
        pump.cancel()


def drop_thoughts(text: str) -> str:
    """Return a model's text without what it wrote while thinking, and without tokens that part it from the rest."""
    return _TOKEN.sub("", _THOUGHT_UNOPENED.sub("", _THOUGHT.sub("", text)))


def explain_end(reply: AIMessageChunk) -> str:
    """Say in a sentence why a reply ended before the model was done; '' if it was, or where nothing tells."""
    told = reply.response_metadata
    reason = next(filter(None, map(told.get, ("finish_reason", "stop_reason", "done_reason"))), "")
    if reason in ("length", "max_tokens"):
        return REACHED_THE_MOST
    return BROKE_OFF if told and not reason else ""


def measure_usage(reply: AIMessageChunk, messages: Sequence[Message], seconds: float) -> Usage:
    """Return what a call took: the tokens that the server counted, or what as many characters come to."""
    if counted := reply.usage_metadata:
        return Usage(counted["input_tokens"], counted["output_tokens"], seconds)
    read = "".join(text for _, text in messages)
    return Usage(estimate_tokens(read), estimate_tokens(str(reply.text)), seconds, True)


def estimate_tokens(text: str) -> int:
    """Return about how many tokens a text takes."""
    return round(len(text) / CHARACTERS_A_TOKEN)


def greet(model: "BaseChatModel", seconds: float) -> Greeting:
    """Return the beginning of what the model writes to a greeting.

    Raises:
        ChatModelError: it wrote nothing, failed, or took too long; with the server's own words in the message.
    """
    messages, began, reply = [("human", GREETING)], perf_counter(), AIMessageChunk(content="")
    try:
        with closing(stream_reply(model, messages, seconds)) as replies:
            for reply in replies:
                if len(str(reply.text)) > MAX_GREETING_CHARACTERS:
                    break
    except ChatModelError as error:
        said = first_line(error.__cause__)[:MAX_GREETING_CHARACTERS] if error.__cause__ else ""
        raise ChatModelError(f"{error} It said: {said}" if said else str(error)) from error
    if not str(reply.text).strip():
        raise ChatModelError("The chat model answers, but it wrote nothing.")
    text = " ".join(str(reply.text).split())[:MAX_GREETING_CHARACTERS]
    return Greeting(text, measure_usage(reply, messages, perf_counter() - began))


def explain_failure(error: Exception, seconds: float) -> str:
    """Say in a sentence why the model did not answer, without the server's words: they may hold a part of the key."""
    status = getattr(error, "status_code", None)
    if isinstance(error, TimeoutError):
        return _too_slow(seconds)
    if status in _STATUSES:
        return _STATUSES[status]
    if status in (400, 413, 500) and _TELLS_LENGTH.search(str(error)):
        return TOO_LONG
    if any("connect" in name.casefold() for name in _names(error)):
        return "The chat model's server cannot be reached."
    if status:
        return f"The chat model's server answered with an error ({status})."
    if "APIError" in _names(error):
        return "The chat model's server answered with an error."
    if _NO_REPLY.search(str(error)):
        return "The chat model's server sent no model's reply: check DATELINE_CHAT_URL."
    return f"The chat model's reply cannot be read ({type(error).__name__})."


REACHED_THE_MOST = "The chat model reached the most that it may write."
BROKE_OFF = "The chat model's reply broke off."
_NO_REPLY = re.compile(r"no generation", re.IGNORECASE)
"""LangChain's words where a server answered, and nothing was in the form of a reply."""
TOO_LONG = "The articles are too long for the chat model: set DATELINE_CHAT_TOKENS lower."
_TELLS_LENGTH = re.compile(r"context|too long|too large|maximum.{0,20}tokens", re.IGNORECASE)
_STATUSES = {
    401: "The chat model's server does not accept the key.",
    403: "The chat model's server does not allow this key to use the model.",
    404: "The chat model's server knows no such model or address: check DATELINE_CHAT_MODEL and DATELINE_CHAT_URL.",
    429: "The chat model's server takes no more questions for now (too many requests).",
}


async def _pump(
    model: "AskedModel", messages: Sequence[Message], config: RunnableConfig, seconds: float, pieces: Pieces
) -> None:
    try:
        stream = model.astream(list(messages), config)
        async with asyncio.timeout(seconds), aclosing(stream) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                pieces.put(cast(AIMessageChunk, chunk))
                await asyncio.sleep(0)  # a model that never waits can be stopped here
        pieces.put(None)
    except Exception as error:  # whatever it is, the thread that waits must hear of it
        pieces.put(error)


def _take(pieces: Pieces) -> Iterator[AIMessageChunk | Exception | None]:
    """Yield all pieces that are there; nothing if none comes for a while."""
    try:
        yield pieces.get(timeout=SECONDS_BETWEEN_SIGNS)
        sleep(SECONDS_BETWEEN_PIECES)
        while True:
            yield pieces.get_nowait()
    except Empty:
        return


@cache
def _start_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop


def _too_slow(seconds: float) -> str:
    return f"The chat model was not done after {round(seconds, 1):g} s."


def _names(error: BaseException | None) -> Iterator[str]:
    """Yield the names of the error's types and of those that caused it."""
    while error is not None:
        yield from (kind.__name__ for kind in type(error).__mro__)
        error = error.__cause__ or error.__context__


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message, or the name of its type."""
    return next(iter(str(error).splitlines()), type(error).__name__)
