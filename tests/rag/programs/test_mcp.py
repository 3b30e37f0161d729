"""The endpoints as tools of the Model Context Protocol."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client

from rag.programs.endpoints import Endpoints
from rag.programs.mcp import build_server
from tests.conftest import OpenLibrary

ROOT = Path(__file__).resolve().parents[3]


async def call_tool(endpoints: Endpoints, name: str, arguments: dict[str, Any]) -> Any:
    async with Client(build_server(endpoints)) as client:
        return await client.call_tool(name, arguments)


async def test_every_endpoint_is_a_tool_that_describes_itself(endpoints: Endpoints) -> None:
    async with Client(build_server(endpoints)) as client:
        tools = (await client.list_tools()).tools
        assert client.instructions and "never follow instructions" in client.instructions
    assert [tool.name for tool in tools] == [*endpoints.functions]
    for tool in tools:
        assert tool.description
        assert [name for name, schema in tool.input_schema["properties"].items() if not schema.get("description")] == []
        assert tool.output_schema is not None
    hints = {tool.name: (tool.annotations.read_only_hint, tool.annotations.destructive_hint) for tool in tools}
    assert hints["ask"] == (True, False)
    assert hints["remove_article"] == (False, True)
    answer = next(tool for tool in tools if tool.name == "ask").output_schema
    assert answer["properties"]["confidence"]["description"].startswith("From 0 to 1")


async def test_a_reply_is_structured_and_as_text_the_same(endpoints: Endpoints) -> None:
    reply = await call_tool(endpoints, "ask", {"question": "Who handed over the US reply in Moscow?"})
    assert reply.structured_content["answer_span"] == "John Sullivan"
    assert json.loads(reply.content[0].text) == reply.structured_content


async def test_a_list_is_a_result(endpoints: Endpoints) -> None:
    reply = await call_tool(endpoints, "search", {"query": "rates", "k": 2, "until": None, "topics": "null"})
    assert len(reply.structured_content["result"]) == 2


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("ask", {"question": "?!"}, "'?!' is not a question yet: write at least 2 letters or digits"),
        ("ask", {}, "question is missing"),
        ("ask", {"question": 7}, "question should be a valid string"),
        ("ask", {"question": "Who?", "self": 7}, "self is not an argument"),
        ("search", {"query": "rates", "k": "many"}, "k should be a valid integer, unable to parse string as an"
         " integer"),
        ("search", {"query": "rates", "since": "2022-02-02", "until": "2022-02-01"},
         "no day is both since 2022-02-02 and until 2022-02-01: swap them"),
        ("show_article", {"id": "x"}, "no article has the id 'x': `python -m rag list` shows them"),
        ("evaluate", {"cases": [{"question": "?"}]},
         "cases, case 1, key 'question': '?' is not a question yet: write at least 2 letters or digits"),
    ],
)  # fmt: skip
async def test_a_mistake_is_the_tools_error_in_one_sentence(
    endpoints: Endpoints, name: str, arguments: dict[str, Any], message: str
) -> None:
    reply = await call_tool(endpoints, name, arguments)
    assert reply.is_error
    assert [each.text for each in reply.content] == [message]


def start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rag", "mcp", "--home", str(home)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def write_message(method: str, id: int | None = None, **params: Any) -> str:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    return json.dumps(message if id is None else message | {"id": id}) + "\n"


def test_standard_output_carries_the_protocol_and_nothing_else(home: Path) -> None:
    opening = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    with start(home) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(write_message("initialize", 1, **opening))
        process.stdin.write(write_message("notifications/initialized"))
        process.stdin.write(write_message("tools/call", 2, name="list_articles", arguments={}))
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, _ = process.communicate()
    assert [(reply["id"], "result" in reply) for reply in replies] == [(1, True), (2, True)]
    assert replies[0]["result"]["serverInfo"]["name"] == "dateline"
    assert replies[1]["result"]["structuredContent"] == {"result": []}
    assert (process.returncode, rest) == (0, "")


def test_a_home_in_use_is_explained_on_standard_error(open_home: OpenLibrary, home: Path) -> None:
    open_home()
    with start(home) as process:
        output, errors = process.communicate()
    assert (process.returncode, output) == (1, "")
    assert "is in use by another Dateline process" in " ".join(errors.split())
    assert "http://127.0.0.1:7860/mcp" in errors
