"""Small real implementations of our interfaces, whose results can be worked out by hand."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from math import cos, pi, sin
from threading import Event
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

from embeddings.encoder import Encoder, Vectors

DEFAULT_WORDS = ("russia", "nato", "fire", "bank", "rocket", "talks")


class WordEncoder(Encoder):
    """An encoder with one dimension for each known word, and a last one for texts that have none.

    A text's vector counts its known words, scaled to length 1: with the words (fire, bank), "Fire! Bank, fire." is
    (2, 1, 0) / sqrt(5), and "snow" is (0, 0, 1). `encoded` keeps every text that was ever asked for.
    """

    def __init__(self, words: Sequence[str] = DEFAULT_WORDS, identity: str = "words@1") -> None:
        """Know these words, and go by this identity."""
        self._dimensions = {word: dimension for dimension, word in enumerate(words)}
        self._identity = identity
        self.encoded: list[str] = []

    @property
    def identity(self) -> str:
        """What the maker asked for."""
        return self._identity

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the scaled counts of the known words."""
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), len(self._dimensions) + 1), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            known = [self._dimensions[word] for word in re.findall(r"\w+", text.casefold()) if word in self._dimensions]
            np.add.at(vector, known or [-1], 1.0)
            vector /= np.linalg.norm(vector)
        return vectors


class DialEncoder(Encoder):
    """An encoder that looks only at the first number of a text: 0 points to (1, 0), `limit` to (-1, 0), half to (0, 1).

    Unlike one-hot vectors, which are all equally far apart, these have neighbours, as an HNSW graph needs.
    """

    identity = "dial@1"

    def __init__(self, limit: int) -> None:
        """Spread the numbers from 0 to `limit` evenly over half a turn."""
        self._limit = limit

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the direction of each text's first number."""
        angles = [int(re.findall(r"\d+", text)[0]) / self._limit * pi for text in texts]
        return np.array([(cos(angle), sin(angle)) for angle in angles], dtype=np.float32)


class ScriptedModel(BaseChatModel):
    """A chat model that writes from a script, a piece at a time.

    A number in the script is a pause of so many seconds, and an exception is raised when its turn comes. A script of
    lists has one for each call. `asked` keeps the messages of every call as (who, what), and `stopped` is set when a
    call ends, for whatever reason.
    """

    script: list[Any] = Field(default_factory=list)
    asked: list[list[tuple[str, str]]] = Field(default_factory=list)
    stopped: Event = Field(default_factory=Event)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    async def _astream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        self.asked.append([(message.type, str(message.text)) for message in messages])
        try:
            script = self.script
            if script and all(isinstance(each, list) for each in script):
                script = script[len(self.asked) - 1]
            for piece in script:
                if isinstance(piece, BaseException):
                    raise piece
                if isinstance(piece, AIMessageChunk):
                    yield ChatGenerationChunk(message=piece)
                elif isinstance(piece, str):
                    yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
                else:
                    await asyncio.sleep(piece)
        finally:
            self.stopped.set()

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        raise NotImplementedError("the product streams")
