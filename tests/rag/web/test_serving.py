"""Serving as others watch it: ready or not, measures, logs without questions, and an end that loses no answer."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rag.errors import SettingsError
from rag.library.home import Home
from rag.web.serving.listener import Listener
from tests.rag.web.browsing import find_free_port

ROOT = Path(__file__).resolve().parents[3]
LOGIN = ("ann", "secret")
QUESTION = "Who handed over the US reply in Moscow?"
ASKERS = 4


@contextmanager
def start_process(home: Path, port: int, errors: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the starter articles in a process of its own, with a login and logs of JSON."""
    command = [sys.executable, "-m", "rag", "serve", "--home", str(home), "--port", str(port)]
    environment = {**os.environ, "DATELINE_LOG": "json", "DATELINE_AUTH": ":".join(LOGIN)}
    with errors.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=file)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def poll(address: str, path: str, done: Callable[[httpx.Response], bool], process: subprocess.Popen[bytes]) -> set[int]:
    """Ask until a reply will do; returns the statuses that came until then, 0 for no reply at all."""
    seen = set()
    while process.poll() is None:
        try:
            reply = httpx.get(f"{address}{path}", auth=LOGIN if path == "/metrics" else None)
        except httpx.TransportError:
            seen.add(0)
        else:
            seen.add(reply.status_code)
            if done(reply):
                return seen
        time.sleep(0.05)
    raise AssertionError("the process has ended")


def read_status(url: str) -> int:
    return httpx.get(url, timeout=60).status_code


def test_from_the_start_of_a_process_to_its_end(copy_starter: Callable[[], Path], tmp_path: Path) -> None:
    home, port, errors = copy_starter(), find_free_port(), tmp_path / "errors"
    address = f"http://127.0.0.1:{port}"
    with start_process(home, port, errors) as process, ThreadPoolExecutor(ASKERS) as pool:
        poll(address, "/healthz", lambda reply: reply.is_success, process)
        assert read_status(f"{address}/readyz") == read_status(address) == 503
        assert 503 in poll(address, "/readyz", lambda reply: reply.is_success, process)
        assert [read_status(address + path) for path in ("/metrics", "/", "/healthz")] == [401, 401, 200]

        def ask(number: int) -> int:
            question = {"question": f"{QUESTION} {number}"}
            return httpx.post(f"{address}/api/ask", json=question, auth=LOGIN, timeout=60).status_code

        asked = [pool.submit(ask, number) for number in range(ASKERS)]
        under_way = f"dateline_answers_open {ASKERS}.0\n"
        poll(address, "/metrics", lambda reply: under_way in reply.text or all(map(Future.done, asked)), process)
        measures = httpx.get(f"{address}/metrics", auth=LOGIN, timeout=60).text
        process.send_signal(signal.SIGTERM)
        assert [each.result() for each in asked] == [200] * ASKERS
        assert process.wait(timeout=60) == 0
    Home(home).lock()
    lines = [json.loads(line) for line in errors.read_text().splitlines() if line.startswith("{")]
    logged = [line for line in lines if line["logger"] == "dateline.requests"]
    asks = [(line["method"], line["status"]) for line in logged if line["route"] == "/api/ask"]
    assert asks == [("POST", 200)] * ASKERS
    assert {"dateline_articles 32.0", "dateline_passages 96.0"} < {*measures.splitlines()}
    assert 'dateline_requests_total{method="GET",route="/metrics",status="401"} 1.0' in measures
    for told in (measures, errors.read_text()):
        assert "Moscow" not in told


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener("127.0.0.1", find_free_port(), end_seconds=0.5) as listener:
        yield listener


def test_callers_wait_while_one_application_takes_the_place_of_another(listener: Listener) -> None:
    def make(name: str) -> Starlette:
        return Starlette(routes=[Route("/", lambda request: PlainTextResponse(name))])

    listener.serve(make("one"))
    assert httpx.get(listener.address).text == "one"
    listener.stop()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.get, listener.address, timeout=30)
        time.sleep(0.1)
        listener.serve(make("two"))
        assert waiting.result().text == "two"
    listener.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(listener.address)


def test_what_never_ends_is_cut_off(listener: Listener) -> None:
    begun = Event()

    def hang(request: Request) -> Response:
        begun.set()
        time.sleep(30)
        return PlainTextResponse("too late")

    listener.serve(Starlette(routes=[Route("/", hang)]))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.get, listener.address, timeout=30)
        begun.wait(30)
        before = time.monotonic()
        listener.close()
        assert time.monotonic() - before < 10
        assert waiting.exception() is not None or waiting.result().status_code == 500


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match=r"cannot serve on nowhere\.invalid:7860 .*choose another port"):
        Listener("nowhere.invalid", 7860)
