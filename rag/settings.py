"""Settings, from `DATELINE_*` variables of the environment and `dateline.toml` in the working folder."""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from corpus.addresses import is_path_prefix
from embeddings.encoder import MINILM
from rag.errors import SettingsError

PREFIX = "DATELINE_"
FILE = Path("dateline.toml")


class Settings(BaseSettings):
    """What can be set. The environment wins over the file, and arguments over both.

    Example:
        >>> settings = Settings(home="news", k=20)
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True)

    home: Path = Field(Path(".dateline"), description="folder of the library: catalog, vectors, words")
    database_url: SecretStr = Field(
        SecretStr(""), description="PostgreSQL database of catalog, words and conversations: postgresql+psycopg://..."
    )
    host: str = Field("127.0.0.1", description="address that the web page is served on")
    port: int = Field(7860, ge=1, le=65_535, description="port of the web page")
    root_path: str = Field("", description="prefix that a proxy serves the page under, such as /news")
    log: Literal["text", "json"] = Field("text", description="json: a line of JSON a request, and for all else")
    chroma_url: str = Field("", description="Chroma server for the vectors, such as http://127.0.0.1:8000")
    encoder: Path = Field(MINILM, description="folder of a sentence-transformers model")
    pool: int = Field(50, ge=1, le=1_000, description="passages that each retriever puts into the fusion")
    k: int = Field(12, ge=1, le=100, description="passages that are read for an answer")
    chat_model: str = Field("", description="chat model that writes over the quotes, such as ollama:llama3.2")
    chat_url: str = Field("", description="address of an OpenAI-compatible server, such as http://127.0.0.1:8080/v1")
    chat_key: SecretStr = Field(SecretStr(""), description="key for the chat model's server")
    chat_seconds: float = Field(60, gt=0, description="longest time that the chat model may take for an answer")
    chat_tokens: int = Field(0, ge=0, description="tokens of articles that the chat model reads; 0: by its provider")
    chat_leads: bool = Field(False, description="whether the chat model's choice comes before the reader's sure one")
    chat_structured: bool = Field(False, description="whether the chat model's provider structures what it writes")
    chat_unsupported: Literal["flag", "drop"] = Field("flag", description="what becomes of unsupported sentences")
    download_megabytes: float = Field(20, gt=0, description="largest page that is fetched from the web")
    download_seconds: float = Field(30, gt=0, description="longest time that fetching one page may take")
    auth: SecretStr = Field(SecretStr(""), description="user:password that the page asks for; several with commas")
    hostnames: str = Field("", description="names that the page is reached by besides its address, with commas")
    requests_per_minute: int = Field(300, ge=1, description="requests that change or ask something, of one client")
    upload_megabytes: int = Field(500, ge=1, description="most that can be uploaded at once")
    max_article_characters: int = Field(10_000_000, ge=1, description="longest article that can be added")

    @field_validator("chat_url", "chroma_url")
    @classmethod
    def _check_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise PydanticCustomError("address", "write the whole address, such as http://127.0.0.1:8080/v1")
        return value

    @field_validator("root_path")
    @classmethod
    def _check_root_path(cls, value: str) -> str:
        prefix = value.rstrip("/")
        if prefix and not is_path_prefix(prefix):
            raise PydanticCustomError("prefix", "write a path that begins with /, such as /news")
        return prefix

    @field_validator("auth")
    @classmethod
    def _check_auth(cls, value: SecretStr) -> SecretStr:
        """Refuse an account without a user or a password: it would be a door that is thought to be locked."""
        for account in _split(value):
            if not all(account.partition(":")):
                raise PydanticCustomError("account", "write user:password, several with commas between them")
        return value

    @property
    def accounts(self) -> tuple[str, ...]:
        """Who may log in, as user:password; empty where there is no login."""
        return _split(self.auth)

    @property
    def is_local(self) -> bool:
        """Whether the page is served to this machine only."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _split(auth: SecretStr) -> tuple[str, ...]:
    return tuple(auth.get_secret_value().split(",")) if auth.get_secret_value() else ()


def read_settings(**overrides: Any) -> Settings:
    """Return the settings in force; overrides that are None are left out.

    Raises:
        SettingsError: a name is unknown or a value impossible; the message names it.
    """
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    unknown = [name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known]
    if unknown:
        raise SettingsError(f"{', '.join(unknown)} in the environment is not a setting; known are {', '.join(known)}")
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors())
        raise SettingsError(f"settings ({PREFIX}* or {FILE}) cannot be used: {reasons}") from error
    except ValueError as error:
        raise SettingsError(f"{FILE} is not TOML: {error}") from error
