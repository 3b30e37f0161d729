"""The settings page: what is in use, and whether the chat model answers. Its looks are in `settings.css`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import gradio as gr

from rag.errors import ChatModelError
from rag.library.library import Library
from rag.web.element import FORM_SCRIPT, PRIVATE, make_element
from rag.web.render import render


@dataclass(frozen=True, slots=True)
class ChatModelInfo:
    """The chat model of the settings: `ChatModelInfo("llama3.2", "", 30.0, True, test=writer.greet)`.

    `test` returns the model's greeting, or raises a `ChatModelError` that says why there is none.
    """

    name: str
    url: str
    seconds: float
    keeps_unsupported: bool
    test: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Setup:
    """What answers are made with: `Setup("1.0", reader.identity, encoder.identity, Path(".dateline"), None)`.

    The names of the reader and the encoder end in the start of the SHA-256 of their weights.
    """

    version: str
    reader: str
    encoder: str
    home: Path
    chat_model: ChatModelInfo | None


class SettingsPage:
    """The page's handlers. Settings are made where Dateline is started, so that no visitor can change them.

    Example:
        SettingsPage(describe_setup(settings, library, chatbot), library).build(app, header)
    """

    name = "settings"
    label = "Settings"

    def __init__(self, setup: Setup, library: Library) -> None:
        """Show `setup`, and the number of articles in `library`."""
        self._setup = setup
        self._library = library

    def show(self) -> str:
        """Return what is in use."""
        return render("settings/page.html", setup=self._setup, collection=self._library.catalog.read_collection())

    def test(self) -> Iterator[str]:
        """Greet the chat model; yields that it is being asked, and then its greeting, or why there is none."""
        chat = self._setup.chat_model
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
            setup = make_element("dl-setup", FORM_SCRIPT)
            result = make_element("dl-tested")
            make_element("dl-help", html=render("settings/help.html", is_set=self._setup.chat_model is not None))
        app.load(self.show, None, setup, **PRIVATE)
        header.change(self.show, None, setup, **PRIVATE)
        setup.submit(self.test, None, result, **PRIVATE)
