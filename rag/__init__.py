"""Question answering over a library of news articles, in quotes with their sources.

Example:
    >>> from rag import open_chatbot
    >>> with open_chatbot() as chatbot:
    ...     print(chatbot.ask("What did Russia demand?").text)

Nothing here calls out, but `add` with a web address or a feed, and a chat model if one is set: the libraries that would
are told not to before they are imported. So the names below are imported when they are first used.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

VERSION = "0.1.0"

__all__ = ["VERSION", "Answer", "Question", "Settings", "open_chatbot"]

if TYPE_CHECKING:
    from rag.answer import Answer
    from rag.assembly import open_chatbot
    from rag.question import Question
    from rag.settings import Settings
else:
    _MODULES = {"Answer": "answer", "Question": "question", "Settings": "settings", "open_chatbot": "assembly"}

    def __getattr__(name: str) -> Any:
        """Import a public name (PEP 562)."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"rag.{_MODULES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
