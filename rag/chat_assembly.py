"""Puts together what a chat model takes part in, as `rag.assembly` does the rest."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from embeddings.reader import CalibratedReader
from embeddings.verdicts import Verdicts
from rag.asking.chatbot import Chatbot
from rag.chat_provider import choose_tokens, open_chat_model
from rag.errors import SettingsError
from rag.library.library import Library
from rag.prose.verifying import Verifier
from rag.prose.writing import Manner, Writer
from rag.settings import Settings
from rag.wire import Record

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from rag.evaluation.judge_model import JudgeModel

PrepareQuotes = Callable[[Sequence[str]], tuple[Chatbot, Record]]
"""Questions -> a chatbot for them that answers in quotes, and the settings and models in force."""


def open_model(settings: Settings) -> "BaseChatModel":
    """Return the chat model of the settings.

    Raises:
        SettingsError: it cannot be used.
    """
    return open_chat_model(settings.chat_model, settings.chat_url, settings.chat_key.get_secret_value())


def build_writer(settings: Settings, library: Library, reader: CalibratedReader, verdicts: Verdicts) -> Writer | None:
    """Return what has the chat model of the settings write, and checks it; None if there is none.

    Raises:
        SettingsError: the chat model cannot be used.
    """
    if not settings.chat_model:
        if settings.chat_url:
            raise SettingsError(f"DATELINE_CHAT_URL is {settings.chat_url}, but DATELINE_CHAT_MODEL is not set")
        return None

    def read_text(article_id: str) -> str:
        article = library.catalog.find(id=article_id)
        return article.text if article else ""  # removed since it was quoted

    manner = Manner(
        seconds=settings.chat_seconds,
        tokens=count_tokens(settings),
        keeps_unsupported=settings.chat_unsupported == "flag",
        leads=settings.chat_leads,
        is_structured=settings.chat_structured,
    )
    return Writer(open_model(settings), Verifier(library.encoder, reader, read_text, verdicts), manner, reader)


def count_tokens(settings: Settings) -> int:
    """Return how many tokens of articles the chat model of the settings is given."""
    return settings.chat_tokens or choose_tokens(settings.chat_model, settings.chat_url)


def prepare_with_model(prepare: PrepareQuotes, settings: Settings, library: Library) -> PrepareQuotes:
    """Return what makes the chatbots that `prepare` makes, with the chat model of the settings.

    Raises:
        SettingsError: it cannot be used.
    """

    def prepare_both(questions: Sequence[str]) -> tuple[Chatbot, Record]:
        chatbot, setup = prepare(questions)
        writer = build_writer(settings, library, chatbot.reader, chatbot.verdicts)
        if writer is None:
            raise SettingsError("no chat model is set: name one, such as --chat-model ollama:llama3.2")
        chat = settings.model_dump(mode="json", include={"chat_model", "chat_leads", "chat_seconds", "chat_structured"})
        models = {**setup["models"], "chat": chat | {"tokens": count_tokens(settings)}}
        return chatbot.with_writer(writer), {**setup, "models": models}

    return prepare_both


def build_judge(settings: Settings, name: str) -> "JudgeModel":
    """Return the judge of this name; it is asked at the settings' server if it has the name of their chat model.

    Raises:
        SettingsError: it cannot be used.
    """
    from rag.evaluation.judge_model import JudgeModel  # takes a second to import, and evaluations alone need it

    model = open_model(settings) if name == settings.chat_model else open_chat_model(name)
    return JudgeModel(model, settings.chat_seconds)
