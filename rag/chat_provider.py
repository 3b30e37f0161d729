"""Where chat models come from: any provider of LangChain, a server of the user's own, or a file on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING

from rag.chat_model import first_line
from rag.errors import SettingsError, tell_install
from rag.llama.server import LlamaServer, start_server

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOCAL = "gguf"
"""Before the path of a model file of this machine."""
TOKENS_LOCAL = 400
"""Two cores read 35 a second with a model of 1.5 billion parameters: with 1,000, comparisons come near the limit of
time (benchmarks/results/chat_model.md)."""
TOKENS_ON_OWN_SERVER = 3_000
TOKENS_HOSTED = 12_000
OLLAMA_CONTEXT = 8_192
"""Tokens; by itself Ollama cuts prompts off at 4,096 or fewer, without a word."""

_WITH_URL = ("openai", "ollama", "anthropic", "mistralai")
"""Providers whose server can be another; a model without one of these names is on an OpenAI-compatible server."""
_NO_KEY = "none"
"""What a server without keys is sent: never a key that the environment holds for somebody else."""


def open_chat_model(name: str, url: str = "", key: str = "") -> "BaseChatModel":
    """Return the chat model `provider:model`, or one of the server at `url`; nothing is sent yet.

    Models of a server of the user's own answer at temperature 0; some hosted ones refuse that, and keep their default.
    `gguf:PATH` is a file on this machine, or a folder of such: it is loaded now.

    Raises:
        SettingsError: the provider is unknown, its package is not installed, or a key is missing.
    """
    from langchain.chat_models import init_chat_model  # takes long to import, and few need it

    if server := find_local(name):
        name, url, key = f"openai:{server.chosen}", server.url, server.key
    if url and name.partition(":")[0] not in _WITH_URL:
        name = f"openai:{name}"
    provider = name.partition(":")[0]
    try:
        return init_chat_model(name, **_choose_options(provider, url, key))  # type: ignore[no-any-return, call-overload]
    except ImportError as error:
        install = tell_install(f"langchain-{provider.replace('_', '-')}")
        raise SettingsError(f"the chat model {name} needs a package that is not installed: `{install}`") from error
    except Exception as error:  # each provider has errors of its own
        raise SettingsError(
            f"the chat model {name} cannot be used: {first_line(error)} (write DATELINE_CHAT_MODEL as provider:model,"
            " such as ollama:llama3.2, and the key as DATELINE_CHAT_KEY)"
        ) from error


def find_local(name: str) -> LlamaServer | None:
    """Return the server of ours that runs a `gguf:PATH`, started if need be; None for other names.

    Raises:
        SettingsError: it cannot be run.
    """
    provider, _, path = name.partition(":")
    return start_server(Path(path).expanduser()) if provider == LOCAL else None


def choose_tokens(name: str, url: str = "") -> int:
    """Return how many tokens of articles a model is given: hosted models read fast and far, others neither."""
    provider = name.partition(":")[0]
    if provider == LOCAL:
        return TOKENS_LOCAL
    return TOKENS_ON_OWN_SERVER if url or provider == "ollama" else TOKENS_HOSTED


def _choose_options(provider: str, url: str, key: str) -> dict[str, object]:
    options: dict[str, object] = {"base_url": url} if url else {}
    if provider == "ollama":
        options |= {"temperature": 0, "num_ctx": OLLAMA_CONTEXT}
        return options | ({"client_kwargs": {"headers": {"Authorization": f"Bearer {key}"}}} if key else {})
    if url and provider == "openai":
        options |= {"temperature": 0, "stream_usage": True, "stream_chunk_timeout": None}  # `seconds` is the limit
    return options | ({"api_key": key or _NO_KEY} if key or url else {})
