"""Programs use the page: through Gradio's client, over HTTP, and by MCP."""

import json
from collections.abc import Iterator

import httpx
import pytest
from mcp import Client as McpClient
from mcp_types import CallToolResult

from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.settings import Settings
from rag.wire import to_json
from tests.rag.web.apps import run_apart
from tests.rag.web.serving import open_client, serve

QUESTION = "Who handed over the US reply in Moscow?"
NAMES = {*"ask search list_articles show_article add_article edit_articles remove_article evaluate".split()}


@pytest.fixture(scope="module")
def address(starter_library: Library, starter_settings: Settings) -> Iterator[str]:
    with serve(starter_library, starter_settings) as address:
        yield address


def ask_in_two_steps(address: str, path: str, body: object) -> str:
    event = httpx.post(f"{address}/gradio_api/call/{path}", json=body, timeout=60).json()["event_id"]
    return httpx.get(f"{address}/gradio_api/call/ask/{event}", timeout=60).text


def test_one_step_over_http(address: str, endpoints: Endpoints) -> None:
    reply = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60)
    expected = endpoints.functions["ask"](question=QUESTION)
    assert reply.status_code == 200
    assert reply.json() | {"seconds": 0} == to_json(expected) | {"seconds": 0}


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("ask", '{"question": "?!"}', 400, "'?!' is not a question yet: write at least 2 letters or digits"),
        ("ask", '{"question": "Who?", "self": 1, "func": 2}', 400, "self is not an argument; func is not an"
         " argument"),
        ("ask", '{"question": "Who?", "since": "2022-02-02", "until": "2022-02-01"}', 400,
         "no day is both since 2022-02-02 and until 2022-02-01: swap them"),
        ("ask", "", 400, "question is missing"),
        ("ask", "Who?", 400, "the body is not JSON (Expecting value: line 1 column 1 (char 0))"),
        ("ask", '["Who?"]', 400, "send the arguments as an object, such as {\"question\": \"...\"}, not ['Who?']"),
        ("ask", b"\xff\xfe\xfd", 400, "the body is not JSON ('utf-16-le' codec can't decode byte 0xfd in position 2: "
         "truncated data)"),
        ("ask", "[" * 100_000, 400, "the body is not JSON (maximum recursion depth exceeded while decoding a JSON array"
         " from a unicode string)"),
        ("know", "{}", 404, "there is no endpoint 'know'; there are ask, search, list_articles, show_article,"
         " add_article, edit_articles, remove_article, evaluate"),
    ],
)  # fmt: skip
def test_mistakes_over_http(address: str, path: str, body: str | bytes, status: int, error: str) -> None:
    reply = httpx.post(f"{address}/api/{path}", content=body, timeout=60)
    assert (reply.status_code, reply.json()) == (status, {"error": error})


ODD = (
    "a\0b",
    "\ud800 half",
    "\u202e turned",
    "?" * 999 + "ab",
    "'; DROP TABLE articles; --",
    'NEAR("*)^~AND OR',
    "中文 为什么",
)


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize(("path", "name"), [("ask", "question"), ("search", "query"), ("show_article", "id")])
def test_odd_texts_are_answered_or_refused_in_words(address: str, path: str, name: str, text: str) -> None:
    body = json.dumps({name: text, "outlets": [text]} if path != "show_article" else {name: text})
    reply = httpx.post(f"{address}/api/{path}", content=body, timeout=60)
    assert reply.status_code == 200 or (reply.status_code == 400 and reply.json()["error"])


def test_the_endpoints_describe_themselves_over_http(address: str) -> None:
    described = httpx.get(f"{address}/api", timeout=60).json()
    assert described.keys() == {f"POST /api/{name}" for name in NAMES}
    ask = described["POST /api/ask"]
    assert ask["parameters"]["required"] == ["question"]
    assert ask["parameters"]["properties"]["since"]["description"].startswith("Only articles published on this day")
    assert ask["returns"]["properties"]["confidence"]["description"].startswith("From 0 to 1")


def test_gradio_client_sees_names_types_and_descriptions(address: str) -> None:
    described = open_client(address).view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert described.keys() == {f"/{name}" for name in NAMES}
    question, outlets, *_ = described["/ask"]["parameters"]
    assert (question["parameter_name"], question["python_type"]) == (
        "question",
        {"type": "str", "description": "A question, in English."},
    )
    assert (outlets["parameter_has_default"], outlets["python_type"]["type"]) == (True, "None | list[str]")
    assert described["/ask"]["description"].startswith("Answer a question from the news articles")
    assert "confidence: float" in described["/ask"]["returns"][0]["python_type"]["type"]


def test_gradio_client_calls_by_name_and_by_order(address: str) -> None:
    client = open_client(address)
    assert client.predict(QUESTION, api_name="/ask")["answer_span"] == "John Sullivan"
    found = client.predict(query="rates", k=2, api_name="/search")
    assert [len(found), found[0]["score"] >= found[1]["score"]] == [2, True]
    with pytest.raises(Exception, match="no article has the id 'x'"):
        client.predict("x", api_name="/show_article")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", {"data": [QUESTION]}),
        ("ask/", {"data": [QUESTION]}),
        ("ask", {"data": [QUESTION, None, None, "", "", None]}),
        ("ask", {"data": [QUESTION, None, None, None, None, None]}),
        ("v2/ask", {"question": QUESTION}),
    ],
)
def test_gradios_two_steps(address: str, path: str, body: object) -> None:
    stream = ask_in_two_steps(address, path, body)
    event, data = stream.strip().split("\n")[:2]
    assert event == "event: complete"
    assert json.loads(data.removeprefix("data: "))[0]["answer_span"] == "John Sullivan"


def test_a_mistake_in_gradios_two_steps(address: str) -> None:
    assert "'?!' is not a question yet" in ask_in_two_steps(address, "ask", {"data": ["?!"]})
    assert "since should be a valid string" in ask_in_two_steps(address, "ask", {"data": [QUESTION, None, None, 7]})
    assert httpx.post(f"{address}/gradio_api/call/ask", content=b"?!", timeout=60).status_code == 422


def test_mcp_over_http(address: str) -> None:
    async def ask() -> tuple[set[str], CallToolResult]:
        async with McpClient(f"{address}/mcp") as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            return names, await client.call_tool("ask", {"question": QUESTION, "since": None, "outlets": None})

    names, reply = run_apart(ask())
    assert names == NAMES
    assert reply.structured_content is not None
    assert reply.structured_content["answer_span"] == "John Sullivan"
