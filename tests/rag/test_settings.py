"""Settings: where they come from, which wins, and what is refused."""

import re
from pathlib import Path

import pytest

from embeddings.encoder import MINILM
from rag.errors import SettingsError
from rag.settings import Settings, read_settings

CONTAINER = Path(__file__).parents[2] / "docs" / "container"

DEFAULTS = {
    "home": Path(".dateline"), "host": "127.0.0.1", "port": 7860, "encoder": MINILM, "pool": 50, "k": 12,
    "max_article_characters": 10_000_000,
}  # fmt: skip


def read_values(**overrides: object) -> dict[str, object]:
    return read_settings(**overrides).model_dump()


def test_the_defaults() -> None:
    assert {name: value for name, value in read_values().items() if name in DEFAULTS} == DEFAULTS


def test_arguments_win_over_the_environment_and_that_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("dateline.toml").write_text('home = "file"\nport = 1001\nk = 5\n')
    monkeypatch.setenv("DATELINE_PORT", "1002")
    monkeypatch.setenv("DATELINE_HOME", "environment")
    settings = read_settings(home=Path("argument"), port=None)
    assert (settings.home, settings.port, settings.k) == (Path("argument"), 1002, 5)


def test_an_unknown_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOEM", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    known = ", ".join(f"DATELINE_{name.upper()}" for name in Settings.model_fields)
    assert str(caught.value) == f"DATELINE_HOEM in the environment is not a setting; known are {known}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("hoem = 'x'", "settings (DATELINE_* or dateline.toml) cannot be used: hoem: Extra inputs are not permitted"),
        ("port = 0", "port: Input should be greater than or equal to 1"),
        (
            "k = 'many'\npool = 2000",
            "pool: Input should be less than or equal to 1000; k: Input should be a valid integer",
        ),
        ("chat_url = 'localhost:8080'", "chat_url: write the whole address, such as http://127.0.0.1:8080/v1"),
        ("port = ", "dateline.toml is not TOML: Invalid value"),
        ("\ud83d", "dateline.toml is not TOML: "),
    ],
)
def test_a_bad_file_is_explained(content: str, reason: str) -> None:
    Path("dateline.toml").write_bytes(content.encode(errors="surrogatepass"))
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("value", "accounts"),
    [("", ()), ("ann:secret", ("ann:secret",)), ("ann:se:cret,bob:päss", ("ann:se:cret", "bob:päss"))],
)
def test_who_may_log_in(monkeypatch: pytest.MonkeyPatch, value: str, accounts: tuple[str, ...]) -> None:
    monkeypatch.setenv("DATELINE_AUTH", value)
    settings = read_settings()
    assert settings.accounts == accounts
    assert "secret" not in f"{settings!r} {settings.model_dump_json()}"


@pytest.mark.parametrize("value", ["ann", "ann:", ":secret", "ann:secret,", "ann:secret,bob", ","])
def test_half_an_account_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DATELINE_AUTH", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    reason = "auth: write user:password, several with commas between them"
    assert str(caught.value) == f"settings (DATELINE_* or dateline.toml) cannot be used: {reason}"


def test_a_bad_variable_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PORT", "abc")
    with pytest.raises(SettingsError, match="port: Input should be a valid integer"):
        read_settings()


@pytest.mark.parametrize("name", ["Containerfile", "compose.yaml"])
def test_a_container_is_given_settings_that_there_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = re.findall(r"DATELINE_(\w+)[=:] *(\S+)", (CONTAINER / name).read_text("utf-8"))
    assert given
    for setting, value in given:
        monkeypatch.setenv(f"DATELINE_{setting}", value)
    assert {setting.lower() for setting, _ in given} <= read_settings().model_fields_set
