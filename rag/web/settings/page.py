"""The settings page: what is in use, and whether the chat model answers. Its looks are in `settings.css`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from rag.chat_model import Greeting
from rag.errors import ChatModelError, SettingsError, tell_install
from rag.library.library import Library
from rag.llama.server import CONTEXT, EXTRAS, LlamaServer
from rag.web.element import FORM_SCRIPT, LONG_RUNNING, PRIVATE, Opening, Shown, make_element
from rag.web.render import render


@dataclass(frozen=True, slots=True)
class ChatModelInfo:
    """The chat model of the settings: `ChatModelInfo("llama3.2", "", 30.0, True, writer.greet, tokens=3_000)`.

    `test` returns the model's greeting, or raises a `ChatModelError` that says why there is none. `tokens` is how much
    of articles it is given to read; `local` has the model files of this machine, if it is one of them.
    """

    name: str
    url: str
    seconds: float
    keeps_unsupported: bool
    test: Callable[[], Greeting]
    tokens: int
    local: LlamaServer | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the model files to choose from."""
        return tuple(file.name for file in self.local.files) if self.local else ()


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
        collection = self._library.catalog.read_collection()
        return render("settings/page.html", setup=self._setup, collection=collection, context=CONTEXT)

    def test(self) -> Iterator[str]:
        """Greet the chat model; yields that it is being asked, and then its greeting, or why there is none."""
        chat = self._setup.chat_model
        if chat is None:
            return
        yield render("settings/test.html", state="asking", message="", usage=None)
        try:
            greeting = chat.test()
        except ChatModelError as error:
            yield render("settings/test.html", state="fails", message=str(error), usage=None)
            return
        yield render("settings/test.html", state="works", message=greeting.text, usage=greeting.usage)

    def choose(self, event: gr.EventData) -> Iterator[Shown]:
        """Run another of the model files of this machine, or say why it cannot be run; yields (page, result)."""
        chat = self._setup.chat_model
        if chat is None or chat.local is None:
            return
        yield gr.skip(), render("settings/test.html", state="loading", message=str(event.file), usage=None)
        try:
            chat.local.choose(str(event.file))
        except SettingsError as error:
            yield self.show(), render("settings/test.html", state="fails", message=str(error), usage=None)
            return
        yield self.show(), ""

    def build(self, opening: Opening, header: gr.HTML) -> None:
        """Put the page's components in place, and connect them."""
        with gr.Column(elem_id="dl-settings", elem_classes="dl-work"):
            setup = make_element("dl-setup", FORM_SCRIPT)
            result = make_element("dl-tested")
            is_set = self._setup.chat_model is not None
            told = render("settings/help.html", is_set=is_set, install=tell_install, extras=EXTRAS)
            make_element("dl-help", html=told)
        opening(self.show, None, setup, **PRIVATE)
        header.change(self.show, None, setup, **PRIVATE)
        setup.submit(self.test, None, result, **PRIVATE)
        setup.select(self.choose, None, [setup, result], **LONG_RUNNING)
