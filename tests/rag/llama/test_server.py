"""Model files run by llama.cpp in a process of ours, which ends with us."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import sleep

import httpx
import pytest
from langchain_core.language_models import BaseChatModel

from rag.chat_model import greet
from rag.chat_provider import open_chat_model
from rag.errors import ChatModelError, SettingsError
from rag.llama.server import SECONDS_TO_PROVE, LlamaServer
from tests.llama import find_model


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.gguf", "a.gguf"):
        (tmp_path / name).symlink_to(find_model())
    (tmp_path / "notes.txt").write_text("no model")
    return tmp_path


def test_a_folder_offers_its_files_and_one_of_them_answers(folder: Path) -> None:
    server = LlamaServer(folder)
    try:
        assert ([file.name for file in server.files], server.chosen) == (["a.gguf", "b.gguf"], "a.gguf")
        server.choose("b.gguf")
        model = open_chat_model(f"openai:{server.chosen}", server.url, server.key)
        greeting = greet(model, 300)
        assert greeting.text
        assert (greeting.usage.is_estimated, greeting.usage.written > 0) == (False, True)
        assert httpx.post(f"{server.url}/chat/completions", json={"messages": []}).status_code == 401
        with pytest.raises(SettingsError, match=r"'\.\./c\.gguf' is not one of a\.gguf, b\.gguf"):
            server.choose("../c.gguf")
    finally:
        server.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


def answers(model: BaseChatModel) -> bool:
    with suppress(ChatModelError):
        return bool(greet(model, 300).text)
    return False


def test_a_process_that_breaks_down_is_started_again(folder: Path) -> None:
    server = LlamaServer(folder)
    try:
        model = open_chat_model(f"openai:{server.chosen}", server.url, server.key)
        assert greet(model, 300).text
        sleep(SECONDS_TO_PROVE)
        broken = server.process_id
        os.kill(broken, signal.SIGKILL)
        while server.process_id == broken or not answers(model):
            sleep(0.1)
    finally:
        server.close()


def test_it_ends_with_the_process_that_started_it(folder: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from rag.llama.server import LlamaServer;"
        "server = LlamaServer(Path(sys.argv[1])); print(server.url, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", script, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    url = run.stdout.strip()
    assert url.startswith("http://127.0.0.1:")
    with pytest.raises(httpx.ConnectError):
        for _ in range(100):
            with suppress(httpx.ReadError, httpx.RemoteProtocolError):  # it ends while it answers
                httpx.get(url, timeout=1)
            sleep(0.05)


@pytest.mark.parametrize("name", ["missing.gguf", "notes.txt", "empty"])
def test_what_is_no_model_is_said(name: str, folder: Path) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(SettingsError, match=r"DATELINE_CHAT_MODEL|whole \.gguf file"):
        LlamaServer(folder / name)
