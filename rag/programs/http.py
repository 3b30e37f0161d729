"""The endpoints over HTTP: as Gradio's, for its clients, and in one step, for all others."""

import inspect
import json
from functools import wraps
from typing import Any, cast

import gradio as gr
from gradio.components.api_component import Api
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.errors import RequestError
from rag.programs.bodies import read_body, replay_body
from rag.programs.endpoints import Endpoint, Endpoints
from rag.wire import Record

PATH = "/api"
"""Under which the endpoints answer in one step: `POST /api/ask`."""
GRADIO_CALLS = "/gradio_api/call/"
AT_ONCE = 40
"""Calls of one endpoint that are let in at the same time, as many as Gradio has threads; the rest queue."""


def offer_endpoints(app: gr.Blocks, endpoints: Endpoints) -> None:
    """Make the endpoints Gradio's: for `gradio_client`, and in two steps over HTTP. To be called inside of `app`."""
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


def build_routes(endpoints: Endpoints) -> list[BaseRoute]:
    """Return the routes of the endpoints in one step, and of what describes them."""
    functions = endpoints.functions

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in functions:
            return _refuse(f"there is no endpoint {name!r}; there are {', '.join(functions)}", status=404)
        try:
            arguments = json.loads(await request.body() or b"{}")
            if not isinstance(arguments, dict):
                raise RequestError(
                    f'send the arguments as an object, such as {{"question": "..."}}, not {arguments!r:.60}'
                )
            return JSONResponse(await run_in_threadpool(functions[name], **arguments))
        except (ValueError, RecursionError) as error:
            return _refuse(f"the body is not JSON ({error})")
        except RequestError as error:
            return _refuse(str(error))

    def explain(request: Request) -> Response:
        return JSONResponse({f"POST {PATH}/{name}": describe(endpoint) for name, endpoint in functions.items()})

    return [Route(PATH, explain), Route(f"{PATH}/{{name}}", answer, methods=["POST"])]


def describe(endpoint: Endpoint) -> Record:
    """Return what an endpoint does, takes and gives: JSON schemas, with a description for each parameter."""
    arguments = inspect.get_annotations(endpoint, eval_str=True)
    return {
        "description": inspect.getdoc(endpoint) or "",
        "parameters": TypeAdapter[Any](cast(Any, endpoint)).json_schema(),
        "returns": TypeAdapter(arguments["return"]).json_schema(),
    }


class ShortCalls:
    """Lets callers of Gradio's endpoints leave out the last values: Gradio itself wants them all, in order."""

    def __init__(self, app: ASGIApp, endpoints: Endpoints) -> None:
        """Fill in what the functions of `endpoints` have as defaults."""
        self._app = app
        self._defaults = {
            GRADIO_CALLS + name: [each.default for each in inspect.signature(function).parameters.values()]
            for name, function in endpoints.functions.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with a longer body if need be."""
        is_post = scope["type"] == "http" and scope["method"] == "POST"
        defaults = self._defaults.get(scope["path"].rstrip("/")) if is_post else None
        if defaults is None:
            await self._app(scope, receive, send)
            return
        body = await read_body(receive)
        scope, receive = replay_body(scope, receive, _fill_in(body, defaults))
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


def _explained(endpoint: Endpoint) -> Endpoint:
    @wraps(endpoint)
    def call(*arguments: Any) -> Any:
        try:
            return endpoint(*arguments)
        except RequestError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return call


def _refuse(message: str, status: int = 400) -> Response:
    return JSONResponse({"error": message}, status)
