"""Serves the site over an open library, with the endpoints for programs beside it."""

import re
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from corpus.loading.limits import STANDARD_LIMITS
from embeddings.reader import CalibratedReader
from rag import VERSION
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, build_endpoints, prepare_batches
from rag.chat_assembly import count_tokens
from rag.chat_model import Greeting
from rag.chat_provider import find_local
from rag.errors import ChatModelError, SettingsError
from rag.evaluation.render import PARTS_STYLE
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.programs.http import build_routes
from rag.programs.mcp import build_http_app, build_server
from rag.settings import Settings
from rag.web.evaluation.worker import RunWorker
from rag.web.gradio_endpoints import AT_ONCE, ShortCalls
from rag.web.opensearch import LINK, build_search_route
from rag.web.security.guard import Guard, Rules
from rag.web.security.headers import SafeHeaders
from rag.web.settings.page import ChatModelInfo, Setup
from rag.web.site import build_app

_FOLDER = Path(__file__).parent
_STYLES = ("theme.css", *(f"{page}/{page}.css" for page in ("chat", "articles", "evaluation", "settings")))
_SCRIPTS = ("site.js", "addresses.js")
MCP_PATH = "/mcp"
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Inter", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
"""Fonts of the visitor's machine: the page loads none."""


def start_page(settings: Settings, library: Library) -> gr.Blocks:
    """Serve the page of an open library in the background; `block_thread` of what comes back waits for Ctrl-C.

    Raises:
        SettingsError: The address or the port cannot be used.
    """
    chatbot = build_chatbot(settings, library)
    endpoints = build_endpoints(settings, library, chatbot)
    worker, setup = build_worker(settings, library, chatbot.reader), describe_setup(settings, library, chatbot)
    app = build_app(chatbot, library, worker, endpoints=endpoints, setup=setup)
    launch(app, settings, endpoints)
    return app


def build_worker(settings: Settings, library: Library, reader: CalibratedReader) -> RunWorker:
    """Return the worker that runs evaluations of an open library, with the models that are loaded."""
    return RunWorker(library, settings.home, prepare_batches(settings, library, reader))


def describe_setup(settings: Settings, library: Library, chatbot: Chatbot) -> Setup:
    """Return what the settings page shows, which never contains the key of the chat model."""
    writer, key = chatbot.writer, settings.chat_key.get_secret_value()

    def test() -> Greeting:
        if writer is None:
            raise ChatModelError("No chat model is set up.")
        try:
            return writer.greet()
        except ChatModelError as error:
            raise ChatModelError(str(error).replace(key, "…") if key else str(error)) from error

    url = re.sub(r"//[^/@]*@", "//", settings.chat_url)  # a password may stand before the host
    keeps_unsupported = settings.chat_unsupported == "flag"
    chat_model = ChatModelInfo(
        settings.chat_model,
        url,
        settings.chat_seconds,
        keeps_unsupported,
        test,
        tokens=count_tokens(settings),
        local=find_local(settings.chat_model),
    )
    return Setup(
        VERSION,
        chatbot.reader.identity,
        library.encoder.identity,
        settings.home.absolute(),
        chat_model if writer else None,
    )


def read_styles() -> str:
    """Return the style sheet of the site."""
    return PARTS_STYLE + "".join((_FOLDER / name).read_text("utf-8") for name in _STYLES)


def read_scripts() -> str:
    """Return the function that runs once in the browser when the page opens."""
    scripts = [(_FOLDER / name).read_text("utf-8").strip().removesuffix(";") for name in _SCRIPTS]
    return "() => {\n" + "\n".join(f"({script})();" for script in scripts) + "\n}"


def launch(app: gr.Blocks, settings: Settings, endpoints: Endpoints | None = None) -> None:
    """Start serving the page, and the endpoints if there are any, in the background.

    Raises:
        SettingsError: The address or the port cannot be used.
    """
    app.queue(default_concurrency_limit=AT_ONCE)  # with Gradio's default of 1, visitors wait for each other
    try:
        app.launch(
            server_name=settings.host,
            server_port=settings.port,
            theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
            # as `css`, Gradio would rewrite the styles, and drop rules of narrow pages
            head=f"{LINK}<style>{read_styles()}</style>",
            js=read_scripts(),
            app_kwargs=_extend(make_rules(settings), endpoints),
            max_file_size=min(STANDARD_LIMITS.file_bytes, settings.upload_megabytes * 1_000_000),
            mcp_server=False,  # the endpoints come with their own
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            share=False,
            ssr_mode=False,
            pwa=False,
            quiet=True,
            prevent_thread_lock=True,
        )
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        raise SettingsError(
            f"cannot serve on {place} ({error}): choose another port with --port or DATELINE_PORT"
        ) from error


def make_rules(settings: Settings) -> Rules:
    """Return which requests the page answers; this machine's own name counts as one of its host names."""
    names = {name.strip().lower() for name in settings.hostnames.split(",") if name.strip()}
    return Rules(
        hostnames=frozenset(names | {settings.host.lower(), gethostname().lower()}),
        accounts=settings.accounts,
        requests_per_minute=settings.requests_per_minute,
        upload_bytes=settings.upload_megabytes * 1_000_000,
    )


def _extend(rules: Rules, endpoints: Endpoints | None) -> dict[str, Any]:
    """Return the middleware (the outermost first) and the routes that are added to Gradio's application."""
    middleware = [Middleware(SafeHeaders), Middleware(Guard, rules=rules)]
    if endpoints is None:
        return {"middleware": middleware, "routes": [build_search_route()]}
    server = build_server(endpoints)
    routes = [build_search_route(), *build_routes(endpoints), *build_http_app(server, MCP_PATH).routes]
    return {
        "middleware": [*middleware, Middleware(ShortCalls, endpoints=endpoints)],
        "routes": routes,
        "lifespan": lambda app: server.session_manager.run(),
    }


def describe_danger(settings: Settings) -> str:
    """Return a warning about who can reach the articles at this address; empty if only this machine can."""
    if _is_loopback(settings.host):
        return ""
    place = f"{settings.host}:{settings.port}"
    if settings.accounts:
        return (
            f"anyone on the way to {place} can read what is sent there, the password too: put a proxy that speaks TLS"
            " in front of it, and serve on 127.0.0.1"
        )
    return (
        f"WARNING: anyone who can reach {place} can read, add and remove these articles: there is no login. Set"
        " DATELINE_AUTH=user:password, or serve on 127.0.0.1"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
