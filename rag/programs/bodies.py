"""The bodies of requests, read whole and put back."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope


async def read_body(receive: Receive) -> bytes:
    """Return the body; what came of it if the client went away."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def replay_body(scope: Scope, receive: Receive, body: bytes) -> tuple[Scope, Receive]:
    """Return the request with another body."""
    headers = MutableHeaders(raw=list(scope["headers"]))
    headers["content-length"] = str(len(body))
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return {**scope, "headers": headers.raw}, replay
