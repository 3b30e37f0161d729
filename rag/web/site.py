"""The frame of the site: its header, and its pages.

All pages are in one document: a visitor who turns to another page keeps the conversation and the unsaved articles.
"""

from collections.abc import Callable, Sequence
from typing import Protocol
from zlib import crc32

import gradio as gr

from corpus.loading.limits import STANDARD_LIMITS, Limits
from rag.following.schedule import Schedule
from rag.library.library import Library
from rag.programs.endpoints import Endpoints
from rag.web.articles.page import ArticlesPage
from rag.web.chat.page import ChatPage
from rag.web.chat.streaming import Answering
from rag.web.element import PRIVATE, Opening, make_element
from rag.web.evaluation.page import EvaluationPage
from rag.web.evaluation.worker import RunWorker
from rag.web.following.page import FollowingPage
from rag.web.gradio_endpoints import offer_endpoints
from rag.web.render import render_header
from rag.web.settings.page import SettingsPage, Setup

TITLE = "Dateline"
CACHE = (3600, 3600)
"""Seconds after which Gradio looks for old uploads and downloads, and the age in seconds at which it deletes them."""
SHOW = "window.dateline?.show();"
"""Script of the elements that showing a page needs."""


class Page(Protocol):
    """A page of the site, such as `ChatPage(chatbot, library)`; the first one opens."""

    name: str
    """Its address is `#name`."""
    label: str
    """What the navigation calls it."""

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them; handlers that change the collection render `header`."""


def build_app(
    chatbot: Answering,
    library: Library,
    worker: RunWorker | None = None,
    limits: Limits = STANDARD_LIMITS,
    endpoints: Endpoints | None = None,
    setup: Setup | None = None,
    schedule: Schedule | None = None,
) -> gr.Blocks:
    """Return the site, not yet launched.

    Args:
        chatbot: Answers the questions.
        library: Holds the articles.
        worker: Runs the evaluations; without it there is no evaluation page.
        limits: How large the articles may be that are added.
        endpoints: What programs may call; without them the site is for people only.
        setup: What the settings page shows; without it there is no settings page.
        schedule: Has what is followed and watched; without it there is no such page.
    """

    def show_header() -> str:
        return _render_header(library, pages)

    chat = ChatPage(chatbot, library, worker.case_sets if worker else None, schedule.watched if schedule else None)
    pages: Sequence[Page] = (chat, ArticlesPage(library, limits, show_header))
    if schedule:
        pages = (*pages, FollowingPage(schedule, library, show_header))
    if worker:
        pages = (*pages, EvaluationPage(worker))
    if setup:
        pages = (*pages, SettingsPage(setup, library))
    return _put_together(pages, show_header, endpoints)


def _put_together(pages: Sequence[Page], show_header: Callable[[], str], endpoints: Endpoints | None) -> gr.Blocks:
    app: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=CACHE) as app:
        if endpoints:
            offer_endpoints(app, endpoints)  # first, or Gradio gives their names to the pages' events
        header = make_element("dl-top", SHOW, html=show_header())
        for page in pages:
            hidden = [] if page is pages[0] else ["dl-away"]
            with gr.Column(elem_id=f"dl-page-{page.name}", elem_classes=["dl-page", *hidden]):
                page.build(make_element(f"dl-open-{page.name}", SHOW).expand if hidden else app.load, header)
        app.load(show_header, None, header, **PRIVATE)
        header.change(None, js="() => dateline.show()", **PRIVATE)
    return app


def _render_header(library: Library, pages: Sequence[Page]) -> str:
    named = [library.catalog.count_values(column) for column in ("outlet", "topic")]
    edition = crc32(repr(named).encode())
    return render_header(library.catalog.read_collection(), {page.name: page.label for page in pages}, edition)
