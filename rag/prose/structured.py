"""A chat model's reply as its provider structures it: sentences, each with its numbers, rather than text with marks.

With that, models that forget to put marks name what they rest on. What comes of it is the same text with marks, as far
as it is written. Servers that cannot do it are asked in plain text.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from langchain_core.messages import AIMessageChunk
from langchain_core.runnables import RunnableGenerator
from langchain_core.utils.json import parse_partial_json

from rag.chat_model import drop_thoughts
from rag.prose.prompting import NOT_HERE

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

    from rag.chat_model import AskedModel

SENTENCE = {
    "type": "object",
    "properties": {
        "numbers": {"type": "array", "items": {"type": "integer"}, "description": "of the sentences it rests on"},
        "text": {"type": "string", "description": "one whole plain sentence, without numbers in brackets"},
    },
    "required": ["numbers", "text"],
    "additionalProperties": False,
}
SCHEMA = {
    "title": "reply",
    "description": "The answer to the question; no sentences where the articles do not answer it.",
    "type": "object",
    "properties": {"sentences": {"type": "array", "items": SENTENCE}},
    "required": ["sentences"],
    "additionalProperties": False,
}


def list_ways(model: "BaseChatModel", *, is_structured: bool) -> "Iterator[AskedModel]":
    """Yield the model as its provider structures replies, if that is wished and can be done, and plain."""
    if is_structured:
        with suppress(NotImplementedError, ValueError):  # what models without it raise
            yield model.with_structured_output(SCHEMA, include_raw=True) | RunnableGenerator(_pick_raw)
    yield model


def read_reply(reply: AIMessageChunk) -> str:
    """Return what a reply says so far, as text with marks: of a structured one its sentences, of others the text."""
    text = drop_thoughts(str(reply.text))
    if reply.tool_calls:
        return _write(reply.tool_calls[0]["args"])
    if not text.lstrip().startswith("{"):
        return text
    try:
        return _write(parse_partial_json(text))
    except ValueError:
        return text


def _write(structured: Any) -> str:
    sentences = structured.get("sentences") if isinstance(structured, Mapping) else None
    if not isinstance(sentences, list):
        return ""
    lines = [_write_sentence(each) for each in sentences if isinstance(each, Mapping)]
    return "\n".join(filter(None, lines)) if sentences else NOT_HERE


def _write_sentence(sentence: Mapping[str, Any]) -> str:
    text, numbers = sentence.get("text"), sentence.get("numbers")
    marks = "".join(f"[{number}]" for number in (numbers if isinstance(numbers, list) else ()))
    return f"{' '.join(text.split())} {marks}".rstrip() if isinstance(text, str) and text.strip() else ""


async def _pick_raw(chunks: AsyncIterator[Any]) -> AsyncIterator["AIMessage"]:
    async for chunk in chunks:
        if isinstance(raw := chunk.get("raw"), AIMessageChunk):
            yield raw
