"""Headers on every response that limit what a browser may do, in case text is ever taken for markup.

Gradio forces two weak points: it runs the pages' handlers with `new Function`, which needs `unsafe-eval`, and it sets
styles from scripts, which needs `unsafe-inline` for styles. Only Gradio's script files run, and the scripts within the
page, Gradio's and `early.js`, which the policy names by their hashes: no uploaded script, none in an attribute, and no
`javascript:` link.
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
"""The policy of all responses but pages: files, JSON, uploads."""


def write_policy(page: bytes, host: str) -> str:
    """Return the policy of a page that is served at `host`, behind which a prefix may stand."""
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
    """Middleware that adds the headers to every response: `Middleware(SafeHeaders)`.

    It holds a page back until it has all of it, to hash its scripts.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Add the headers to the responses of `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "") + scope.get("root_path", "")
        start: Message = {}
        page = b""

        async def add_headers(message: Message) -> None:
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

        await self._app(scope, receive, add_headers)


def _is_page(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith("text/html")
