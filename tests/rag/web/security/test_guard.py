"""Who may come in: hosts, sites, logins, sizes and rates."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rag.web.security.guard import BODY_BYTES, Guard, Rules, is_own_host
from tests.rag.web.apps import HOST, AppClient

BROWSER = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors"}


async def answer(request: Request) -> Response:
    return PlainTextResponse(f"{request.method} {len(await request.body())}")


def guard(**rules: Any) -> AppClient:
    """Return a client of an application behind a guard, which answers with the method and the length of the body."""
    methods = ["GET", "POST", "PUT", "DELETE"]
    routes = [Route("/{path:path}", answer, methods=methods)]
    return AppClient(Starlette(routes=routes, middleware=[Middleware(Guard, rules=Rules(**rules))]))


@pytest.mark.parametrize(
    ("host", "is_own"),
    [
        ("127.0.0.1:7860", True),
        ("127.0.0.1", True),
        ("localhost:7860", True),
        ("LOCALHOST", True),
        ("[::1]:7860", True),
        ("192.168.1.5:7860", True),
        ("news.example.org", True),
        ("News.Example.org:443", True),
        ("evil.example", False),
        ("evil.example:7860", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False),
        ("news.example.org.evil.example", False),
        ("news.example.org@evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_whose_host_it_is(host: str, is_own: bool) -> None:
    assert is_own_host(host, {"news.example.org"}) is is_own


def test_a_strangers_name_for_this_machine_is_refused() -> None:
    reply = guard().post("/api/ask", headers={"host": "evil.example:7860"})
    message = "this server is not 'evil.example:7860': see DATELINE_HOSTNAMES"
    assert (reply.status_code, reply.json()) == (421, {"error": message})


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},  # another program's page on this machine
        {"origin": "null"},  # a page in a sandbox, or a file
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_sites_request_is_refused(headers: dict[str, str], method: str) -> None:
    reply = guard().request(method, "/gradio_api/queue/join", headers=headers)
    assert (reply.status_code, reply.json()) == (403, {"error": "the request comes from a page of another site"})


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),  # a program
        ("POST", BROWSER | {"origin": f"http://{HOST}"}),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}),
        ("POST", {"host": "news.example.org", "origin": "https://news.example.org"}),
        ("POST", {"origin": "https://news.example.org"}),  # behind a proxy that changes the host
    ],
)
def test_what_is_let_in(method: str, headers: dict[str, str]) -> None:
    reply = guard(hostnames=frozenset({"news.example.org"})).request(method, "/", headers=headers)
    assert (reply.status_code, reply.text) == (200, f"{method} 0")


def test_a_form_of_another_site_cannot_post_by_navigating() -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert (guard().post("/api/remove_article", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/proxy=https://example.org", "/gradio_api/vibe-edit", "/monitoring", "/gradio_api/runs", "/docs"],
)
def test_what_gradio_serves_and_the_page_does_not_need_is_not_there(path: str) -> None:
    assert (guard().get(path)).status_code == 404


ACCOUNTS = ("ann:secret", "bob:päss:word")


@pytest.mark.parametrize(
    ("auth", "status"),
    [
        (None, 401),
        (("ann", "secret"), 200),
        (("bob", "päss:word"), 200),
        (("ann", "päss:word"), 401),
        (("ann", ""), 401),
        (("ann", "secret "), 401),
        (("", "secret"), 401),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/ask", "/mcp", "/gradio_api/queue/join", "/gradio_api/file=/etc/passwd"])
def test_the_login_guards_everything(auth: tuple[str, str] | None, status: int, path: str) -> None:
    reply = guard(accounts=ACCOUNTS).get(path, auth=auth and httpx.BasicAuth(*auth))
    assert reply.status_code == status
    if status == 401:
        assert reply.headers["www-authenticate"] == 'Basic realm="Dateline", charset="UTF-8"'


@pytest.mark.parametrize(
    "value", ["Basic", "Basic !!", "Basic YW5u", "Bearer YW5uOnNlY3JldA==", "Basic YW5uOnNlY3JldA"]
)
def test_a_login_that_is_none_is_refused(value: str) -> None:
    reply = guard(accounts=ACCOUNTS).get("/", headers={"authorization": value})
    assert reply.status_code == 401


def test_passwords_cannot_be_tried_for_long() -> None:
    client = guard(accounts=ACCOUNTS)
    statuses = [(client.get("/", auth=("ann", f"guess-{number}"))).status_code for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2
    assert (client.get("/", auth=("ann", "secret"))).status_code == 200  # who knows it is not locked out


def test_a_client_may_ask_so_often() -> None:
    client = guard(requests_per_minute=3)
    replies = [client.post("/api/ask") for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert replies[3].json() == {"error": "too many requests: try again in 20 s"}
    assert replies[3].headers["retry-after"] == "20"
    assert (client.get("/assets/index.js")).status_code == 200


async def send_in_parts(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 1_000):
        yield b"x" * 1_000


def test_a_body_may_be_so_large() -> None:
    client = guard(upload_bytes=10_000)
    message = {"error": "the request is larger than 10,000 bytes"}
    for body in (b"x" * 10_001, send_in_parts(11_000)):
        reply = client.post("/gradio_api/upload", content=body)
        assert (reply.status_code, reply.json()) == (413, message)
    reply = client.post("/gradio_api/upload", content=send_in_parts(10_000))
    assert reply.text == "POST 10000"
    assert (client.post("/api/ask", headers={"content-length": str(BODY_BYTES + 1)})).status_code == 413


@pytest.mark.parametrize("length", ["-1", "ten", "1e3"])
def test_a_length_that_is_none_does_no_harm(length: str) -> None:
    assert (guard().post("/api/ask", headers={"content-length": length})).status_code == 400
