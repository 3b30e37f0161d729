"""What the browser is told about a page and about all else."""

import base64
import hashlib

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.routing import Route

from rag.web.security.headers import NOTHING, SafeHeaders, write_policy
from tests.rag.web.apps import AppClient

TWO = b"\ntwo()\n"
PAGE = b'<script>one()</script><script src="/assets/a.js"></script><script type="module" data-x>' + TWO + b"</script>"


def hash_of(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def test_the_policy_of_a_page_names_its_own_scripts_and_no_others() -> None:
    policy = dict(rule.split(" ", 1) for rule in write_policy(PAGE, "127.0.0.1:7860").split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": f"{hash_of(b'one()')} {hash_of(TWO)} 127.0.0.1:7860/assets/ 127.0.0.1:7860/static/"
        " 127.0.0.1:7860/svelte/ 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'none'",
    }


def test_at_an_ipv6_address_which_a_policy_cannot_name() -> None:
    assert "script-src 'self' 'unsafe-eval';" in write_policy(b"", "[::1]:7860")


def test_a_page_in_parts_arrives_whole_with_its_policy_and_all_else_with_the_strictest() -> None:
    routes = [
        Route("/", lambda request: StreamingResponse(iter([PAGE[:9], PAGE[9:]]), media_type="text/html")),
        Route("/json", lambda request: JSONResponse({"a": "<script>"})),
        Route("/empty", lambda request: HTMLResponse(b"")),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(SafeHeaders)])
    page, json, empty = map(AppClient(app).get, ("/", "/json", "/empty"))
    assert (page.content, page.headers["content-security-policy"]) == (PAGE, write_policy(PAGE, "127.0.0.1:7860"))
    assert (json.json(), json.headers["content-security-policy"]) == ({"a": "<script>"}, NOTHING)
    assert empty.headers["content-security-policy"] == write_policy(b"", "127.0.0.1:7860")
    for reply in (page, json, empty):
        assert {name: reply.headers[name] for name in ("x-content-type-options", "x-frame-options")} == {
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
        }
        assert (reply.headers["referrer-policy"], reply.headers["cross-origin-opener-policy"]) == (
            "no-referrer",
            "same-origin",
        )
