"""The examples of docs/programs.md do what is written there."""

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from rag.assembly import open_library
from rag.library.library import Library
from rag.settings import Settings
from tests.rag.web.serving import open_client, serve

ROOT = Path(__file__).resolve().parents[3]
PAGE = "http://127.0.0.1:7860"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "docs/programs.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
PYTHON = [(code, printed) for (kind, code), (after, printed) in pairwise(BLOCKS) if (kind, after) == ("python", "text")]
COMMANDS = [code for kind, code in BLOCKS if kind == "sh"]


@pytest.fixture(scope="module")
def copy(copy_starter: Callable[[], Path]) -> Iterator[tuple[Library, Settings]]:
    """A library of the starter articles that may be changed."""
    settings = Settings(home=copy_starter())
    with open_library(settings) as library:
        yield library, settings


@pytest.fixture(scope="module")
def address(copy: tuple[Library, Settings]) -> Iterator[str]:
    with serve(*copy) as address:
        yield address


@pytest.fixture(scope="module")
def locked(copy: tuple[Library, Settings]) -> Iterator[str]:
    """The address of a page that asks for a login."""
    with serve(*copy, auth=SecretStr("bob:other,ann:secret")) as address:
        yield address


def run(*command: str, address: str) -> str:
    done = subprocess.run(
        [part.replace(PAGE, address) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_examples_are_found() -> None:
    assert (len(PYTHON), len(COMMANDS)) == (2, 3)


@pytest.mark.parametrize(("code", "printed"), PYTHON)
def test_what_python_prints(address: str, code: str, printed: str) -> None:
    assert run(sys.executable, "-c", code, address=address) == printed


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_what_curl_gets(address: str, locked: str) -> None:
    asked, searched, listed = COMMANDS
    assert json.loads(run("sh", "-c", asked, address=address))["answer_span"] == "John Sullivan"
    (found,) = json.loads(run("sh", "-c", searched, address=address))
    assert found["published"] >= "2022-02-01"
    (entry,) = json.loads(run("sh", "-c", listed, address=locked))
    assert entry["id"] == "2023-08-29-evros-fire-largest-in-eu"


def test_gradio_client_logs_in_as_written(locked: str) -> None:
    headers = {"Authorization": "Basic " + b64encode(b"ann:secret").decode()}
    assert len(open_client(locked, headers=headers).predict(limit=3, api_name="/list_articles")) == 3
    with pytest.raises(ValueError, match="Please login"):
        open_client(locked)


def test_the_assistants_configuration_is_json_that_starts_the_command() -> None:
    (block,) = [code for kind, code in BLOCKS if kind == "json"]
    server = json.loads(block)["mcpServers"]["dateline"]
    arguments = [sys.executable, *server["args"][:3], "--help"]
    assert "Serve the articles to an MCP client" in run(*arguments, address=PAGE)
