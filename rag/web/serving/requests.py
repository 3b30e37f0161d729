"""Watches every request from its beginning to the end of the reply, under the name of its route."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

OTHER = "other"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
DROPPED = 499
"""The status of a request whose caller left, or whose reply failed, before there was one."""


@dataclass(frozen=True, slots=True)
class Served:
    """One request that has its reply. The route is one of a few names: paths and queries may hold questions."""

    method: str
    route: str
    status: int
    seconds: float
    client: str


Report = Callable[[Served], None]


class RequestWatch:
    """Middleware that reports each request: `Middleware(RequestWatch, routes=["/api/ask"], reports=[print])`."""

    def __init__(self, app: ASGIApp, routes: Sequence[str], reports: Sequence[Report]) -> None:
        """Name requests after the longest of `routes` that their path begins with, and `/` after itself."""
        self._app = app
        self._routes = sorted(routes, key=len, reverse=True)
        self._reports = reports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and report it once the reply is complete."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = DROPPED, perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            client = (scope.get("client") or ("",))[0]
            served = Served(method, self._name(scope["path"]), status, perf_counter() - began, client)
            for report in self._reports:
                report(served)

    def _name(self, path: str) -> str:
        if path == "/":
            return path
        return next((route for route in self._routes if path.startswith(route)), OTHER)
