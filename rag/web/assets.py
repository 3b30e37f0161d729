"""Gradio's scripts and styles. Their names change with their content, so that browsers may keep them for good."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from gzip import compress
from mimetypes import guess_type
from pathlib import Path

import gradio
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = Path(gradio.__file__).parent / "templates" / "frontend" / "index.html"
FOLDER = PAGE.parent / "assets"
HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}

_START = re.compile(r'src="\./assets/([^"]+)"')
_NAMES = re.compile(r"m\.f=\[([^\]]*)\]")
_NEEDS = re.compile(r"__vite__mapDeps\(\[([\d,]*)\]\)")
"""How Vite, which builds Gradio's page, writes the numbers of the files that an import needs."""
_PAGE_PARTS = r"import\(`\./Blocks-.*?import\.meta\.url"
_COMPONENT = r"\b{kind}:{{.*?import\.meta\.url\)}}"


def build_assets_route() -> Route:
    """Return the route that serves the files from memory, compressed once. It takes the place of Gradio's own."""
    return Route("/assets/{name}", _send)


class Preloading:
    """Middleware by which browsers fetch at once the scripts that Gradio's page asks for one after another.

    Example:
        Middleware(Preloading, kinds={"html", "column"})
    """

    def __init__(self, app: ASGIApp, kinds: Iterable[str]) -> None:
        """Add a `Link` header to the page that `app` sends, which has components of these kinds."""
        self._app = app
        scripts = (name for name in _list_needed(frozenset(kinds)) if name.endswith(".js"))
        # styles are left out, for proxies take no more than 4 kB of headers
        self._links = ",".join(f"<./assets/{name}>;rel=modulepreload" for name in scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def add_links(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(raw=message["headers"])["link"] = self._links
            await send(message)

        is_page = scope["type"] == "http" and scope["path"] == "/"
        await self._app(scope, receive, add_links if is_page else send)


@cache
def _list_needed(kinds: frozenset[str]) -> list[str]:
    """Return the files, in the order in which they are needed: fewer, if a later Gradio builds its page otherwise."""
    start = _START.findall(PAGE.read_text("utf-8"))
    first = [each for name in start for each in _list_parts(name, ".*")]
    patterns = [_PAGE_PARTS, *(_COMPONENT.format(kind=kind) for kind in sorted(kinds))]
    scripts = [name for name in first if name.endswith(".js")]
    later = [each for pattern in patterns for name in scripts for each in _list_parts(name, pattern)]
    return [*dict.fromkeys([*start, *first, *later])]


def _list_parts(name: str, pattern: str) -> Iterator[str]:
    """Yield the files that a script imports where its text matches the pattern."""
    text = (FOLDER / name).read_text("utf-8")
    names = [each.strip('"./') for each in ",".join(_NAMES.findall(text)).split(",")]
    for found in re.findall(pattern, text, re.DOTALL):
        numbers = ",".join(_NEEDS.findall(found)).split(",")
        yield from (names[int(number)] for number in numbers if number and int(number) < len(names))


def _send(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _list_names():
        return Response(status_code=404)
    media_type, _ = guess_type(name)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response((FOLDER / name).read_bytes(), headers=HEADERS, media_type=media_type)
    return Response(_pack(name), headers=HEADERS | {"content-encoding": "gzip"}, media_type=media_type)


@cache
def _list_names() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir())


@cache
def _pack(name: str) -> bytes:
    return compress((FOLDER / name).read_bytes(), mtime=0)
