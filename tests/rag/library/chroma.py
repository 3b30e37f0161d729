"""A real Chroma server in a process of its own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.rag.web.browsing import find_free_port


@contextmanager
def serve_chroma(folder: Path, port: int | None = None) -> Iterator[str]:
    """Serve the collections in `folder`; yields the server's address once it answers."""
    port = port or find_free_port()
    program = Path(sys.executable).with_name("chroma")
    command: list[str | Path] = [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        while not answers(f"{url}/api/v2/heartbeat"):
            assert server.poll() is None
            time.sleep(0.05)
        yield url
    finally:
        server.kill()
        server.wait()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).is_success
    except httpx.TransportError:
        return False
