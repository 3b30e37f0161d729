"""Applications asked without a server, and from a thread of its own: Playwright keeps the main one's event loop."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp

HOST = "127.0.0.1:7860"
Result = TypeVar("Result")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Return what the coroutine comes to, in a thread and an event loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class AppClient:
    """Asks an application as the client 10.0.0.9 does."""

    def __init__(self, app: ASGIApp) -> None:
        self._transport = httpx.ASGITransport(app, client=("10.0.0.9", 1234))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, path, **options)

        return run_apart(send())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)
