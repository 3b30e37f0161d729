"""The page under a prefix, behind a real proxy: in a browser, and what the prefix may be."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rag.library.library import Library
from rag.settings import Settings
from rag.web.serving.prefix import Prefix
from tests.rag.web.apps import HOST, AppClient
from tests.rag.web.browsing import ask
from tests.rag.web.proxy import serve_behind_proxy
from tests.rag.web.serving import serve

QUESTION = "Who handed over the US reply in Moscow?"
NEWS = {"x-forwarded-prefix": "/desk/news/"}


def describe(request: Request) -> Response:
    headers = request.headers
    return JSONResponse([request.scope["path"], request.scope["root_path"], headers.get("x-forwarded-host")])


def make_client(prefix: str = "") -> AppClient:
    middleware = [Middleware(Prefix, prefix=prefix)]
    return AppClient(Starlette(routes=[Route("/{path:path}", describe)], middleware=middleware))


@pytest.mark.parametrize(
    ("prefix", "headers", "path", "seen"),
    [
        ("", {}, "/api", ["/api", "", None]),
        ("/news", {}, "/news/api", ["/api", "/news", f"{HOST}/news"]),
        ("/news", {}, "/api", ["/api", "/news", f"{HOST}/news"]),
        ("/news", {}, "/newsroom", ["/newsroom", "/news", f"{HOST}/news"]),
        ("", NEWS, "/api", ["/api", "/desk/news", f"{HOST}/desk/news"]),
        ("/news", NEWS, "/api", ["/api", "/news", f"{HOST}/news"]),
        ("", {"x-forwarded-prefix": "//evil.example"}, "/api", ["/api", "", None]),
        ("", {"x-forwarded-prefix": "/a b"}, "/api", ["/api", "", None]),
        ("", {"x-forwarded-prefix": "/"}, "/api", ["/api", "", None]),
    ],
)
def test_the_application_learns_where_it_stands(
    prefix: str, headers: dict[str, str], path: str, seen: list[Any]
) -> None:
    assert make_client(prefix).get(path, headers=headers).json() == seen


def test_the_prefix_alone_leads_to_its_folder() -> None:
    reply = make_client("/news").get("/news")
    assert (reply.status_code, reply.headers["location"]) == (307, "/news/")


@pytest.mark.parametrize("way", ["the proxy strips it and sends a header", "the proxy keeps it and it is set"])
def test_a_page_under_a_prefix_works_in_a_browser(
    page: Page, starter_library: Library, starter_settings: Settings, way: str
) -> None:
    strips = "strips" in way
    set_here = {} if strips else {"root_path": "/desk/news"}
    with (
        serve(starter_library, starter_settings, **set_here) as address,
        serve_behind_proxy(address, "/desk/news", strips=strips) as proxy,
    ):
        page.goto(f"{proxy.address}/")
        ask(page, QUESTION)
        expect(page.locator(".dl-quote").first).to_contain_text("John Sullivan")
        page.locator(".dl-number").first.click()
        expect(page.locator("#dl-sources mark.active")).to_be_visible()
        page.get_by_role("link", name="Articles").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download these").click()
        assert download.value.url.startswith(proxy.address)
        search = httpx.get(f"{proxy.address}/opensearch.xml", timeout=60).text
        assert f'template="{proxy.address}/?q=' in search
        reply = httpx.post(f"{proxy.address}/api/ask", json={"question": QUESTION}, timeout=60)
        assert reply.json()["answer_span"] == "John Sullivan"
        assert {*proxy.outside} <= {"/favicon.ico"}  # for which browsers look at the top of a host
        page.close()  # servers wait for open ones
