"""Pages for tests, served on a free port of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gradio_client import Client

from rag.assembly import build_chatbot, build_endpoints
from rag.following_assembly import build_schedule
from rag.library.library import Library
from rag.settings import Settings
from rag.web import build_app
from rag.web.server import build_worker, describe_setup, launch
from tests.rag.web.browsing import find_free_port


def open_client(address: str, **options: Any) -> Client:
    """Return a client of the page which waits a minute for each reply: a busy machine is no failure."""
    return Client(address, verbose=False, httpx_kwargs={"timeout": 60}, **options)


@contextmanager
def serve(library: Library, settings: Settings, **changes: Any) -> Iterator[str]:
    """Serve the whole site over a library with these settings; yields its address."""
    settings = settings.model_copy(update={"port": find_free_port(), **changes})
    chatbot = build_chatbot(settings, library)
    endpoints = build_endpoints(settings, library, chatbot)
    worker, setup = build_worker(settings, library, chatbot.reader), describe_setup(settings, library, chatbot)
    schedule = build_schedule(settings, library)
    app = build_app(chatbot, library, worker, endpoints=endpoints, setup=setup, schedule=schedule)
    listener = launch(app, settings, endpoints)
    try:
        yield f"http://127.0.0.1:{settings.port}"
    finally:
        listener.close()
