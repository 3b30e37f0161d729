"""Open the library, fill it on the very first start, and serve the page until it is stopped."""

from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

import gradio as gr

from corpus.loading.limits import STANDARD_LIMITS
from embeddings.reader import CalibratedReader
from rag import console
from rag.assembly import build_batch_chatbot, build_chatbot, describe_setup, load_starter_articles, open_library
from rag.chatbot import Chatbot
from rag.errors import SettingsError
from rag.evaluation.render import PARTS_STYLE
from rag.library import Library
from rag.settings import Settings
from rag.web.bench import Bench
from rag.web.frame import build_app
from rag.web.shelf import Shelf
from rag.wire import Record

_FOLDER = Path(__file__).parent
_STYLES = ("theme.css", "articles.css", "evaluation.css")
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
"""Fonts that are on the reader's machine: the page asks nobody for one."""


def serve_page(settings: Settings) -> None:
    """Serve the page until Ctrl-C.

    Raises:
        SettingsError: the address or the port cannot be used.
    """
    with open_library(settings) as library:
        _add_starter_articles(library)
        chatbot = build_chatbot(settings, library)
        app = build_app(chatbot, library, build_bench(settings, library, chatbot.reader))
        if not _is_loopback(settings.host):
            console.print_note(f"Anyone who can reach {settings.host} can read these articles: there is no login.")
        launch(app, settings)
        console.print_note(f"Dateline is at http://{settings.host}:{settings.port} (Ctrl-C stops it)")
        app.block_thread()


def build_bench(settings: Settings, library: Library, reader: CalibratedReader) -> Bench:
    """Return the bench whose runs ask an open library, with models that are loaded already."""

    def prepare(questions: Sequence[str]) -> tuple[Chatbot, Record]:
        chatbot = build_batch_chatbot(settings, library, questions, reader)
        return chatbot, describe_setup(settings, library, chatbot)

    return Bench(library, Shelf(settings.home), prepare)


def launch(app: gr.Blocks, settings: Settings) -> None:
    """Start serving the page, in the background.

    Raises:
        SettingsError: the address or the port cannot be used.
    """
    try:
        app.launch(
            server_name=settings.host,
            server_port=settings.port,
            theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
            css=PARTS_STYLE + "".join((_FOLDER / name).read_text("utf-8") for name in _STYLES),
            js=(_FOLDER / "frame.js").read_text("utf-8"),
            max_file_size=STANDARD_LIMITS.file_bytes,
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


def _add_starter_articles(library: Library) -> None:
    """Fill a library that was never used."""
    if library.is_new:
        articles = list(load_starter_articles())
        with console.show_progress("Indexing the starter articles", len(articles)) as advance:
            for done, _ in enumerate(library.add(articles), start=1):
                advance(done, len(articles))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
