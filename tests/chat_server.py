"""A small server that speaks OpenAI's protocol as far as it likes: for servers that lie, drip, break or refuse."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep


class Server(BaseHTTPRequestHandler):
    """Answers every question with `status` and `pieces`, `pause` seconds before each."""

    status = 200
    pieces: Sequence[bytes] = ()
    pause = 0.0

    def do_POST(self) -> None:
        self.send_response(self.status)
        self.send_header("content-type", "text/event-stream")
        self.send_header("retry-after", "0")
        self.end_headers()
        try:
            for piece in self.pieces:
                sleep(self.pause)
                self.wfile.write(piece)
        except OSError:
            return  # who asked has gone

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def serve_pieces(*pieces: bytes, status: int = 200, pause: float = 0.0) -> Iterator[str]:
    """Serve them until the block ends; yields the address for DATELINE_CHAT_URL."""
    handler = type("Handler", (Server,), {"status": status, "pieces": pieces, "pause": pause})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def write_piece(text: str) -> bytes:
    """Return what a server streams for a piece of its reply."""
    choice = {"index": 0, "delta": {"content": text}}
    return b"data: %s\n\n" % json.dumps({"id": "1", "object": "chat.completion.chunk", "choices": [choice]}).encode()


DONE = b"data: [DONE]\n\n"
