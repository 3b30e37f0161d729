"""What is in use, as the settings page shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ChatModel:
    """The chat model of the settings; `test` returns how it greets, or raises a `ChatModelError` that says why not."""

    name: str
    url: str
    seconds: float
    keeps_unsupported: bool
    test: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that answers come from. The models' names end in the start of their weights' SHA-256."""

    version: str
    reader: str
    encoder: str
    home: Path
    chat_model: ChatModel | None
