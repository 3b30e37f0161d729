"""What the pages share: elements that show HTML, the options of their handlers, and files to download."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

import gradio as gr
from gradio.utils import get_upload_folder
from markupsafe import escape

from rag.errors import USER_ERRORS

PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
"""Options of a page's own handlers: programs cannot call them, and Gradio shows no progress of its own."""
EACH: dict[str, Any] = PRIVATE | {"trigger_mode": "multiple"}
"""Options of handlers for which each event counts: else, Gradio drops those that come while one is handled."""
LONG_RUNNING: dict[str, Any] = PRIVATE | {"concurrency_limit": 8}
"""Options of handlers that take a while: one visitor's work does not keep another's waiting."""
FORM_SCRIPT = Path(__file__).with_name("forms.js").read_text("utf-8")
"""Sends clicks on buttons, changed fields and submitted forms to the handlers."""
ARRIVE = "() => dateline.arrive()"
"""Script that follows handlers which bring the page nearer to an address: see addresses.js."""
Opening = Callable[..., Any]
"""Calls a handler, as Gradio's listeners do, when the visitor sees a page for the first time."""
Shown = tuple[Any, ...]
"""What a handler returns: a value for each component, `gr.skip()` for one that stays as it is."""


def make_element(elem_id: str, script: str = "", *classes: str, html: str = "") -> gr.HTML:
    """Return an element of a page that shows HTML, with nothing of Gradio's own look.

    Args:
        elem_id: The element's id in the page.
        script: JavaScript that runs once in the browser, with `element` and `trigger`, and sends the element's events.
        classes: CSS classes.
        html: What the element shows at first.
    """
    known = f'(window.datelineParts ??= {{}})["{elem_id}"] = trigger;'  # so that addresses.js can send events, too
    return gr.HTML(
        html, js_on_load=f"{known}\n{script}", apply_default_css=False, elem_id=elem_id, elem_classes=[*classes]
    )


def in_turn(place: str) -> dict[str, Any]:
    """Return the options of quick handlers that show what was chosen at a place: what is chosen last is shown last.

    They are handled one at a time, each in its turn: visitors wait for each other, though for milliseconds only.
    """
    return EACH | {"concurrency_id": place, "concurrency_limit": 1}


def report_errors(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Return the handler so that the page shows the message of a failure that is meant for its visitor."""

    @wraps(handler)
    def handle(*arguments: Any) -> Any:
        try:
            return handler(*arguments)
        except USER_ERRORS as error:
            raise gr.Error(str(escape(str(error))), print_exception=False) from error

    return handle


def make_download(name: str) -> Path:
    """Return a path for a new file that Gradio may send to the browser, and deletes later."""
    path = Path(get_upload_folder()) / uuid4().hex / name
    path.parent.mkdir(parents=True)
    return path
