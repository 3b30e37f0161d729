"""The page asks nobody: its process connects to nothing while it answers, and its browser to nothing but it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.rag.web.browsing import ask, find_free_port

ROOT = Path(__file__).resolve().parents[4]
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
CALLS = "connect,sendto,sendmsg,sendmmsg"
"""Whoever wants to reach another machine makes one of these, whatever language it is written in."""


@contextmanager
def serve_traced(home: Path, trace: Path) -> Iterator[str]:
    """Serve the starter articles in a process whose calls to the network are written down; yields the address."""
    port = find_free_port()
    page = [sys.executable, "-m", "rag", "serve", "--home", str(home), "--port", str(port)]
    command = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(trace), *page]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}"
        while not answers(address):
            assert process.poll() is None
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.TransportError:
        return False


def list_addresses(trace: str) -> set[str]:
    """Return the addresses that were connected or sent to."""
    return {found[1] or found[2] for found in ADDRESS.finditer(trace)}


def test_addresses_are_found_in_a_trace() -> None:
    trace = (
        '12 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n'
        '12 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &a)}, 28)\n'
        '12 connect(3, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT\n'
    )
    assert list_addresses(trace) == {"192.0.2.1", "2001:db8::1"}


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace on this machine: apt-get install strace")
@pytest.mark.timeout(600)
def test_neither_the_page_nor_its_browser_reaches_for_another_machine(
    page: Page, tmp_path: Path, copy_starter: Callable[[], Path]
) -> None:
    trace = tmp_path / "trace"
    with serve_traced(copy_starter(), trace) as address:
        page.goto(address)
        expect(page.locator(".dl-header")).to_be_visible()
        ask(page, "Who handed over the US reply in Moscow?")
        page.locator(".dl-number").first.click()
        expect(page.locator("#dl-sources mark.active")).to_be_visible()
        for name in ("articles", "evaluation"):
            page.goto(f"{address}/#{name}")
            expect(page.locator(f"#dl-page-{name}")).to_be_visible()
        article = {"text": "The harvest came late to Jerez, growers said.", "title": "A late harvest"}
        for name, arguments in {
            "ask": {"question": "Who won the World Cup?"},
            "add_article": article,
            "evaluate": {"cases": [{"question": "Who handed over the US reply?", "answers": ["John Sullivan"]}]},
        }.items():
            assert httpx.post(f"{address}/api/{name}", json=arguments, timeout=120).status_code == 200
        refused = httpx.post(f"{address}/mcp", content=b"{}", headers={"content-type": "application/json"}, timeout=60)
        assert refused.status_code == 400
        page.close()  # servers wait for open ones
    text = trace.read_text("utf-8", errors="replace")
    assert "SIGTERM" in text  # so it was traced to its end
    assert {address for address in list_addresses(text) if not ip_address(address).is_loopback} == set()
