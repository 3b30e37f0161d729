"""Serves the site over an open library, with the endpoints for programs beside it."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from socket import gethostname

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from corpus.loading.limits import STANDARD_LIMITS
from embeddings.reader import CalibratedReader
from rag import VERSION
from rag.asking.chatbot import Chatbot
from rag.assembly import build_chatbot, build_endpoints, prepare_batches
from rag.chat_assembly import count_tokens
from rag.chat_model import Greeting
from rag.chat_provider import find_local
from rag.errors import ChatModelError
from rag.evaluation.render import PARTS_STYLE
from rag.following.schedule import Schedule
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.programs.http import PATH as API_PATH
from rag.programs.http import build_routes
from rag.programs.mcp import build_http_app, build_server
from rag.settings import Settings
from rag.web.assets import Preloading, build_assets_route
from rag.web.chat.streaming import answer_in_quotes
from rag.web.early import EarlyPage, render_early
from rag.web.evaluation.worker import RunWorker
from rag.web.gradio_endpoints import AT_ONCE, ShortCalls
from rag.web.opensearch import LINK, build_search_route
from rag.web.security.guard import SERVED, Guard, Rules
from rag.web.security.headers import SafeHeaders
from rag.web.serving.health import build_health_routes, build_starting_app
from rag.web.serving.listener import END_SECONDS, Listener, close_streams
from rag.web.serving.logs import log_request
from rag.web.serving.measured import MeasuredChatbot
from rag.web.serving.measures import Measures
from rag.web.serving.prefix import Prefix
from rag.web.serving.requests import RequestWatch
from rag.web.settings.page import ChatModelInfo, Setup
from rag.web.site import build_app

_FOLDER = Path(__file__).parent
_STYLES = ("theme.css", *(f"{page}/{page}.css" for page in ("chat", "articles", "following", "evaluation", "settings")))
_SCRIPTS = ("site.js", "addresses.js")
MCP_PATH = "/mcp"
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Inter", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
"""Fonts of the visitor's machine: the page loads none."""


def start_page(settings: Settings, library: Library, listener: Listener, schedule: Schedule) -> None:
    """Serve the page of an open library in the background, once its models are loaded; `schedule` keeps it current.

    Raises:
        SettingsError: The chat model cannot be used.
        IndexMismatchError: The library was indexed with another encoder.
    """
    measures = Measures(library.catalog)
    chatbot = build_chatbot(settings, library)
    answering = MeasuredChatbot(chatbot, measures)
    endpoints = build_endpoints(settings, library, chatbot, answering)
    worker, setup = build_worker(settings, library, chatbot.reader), describe_setup(settings, library, chatbot)
    app = build_app(answering, library, worker, endpoints=endpoints, setup=setup, schedule=schedule)
    launch(app, settings, endpoints, listener, measures, build_health_routes(library))
    schedule.start(partial(answer_in_quotes, chatbot))


def start_listening(settings: Settings) -> Listener:
    """Open the page's port, and say there that the page is starting.

    Raises:
        SettingsError: The address or the port cannot be used.
    """
    listener = Listener(settings.host, settings.port)
    listener.serve(build_starting_app([Middleware(Prefix, prefix=settings.root_path), Middleware(SafeHeaders)]))
    return listener


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


def launch(
    app: gr.Blocks,
    settings: Settings,
    endpoints: Endpoints | None = None,
    listener: Listener | None = None,
    measures: Measures | None = None,
    routes: Sequence[BaseRoute] = (),
) -> Listener:
    """Start serving the page in the background, with the endpoints, measures and further routes if there are any.

    Returns:
        What serves it, until it is closed: the listener, or a new one at the address of the settings.

    Raises:
        SettingsError: The address or the port cannot be used.
    """
    listener = listener or Listener(settings.host, settings.port)
    app.queue(default_concurrency_limit=AT_ONCE)  # with Gradio's default of 1, visitors wait for each other
    application = _mount(app, settings, _build_application(app, settings, endpoints, measures, routes))

    def end() -> None:
        if measures:
            measures.wait_for_answers(END_SECONDS)
        close_streams(app, application)

    listener.serve(application, end)
    return listener


def _mount(app: gr.Blocks, settings: Settings, application: FastAPI) -> FastAPI:
    """Put the page beside what the application has."""
    gr.mount_gradio_app(
        application,
        app,
        "/",
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
        js=read_scripts(),
        max_file_size=min(STANDARD_LIMITS.file_bytes, settings.upload_megabytes * 1_000_000),
        mcp_server=False,  # the endpoints come with their own
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
    )
    return application


def make_rules(settings: Settings) -> Rules:
    """Return which requests the page answers; this machine's own name counts as one of its host names."""
    names = {name.strip().lower() for name in settings.hostnames.split(",") if name.strip()}
    return Rules(
        hostnames=frozenset(names | {settings.host.lower(), gethostname().lower()}),
        accounts=settings.accounts,
        requests_per_minute=settings.requests_per_minute,
        upload_bytes=settings.upload_megabytes * 1_000_000,
    )


def _build_application(
    app: gr.Blocks,
    settings: Settings,
    endpoints: Endpoints | None,
    measures: Measures | None,
    routes: Sequence[BaseRoute],
) -> FastAPI:
    """Return an application with everything but Gradio's pages; the outermost middleware comes first."""
    reports = [log_request] if settings.log == "json" else []
    named = [*SERVED]
    middleware = [
        Middleware(GZipMiddleware),
        Middleware(SafeHeaders),
        Middleware(Guard, rules=make_rules(settings)),
        Middleware(Preloading, kinds={block.get_block_name() for block in app.blocks.values()}),
        # as `css`, Gradio would rewrite the styles, and drop rules of narrow pages; as `head`, it would bring them late
        Middleware(EarlyPage, head=f"{LINK}<style>{read_styles()}</style>", body=render_early(app.blocks.values())),
    ]
    routes = [*routes, build_search_route(), build_assets_route()]
    lifespan = None
    if measures:
        reports.append(measures.count_request)
        routes.append(measures.build_route())
    if endpoints:
        server = build_server(endpoints)
        named += [f"{API_PATH}/{name}" for name in endpoints.functions]
        middleware.append(Middleware(ShortCalls, endpoints=endpoints))
        routes += [*build_routes(endpoints), *build_http_app(server, MCP_PATH).routes]
        lifespan = lambda app: server.session_manager.run()  # noqa: E731
    outermost = [
        Middleware(Prefix, prefix=settings.root_path),
        Middleware(RequestWatch, routes=named, reports=reports),
    ]
    return FastAPI(middleware=[*outermost, *middleware], routes=routes, lifespan=lifespan, openapi_url=None)


def describe_danger(settings: Settings) -> str:
    """Return a warning about who can reach the articles at this address; empty if only this machine can."""
    if settings.is_local:
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
