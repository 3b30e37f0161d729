"""How a chat model's text streams in, how it is cut off, and what its failures are called."""

from collections.abc import AsyncIterator, Iterator
from time import perf_counter
from typing import Any

import pytest

from rag.chat_model import stream_text
from rag.chat_provider import open_chat_model
from rag.errors import ChatModelError, SettingsError
from tests.fakes import ScriptedModel

UNKNOWN = "The chat model's server knows no such model or address: check DATELINE_CHAT_MODEL and DATELINE_CHAT_URL."
MESSAGES = [("human", "Who?")]


class ServerError(Exception):
    """An error as HTTP clients raise it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}, your key sk-secret")
        self.status_code = status


class ConnectError(Exception):
    """Another."""


def drain(stream: Iterator[str]) -> list[str]:
    """Return the different texts, without those that came again."""
    return list(dict.fromkeys(stream))


def test_the_text_grows() -> None:
    model = ScriptedModel(script=["Sulli", 0.2, "van ", "did.", 0.2])
    assert drain(stream_text(model, MESSAGES, 60)) == ["Sulli", "Sullivan did."]
    assert model.asked == [[("human", "Who?")]]


def test_while_nothing_comes_the_same_text_comes_again() -> None:
    stream = stream_text(ScriptedModel(script=["Sulli", 60]), MESSAGES, 60)
    assert [next(stream) for _ in range(3)] == ["Sulli"] * 3
    stream.close()


def test_closing_stops_the_model_at_once() -> None:
    model = ScriptedModel(script=["Sulli", 60, "van"])
    stream = stream_text(model, MESSAGES, 60)
    next(stream)
    stream.close()
    assert model.stopped.wait(10)


def test_a_model_that_takes_too_long_is_stopped() -> None:
    model = ScriptedModel(script=["Sulli", *[0.05] * 1000])
    with pytest.raises(ChatModelError, match=r"^The chat model was not done after 0\.5 s\.$"):
        drain(stream_text(model, MESSAGES, 0.5))
    assert model.stopped.wait(10)


def test_a_model_that_hears_nothing_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deaf(ScriptedModel):
        async def _astream(self, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            end = perf_counter() + 1.5
            while perf_counter() < end:
                self.stopped.wait(0.01)  # blocks the event loop, as no model should
            yield

    monkeypatch.setattr("rag.chat_model.GRACE_SECONDS", 0.1)
    with pytest.raises(ChatModelError, match="not done after"):
        drain(stream_text(Deaf(), MESSAGES, 0.1))


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ServerError(401), "The chat model's server does not accept the key."),
        (ServerError(403), "The chat model's server does not allow this key to use the model."),
        (ServerError(404), UNKNOWN),
        (ServerError(429), "The chat model's server takes no more questions for now (too many requests)."),
        (ServerError(503), "The chat model's server answered with an error (503)."),
        (ConnectError("refused"), "The chat model's server cannot be reached."),
        (ValueError("Expecting value: line 1"), "The chat model's reply cannot be read (ValueError)."),
    ],
)
def test_a_failure_is_named_without_what_the_server_wrote(error: Exception, message: str) -> None:
    with pytest.raises(ChatModelError) as caught:
        drain(stream_text(ScriptedModel(script=["Sulli", error]), MESSAGES, 60))
    assert str(caught.value) == message


def test_a_server_of_ones_own_is_sent_no_key_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")
    model = open_chat_model("llama3.2:3b", "http://127.0.0.1:1/v1")
    assert (model.model_name, model.openai_api_base, model.temperature) == ("llama3.2:3b", "http://127.0.0.1:1/v1", 0)
    assert model.openai_api_key.get_secret_value() == "none"
    keyed = open_chat_model("openai:small", "http://127.0.0.1:1/v1", "abc")
    assert (keyed.model_name, keyed.openai_api_key.get_secret_value()) == ("small", "abc")


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(SettingsError, match=r"not installed: `.+ -m pip install langchain-fireworks`$"):
        open_chat_model("fireworks:some-model")


@pytest.mark.parametrize("name", ["no-such-model", "nobody:some-model", ":", "openai:gpt-5"])
def test_a_model_that_cannot_be_opened_is_explained(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match=r"cannot be used: .*DATELINE_CHAT_MODEL as provider:model"):
        open_chat_model(name)
