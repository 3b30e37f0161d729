"""What a browser may do with what comes from here, should text ever pass for markup: sent with every response.

Gradio forces two weak points: it runs the pages' handlers with `new Function`, so `unsafe-eval` must stay, and it sets
styles as it goes, so does `unsafe-inline` for styles. No script runs but its own files and the four in its page, which
are named by their hashes: not one that was uploaded, nor one in an attribute, nor a `javascript:` link.
"""

import re
from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""The policy of whatever is no page: files, JSON, what was uploaded."""


def write_policy(page: bytes, host: str) -> str:
    """Return the policy of a page as it is served at `host`."""
    hashes = [b64encode(sha256(script).digest()).decode() for script in _INLINE.findall(page)]
    scripts = [f"'sha256-{value}'" for value in hashes]
    folders = [f"{host}/{name}/" for name in ("assets", "static", "svelte")]
    own = ["'self'"] if host.startswith("[") else folders  # a policy cannot name an IPv6 address
    rules = {
        "default-src": "'none'",
        "script-src": " ".join([*scripts, *own, "'unsafe-eval'"]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SafeHeaders:
    """Middleware that puts the headers on every response; a page is held back until it is whole, for its hashes."""

    def __init__(self, app: ASGIApp) -> None:
        """Dress the responses of `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        start: Message = {}
        page = b""

        async def dress(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers.update(HEADERS)
                start = message
                if not _is_page(headers):
                    headers["content-security-policy"] = NOTHING
                    await send(message)
            elif message["type"] == "http.response.body" and _is_page(Headers(raw=start["headers"])):
                page += message.get("body", b"")
                if not message.get("more_body"):
                    MutableHeaders(raw=start["headers"])["content-security-policy"] = write_policy(page, host)
                    await send(start)
                    await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        await self._app(scope, receive, dress)


def _is_page(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")
