"""Checks every request before Gradio, the endpoints or MCP see it.

A page of another site, open in a browser on this machine, can send requests to 127.0.0.1. So a request must name this
server as its host (a foreign domain that resolves to 127.0.0.1 does not), and must not come from another site.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.web.security.rate_limit import RateLimit

SERVED = (
    "/assets/ /static/ /svelte/ /theme.css /favicon.ico /opensearch.xml /manifest.json /robots.txt /config /api /mcp"
    " /metrics /healthz /readyz /login_check /gradio_api/info /gradio_api/openapi.json /gradio_api/heartbeat/"
    " /gradio_api/queue/ /gradio_api/call/ /gradio_api/cancel /gradio_api/reset /gradio_api/app_id /gradio_api/upload"
    " /gradio_api/file="
).split()
"""Starts of the paths that are served, besides `/`. Gradio has more: a proxy, recordings, a code editor."""
OPEN = "/healthz", "/readyz"
"""Paths that need no login: the replies hold no data, and whoever watches over the process has no account."""
UPLOADS = "/gradio_api/upload"
BODY_BYTES = 50_000_000
"""The largest request that is no upload: the longest article that can be pasted fits into it."""
FAILED_LOGINS = 10
"""Wrong passwords that a client may try a minute."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Which requests the guard lets through: `Rules(frozenset({"news.example.org"}), ("ann:secret",))`.

    Attributes:
        hostnames: Names of the server, besides addresses and localhost.
        accounts: "user:password" each; without any there is no login.
        requests_per_minute: How many changes a client may request.
        upload_bytes: The largest upload.
    """

    hostnames: frozenset[str] = frozenset()
    accounts: tuple[str, ...] = ()
    requests_per_minute: int = 300
    upload_bytes: int = 500_000_000


class TooLargeError(Exception):
    """A request's body is longer than it may be."""


class Guard:
    """Middleware that refuses requests which break the rules: `Middleware(Guard, rules=Rules())`."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        """Pass the requests that keep the `rules` on to `app`."""
        self._app = app
        self._rules = rules
        self._accounts = [_digest(account.encode()) for account in rules.accounts]
        self._request_limit = RateLimit(rules.requests_per_minute)
        self._login_limit = RateLimit(FAILED_LOGINS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._refuse(Request(scope))
            if refusal:
                await refusal(scope, receive, send)
            else:
                await self._pass_on(scope, receive, send)

    def _refuse(self, request: Request) -> Response | None:
        """Return the refusal of a request that breaks the rules. The site has no web sockets."""
        headers, path = request.headers, request.url.path
        if not is_own_host(headers.get("host", ""), self._rules.hostnames):
            return _answer(421, f"this server is not {headers.get('host', '')!r}: see DATELINE_HOSTNAMES")
        if is_foreign(headers, request.method, self._rules.hostnames):
            return _answer(403, "the request comes from a page of another site")
        if path != "/" and not path.startswith(tuple(SERVED)):
            return _answer(404, "there is nothing here")
        client = request.client.host if request.client else ""
        if self._accounts and path not in OPEN and not self._is_known(headers):
            return self._ask_to_log_in(client, has_tried="authorization" in headers)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()):
            return _answer(400, f"{length[:20]!r} is no length of a request")
        if int(length[:20]) > self._largest(path):  # 20 digits are too many already
            return _answer(413, f"the request is larger than {self._largest(path):,} bytes")
        if request.method not in ("GET", "HEAD", "OPTIONS") and (wait := self._request_limit.take(client)):
            return _answer(429, f"too many requests: try again in {wait} s", {"retry-after": str(wait)})
        return None

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = self._largest(scope["path"])
        has_answered = False

        async def count() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise TooLargeError
            return message

        async def watch(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        try:
            await self._app(scope, count, watch)
        except TooLargeError:
            if not has_answered:
                await _answer(413, f"the request is larger than {self._largest(scope['path']):,} bytes")(
                    scope, receive, send
                )

    def _largest(self, path: str) -> int:
        return self._rules.upload_bytes if path.startswith(UPLOADS) else BODY_BYTES

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, encoded = headers.get("authorization", "").partition(" ")
        try:
            given = _digest(b64decode(encoded, validate=True))
        except (Base64Error, ValueError):
            return False
        # all accounts are compared, so that the time it takes reveals nothing
        matches = [compare_digest(given, account) for account in self._accounts]
        return scheme.lower() == "basic" and any(matches)

    def _ask_to_log_in(self, client: str, *, has_tried: bool) -> Response:
        if has_tried and (wait := self._login_limit.take(client)):
            return _answer(429, f"too many wrong passwords: try again in {wait} s", {"retry-after": str(wait)})
        challenge = {"www-authenticate": 'Basic realm="Dateline", charset="UTF-8"'}
        return _answer(401, "log in with a user and a password", challenge)


def is_own_host(host: str, hostnames: Iterable[str]) -> bool:
    """Tell whether a Host header names this server: by an address, as localhost, or by one of the `hostnames`.

    Addresses need no check: a foreign page can make a name resolve to this machine, but not an address.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name in hostnames or _is_address(name)


def is_foreign(headers: Headers, method: str, hostnames: Iterable[str]) -> bool:
    """Tell whether a page of another site sent the request; a link to this site may be followed."""
    site = headers.get("sec-fetch-site", "none")
    is_navigation = method in ("GET", "HEAD") and headers.get("sec-fetch-dest") == "document"
    if site in ("cross-site", "same-site") and not is_navigation:
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        place = urlsplit(origin)
        return place.netloc != headers.get("host") and (place.hostname or "") not in hostnames
    except ValueError:
        return True


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _digest(text: bytes) -> bytes:
    return sha256(text).digest()


def _answer(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": message}, status, headers)
