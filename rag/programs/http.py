"""The endpoints over HTTP in one step: `POST /api/ask` with the arguments as an object returns the reply."""

import inspect
import json
from functools import partial
from typing import Any, cast

from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from rag.errors import RequestError
from rag.programs.endpoints import Endpoint, Endpoints
from rag.wire import Record, to_json

PATH = "/api"


def build_routes(endpoints: Endpoints) -> list[BaseRoute]:
    """Return the routes of the endpoints, and of what describes them."""
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
            return JSONResponse(to_json(await run_in_threadpool(partial(functions[name], **arguments))))
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


def _refuse(message: str, status: int = 400) -> Response:
    return JSONResponse({"error": message}, status)
