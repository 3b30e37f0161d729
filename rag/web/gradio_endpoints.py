"""The endpoints as Gradio's own: for `gradio_client`, and over HTTP in Gradio's two steps."""

import inspect
import json
from functools import wraps
from typing import Any

import gradio as gr
from gradio.components.api_component import Api
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import RequestError
from rag.programs.endpoints import Endpoint, Endpoints
from rag.programs.http import describe
from rag.wire import to_json

CALLS = "/gradio_api/call/"
AT_ONCE = 40
"""Calls of one endpoint that are let in at the same time, as many as Gradio has threads; the rest queue."""


def offer_endpoints(app: gr.Blocks, endpoints: Endpoints) -> None:
    """Make the endpoints Gradio's. Call it inside of `app`."""
    for name, endpoint in endpoints.functions.items():
        about = describe(endpoint)
        offered = gr.events.api(
            _explained(endpoint), api_name=name, api_description=about["description"], concurrency_limit=AT_ONCE
        )
        function = app.fns[int(offered["id"])]
        for part, (parameter, schema) in zip(function.inputs, about["parameters"]["properties"].items(), strict=True):
            if isinstance(part, Api):
                part.label = parameter
                part._api_info["additional_description"] = schema["description"]


class ShortCalls:
    """Lets callers of Gradio's endpoints leave out the last values: Gradio itself wants them all, in order.

    Example:
        `Middleware(ShortCalls, endpoints=endpoints)` lets `{"data": ["Who...?"]}` stand for
        `{"data": ["Who...?", null, null, null, null, null]}`.
    """

    def __init__(self, app: ASGIApp, endpoints: Endpoints) -> None:
        """Fill in what the functions of `endpoints` have as defaults."""
        self._app = app
        self._defaults = {
            CALLS + name: [each.default for each in inspect.signature(function).parameters.values()]
            for name, function in endpoints.functions.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a longer body if need be."""
        is_post = scope["type"] == "http" and scope["method"] == "POST"
        defaults = self._defaults.get(scope["path"].rstrip("/")) if is_post else None
        if defaults is not None:
            try:
                body = await Request(scope, receive).body()
            except ClientDisconnect:
                return
            scope, receive = _replace_body(scope, receive, _fill_in(body, defaults))
        await self._app(scope, receive, send)


def _fill_in(body: bytes, defaults: list[Any]) -> bytes:
    try:
        sent = json.loads(body)
        rest = defaults[len(sent["data"]) :]
    except (ValueError, TypeError, KeyError, RecursionError):
        return body  # Gradio says what is wrong with it
    if inspect.Parameter.empty in rest:
        return body
    return json.dumps(sent | {"data": [*sent["data"], *rest]}).encode()


def _replace_body(scope: Scope, receive: Receive, body: bytes) -> tuple[Scope, Receive]:
    headers = MutableHeaders(raw=list(scope["headers"]))
    headers["content-length"] = str(len(body))
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return {**scope, "headers": headers.raw}, replay


def _explained(endpoint: Endpoint) -> Endpoint:
    names = [*inspect.signature(endpoint).parameters]

    @wraps(endpoint)
    def call(*arguments: Any) -> Any:
        try:
            return to_json(endpoint(**dict(zip(names, arguments, strict=True))))
        except RequestError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return call
