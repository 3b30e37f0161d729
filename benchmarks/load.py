"""Many people asking at once: `python -m benchmarks.load`, over HTTP, of a page in a process of its own.

Every asker sends one question after another without a pause, and no two ask the same; each answer is compared with the
one that the same question got when nobody else was asking.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from rich.console import Console
from rich.markdown import Markdown

from benchmarks.sets import RESULTS, read_starter_cases

ASKERS = 20
ROUNDS = 5
LIMIT_SECONDS = 2.0
"""What the 95th percentile should stay below."""
HEAD = f"""# Many askers at once

`python -m benchmarks.load`: {ASKERS} askers, each with {ROUNDS} questions of its own, one after another without a
pause, asked of a page over the starter articles on this machine ({os.cpu_count()} cores). Seconds from the request to
the whole answer. Right: the same answer as when nobody else was asking.

| way | answers | right | p50 | p95 | answers/s |
|---|---|---|---|---|---|
"""

Reply = dict[str, Any]
Ask = Callable[[str], Reply]


def main() -> int:
    """Print the table and write it to `results/load.md`; returns 1 where answers are wrong or too slow."""
    lines = read_starter_cases("starter.jsonl")
    questions = list(dict.fromkeys(line["question"] for line in lines))[: ASKERS * ROUNDS]
    rows: list[str] = []
    references: list[Reply] = []
    is_good = True
    with TemporaryDirectory(prefix="dateline-") as home:
        for name, make, count in WAYS:
            with serve(home) as address:  # a new process each time: what was read is remembered
                replies, taken = ask_at_once([make(address) for _ in range(count)], questions)
            references = references or strip(replies)
            rows.append(describe(f"{name}, {count} at once", strip(replies), references, taken, count))
            is_good &= strip(replies) == references and quantiles(taken, n=20)[-1] < LIMIT_SECONDS
    table = HEAD + "\n".join(rows) + "\n"
    (RESULTS / "load.md").write_text(table, encoding="utf-8")
    Console().print(Markdown(table))
    return int(not is_good)


class HttpAsker:
    """Asks in one step, over a connection of its own."""

    def __init__(self, address: str) -> None:
        """Ask the page at `address`."""
        self._client = httpx.Client(base_url=address, timeout=60)

    def __call__(self, question: str) -> Reply:
        """Return the reply."""
        reply: Reply = self._client.post("/api/ask", json={"question": question}).raise_for_status().json()
        return reply


class QueueAsker:
    """Asks in two steps, as the page's own script does: puts the question into Gradio's queue, and listens."""

    def __init__(self, address: str) -> None:
        """Ask the page at `address`."""
        self._client = httpx.Client(base_url=f"{address}/gradio_api/call/ask", timeout=60)

    def __call__(self, question: str) -> Reply:
        """Return the reply."""
        event = self._client.post("", json={"data": [question]}).raise_for_status().json()["event_id"]
        stream = self._client.get(f"/{event}").raise_for_status().text
        reply: Reply = json.loads(stream.split("event: complete\ndata: ", 1)[1])[0]
        return reply


WAYS: tuple[tuple[str, Callable[[str], Ask], int], ...] = (
    ("HTTP", HttpAsker, 1),
    ("HTTP", HttpAsker, ASKERS),
    ("Gradio's queue", QueueAsker, ASKERS),
)
"""How the questions are asked, and by how many; the first gives the answers that the others are compared with."""


def ask_at_once(askers: Sequence[Ask], questions: Sequence[str]) -> tuple[list[Reply], list[float]]:
    """Let every asker have its share of the questions; returns replies, in the questions' order, and seconds."""
    shares = [questions[number :: len(askers)] for number in range(len(askers))]
    with ThreadPoolExecutor(len(askers)) as pool:
        asked = list(pool.map(time_questions, askers, shares))
    found = {
        question: reply
        for share, (replies, _) in zip(shares, asked, strict=True)
        for question, reply in zip(share, replies, strict=True)
    }
    return [found[question] for question in questions], [seconds for _, taken in asked for seconds in taken]


def time_questions(ask: Ask, questions: Sequence[str]) -> tuple[list[Reply], list[float]]:
    """Ask one question after another; returns replies and seconds."""
    replies, taken = [], []
    for question in questions:
        began = time.perf_counter()
        replies.append(ask(question))
        taken.append(time.perf_counter() - began)
    return replies, taken


def strip(replies: Sequence[Reply]) -> list[Reply]:
    """Leave out what may differ: how long it took."""
    return [{name: value for name, value in reply.items() if name != "seconds"} for reply in replies]


def describe(
    name: str, replies: Sequence[Reply], references: Sequence[Reply], taken: Sequence[float], askers: int
) -> str:
    """Return one line of the table."""
    right = sum(one == other for one, other in zip(replies, references, strict=True))
    rate = len(taken) / (sum(taken) / askers)
    p50, p95 = median(taken), quantiles(taken, n=20)[-1]
    return f"| {name} | {len(replies)} | {right} | {p50:.2f} s | {p95:.2f} s | {rate:.1f} |"


@contextmanager
def serve(home: str) -> Iterator[str]:
    """Serve the starter articles from a home folder; yields the page's address once it answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = [sys.executable, "-m", "rag", "serve", "--home", home, "--port", str(port)]
    environment = {**os.environ, "DATELINE_REQUESTS_PER_MINUTE": "1000000"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        while not _answers(address):
            if process.poll() is not None:
                raise RuntimeError("the page did not start: see above")
            time.sleep(0.2)
        HttpAsker(address)("Is anybody there?")  # the first question is always slower
        yield address
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    sys.exit(main())
