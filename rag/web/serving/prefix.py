"""Serves the page under a prefix, behind a proxy: `https://example.org/news/` in place of `https://example.org/`."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.addresses import is_path_prefix

HEADER = "x-forwarded-prefix"


class Prefix:
    """Middleware that tells the application where it stands, whether or not the proxy takes the prefix away.

    Example:
        `Middleware(Prefix, prefix="/news")` serves `/news/api/ask` and `/api/ask` alike.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        """Use this prefix; without one, that of the proxy's header in each request."""
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the path that it has without the prefix."""
        prefix = self._find(scope) if scope["type"] == "http" else ""
        if not prefix:
            await self._app(scope, receive, send)
        elif scope["path"] == prefix:  # the page's own addresses are relative to its folder
            await RedirectResponse(f"{prefix}/")(scope, receive, send)
        else:
            path = scope["path"].removeprefix(prefix) if scope["path"].startswith(f"{prefix}/") else scope["path"]
            await self._app({**scope, "path": path, "root_path": prefix, **_tell_gradio(scope, prefix)}, receive, send)

    def _find(self, scope: Scope) -> str:
        told = Headers(scope=scope).get(HEADER, "").rstrip("/")
        return self._prefix or (told if is_path_prefix(told) else "")


def _tell_gradio(scope: Scope, prefix: str) -> dict[str, object]:
    """Return headers by which Gradio makes whole addresses: it knows of no prefix that a request brings."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    headers["x-forwarded-host"] = f"{headers.get('host', '')}{prefix}"
    return {"headers": headers.raw}
