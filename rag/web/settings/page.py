"""The settings page: what is in use, and whether the chat model can be reached. How it looks is in `settings.css`."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import gradio as gr

from rag.errors import ChatModelError
from rag.library.library import Library
from rag.web.element import make_element
from rag.web.render import render
from rag.web.settings.parts import Parts

_SCRIPT = (Path(__file__).parents[1] / "forms.js").read_text("utf-8")
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class SettingsPage:
    """The page's handlers. Settings are made where Dateline is started, so that no visitor can change them."""

    name = "settings"
    label = "Settings"

    def __init__(self, parts: Parts, library: Library) -> None:
        """Show `parts`, and how many articles there are in `library`."""
        self._parts = parts
        self._library = library

    def show(self) -> str:
        """Return what is in use."""
        return render("settings/page.html", parts=self._parts, collection=self._library.catalog.read_collection())

    def test(self) -> Iterator[str]:
        """Greet the chat model; yields that it is being asked, and then what came of it."""
        chat = self._parts.chat_model
        if chat is None:
            return
        yield render("settings/test.html", state="asking", message="", seconds=0.0)
        began = perf_counter()
        try:
            state, message = "works", chat.test()
        except ChatModelError as error:
            state, message = "fails", str(error)
        yield render("settings/test.html", state=state, message=message, seconds=perf_counter() - began)

    def build(self, app: gr.Blocks, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        with gr.Column(elem_id="dl-settings", elem_classes="dl-work"):
            parts = make_element("dl-parts", _SCRIPT)
            result = make_element("dl-tested")
            make_element("dl-set-up", html=render("settings/help.html", is_set=self._parts.chat_model is not None))
        app.load(self.show, None, parts, **_PRIVATE)
        header.change(self.show, None, parts, **_PRIVATE)
        parts.submit(self.test, None, result, **_PRIVATE)
