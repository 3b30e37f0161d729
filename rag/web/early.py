"""The page until Gradio has built it: with its styles, and a question box in which one can type and ask at once.

Gradio builds its page by scripts, which takes a second or two. `early.js` passes on what was done until then.
"""

from collections.abc import Iterable
from pathlib import Path

import gradio as gr
from gradio.blocks import Block
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.web.render import render

_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
_PARTS = {"header": "dl-top", "opening": "dl-exchanges", "box": "dl-box"}


class EarlyPage:
    """Middleware that adds to Gradio's page what it shows before its scripts have run.

    Example:
        Middleware(EarlyPage, head="<style>...</style>", body=render_early(app.blocks.values()))
    """

    def __init__(self, app: ASGIApp, head: str, body: str) -> None:
        """Add `head` to the head of the page that `app` sends, and `body` behind the element that Gradio fills."""
        self._app = app
        self._completed = ((b"</head>", f"{head}</head>".encode()), (b"</gradio-app>", f"</gradio-app>{body}".encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        start: Message = {}
        page = b""

        async def add(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                start = message
                return
            page += message.get("body", b"")
            if not message.get("more_body"):
                page = self._complete(page)
                MutableHeaders(raw=start["headers"])["content-length"] = str(len(page))
                await send(start)
                await send({"type": "http.response.body", "body": page})

        is_page = scope["type"] == "http" and scope["path"] == "/"
        await self._app(scope, receive, add if is_page else send)

    def _complete(self, page: bytes) -> bytes:
        for end, completed in self._completed:
            page = completed.join(page.rsplit(end, 1))
        return page


def render_early(blocks: Iterable[Block]) -> str:
    """Return the header and the question box as Gradio will build them, from the blocks of the page."""
    shown = {block.elem_id: block.value for block in blocks if isinstance(block, gr.HTML)}
    parts = {name: Markup(shown.get(id, "")) for name, id in _PARTS.items()}  # as Gradio puts them in the page
    return render("early.html", **parts, script=Markup(_SCRIPT))
