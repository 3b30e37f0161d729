"""The frame of the site: the name, the way from page to page, and the state of the collection.

All pages are in one document, so that going to another loses nothing: not the conversation, not unsaved articles.
"""

from collections.abc import Sequence
from typing import Protocol

import gradio as gr

from corpus.loading.limits import STANDARD_LIMITS, Limits
from rag.asking.chatbot import Chatbot
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.programs.http import offer_endpoints
from rag.web.articles.page import ArticlesPage
from rag.web.chat.page import ChatPage
from rag.web.element import make_element
from rag.web.evaluation.page import EvaluationPage
from rag.web.evaluation.worker import Bench
from rag.web.render import render_header
from rag.web.settings.page import SettingsPage
from rag.web.settings.parts import Parts

TITLE = "Dateline"
SECONDS_OF_CACHE = 3600
"""How long Gradio may keep a file that was uploaded or downloaded."""


class Page(Protocol):
    """One page of the site; the first is the one that opens."""

    name: str
    """Its address is `#name`."""
    label: str
    """What the navigation calls it."""

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them. Whoever changes the collection renders `header`."""


def build_app(
    chatbot: Chatbot,
    library: Library,
    bench: Bench | None = None,
    limits: Limits = STANDARD_LIMITS,
    endpoints: Endpoints | None = None,
    parts: Parts | None = None,
) -> gr.Blocks:
    """Return the site, not yet launched. Articles are read within `limits`.

    There is no evaluation without `bench`, nothing for programs without `endpoints`, no settings page without `parts`.
    """

    def show_header() -> str:
        return render_header(library.catalog.read_collection(), {page.name: page.label for page in pages})

    chat = ChatPage(chatbot, library, bench.shelf.save_case if bench else None)
    pages: Sequence[Page] = (chat, ArticlesPage(library, limits, show_header))
    if bench:
        pages = (*pages, EvaluationPage(bench))
    if parts:
        pages = (*pages, SettingsPage(parts, library))
    app: gr.Blocks
    cache = (SECONDS_OF_CACHE, SECONDS_OF_CACHE)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=cache) as app:
        if endpoints:
            offer_endpoints(app, endpoints)  # first, or Gradio gives their names to the pages' own events
        header = make_element("dl-top")
        for page in pages:
            is_away = [] if page is pages[0] else ["dl-away"]
            with gr.Column(elem_id=f"dl-page-{page.name}", elem_classes=["dl-page", *is_away]):
                page.build(app, header)
        app.load(show_header, None, header, api_visibility="private", show_progress="hidden")
        header.change(None, js="() => dateline.show()", api_visibility="private", show_progress="hidden")
    return app
