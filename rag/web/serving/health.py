"""Whether the process lives (`/healthz`) and can answer (`/readyz`): for whoever starts, watches and ends it."""

import logging

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from rag.library.library import Library

LIVES, READY = "/healthz", "/readyz"
SECONDS_TO_WAIT = 3
"""After which a caller should try again while the page is starting."""
_LOG = logging.getLogger(__name__)


def build_health_routes(library: Library) -> list[BaseRoute]:
    """Return the routes of an application whose models are loaded: it is ready while the library can be read."""

    async def tell(request: Request) -> Response:
        try:
            await run_in_threadpool(_read, library)
        except Exception:  # whatever it is: the log says it, and a stranger only learns that it is so
            _LOG.exception("the library cannot be read")
            return _answer("the library cannot be read: see the log", 503)
        return _answer("ready")

    return [Route(LIVES, _live), Route(READY, tell)]


def build_starting_app(middleware: list[Middleware]) -> ASGIApp:
    """Return the application that is served until the library is open and the models are loaded."""

    def refuse(request: Request) -> Response:
        wait = str(SECONDS_TO_WAIT)
        return _answer("starting: try again in a moment", 503, {"retry-after": wait, "refresh": wait})

    methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"]
    return Starlette(
        routes=[Route(LIVES, _live), Route("/{path:path}", refuse, methods=methods)], middleware=middleware
    )


def _live(request: Request) -> Response:
    return _answer("alive")


def _read(library: Library) -> None:
    library.catalog.read_collection()
    library.vectors.count()
    library.words.count()


def _answer(state: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"status": state}, status, headers)
