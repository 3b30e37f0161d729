"""A small reverse proxy that serves a page under a prefix, as nginx or Caddy would."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "keep-alive", "transfer-encoding"}


class Proxy(ThreadingHTTPServer):
    """Passes requests under `prefix` on to `port`, with the prefix or without it; `outside` lists the other paths."""

    daemon_threads = True

    def __init__(self, port: int, prefix: str, *, strips: bool) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.port, self.prefix, self.strips = port, prefix, strips
        self.outside: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"


class Handler(BaseHTTPRequestHandler):
    server: Proxy

    def do_GET(self) -> None:
        proxy, path = self.server, self.path
        if not path.startswith(proxy.prefix):
            proxy.outside.append(path)
            self.send_error(404)
            return
        headers = dict(self.headers) | {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
        if proxy.strips:
            path, headers["X-Forwarded-Prefix"] = path.removeprefix(proxy.prefix), proxy.prefix
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=60)
        connection.request(self.command, path, body, headers)
        self._pass_back(connection.getresponse())
        connection.close()

    do_POST = do_GET  # noqa: N815  (the name is BaseHTTPRequestHandler's)

    def _pass_back(self, reply: http.client.HTTPResponse) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.end_headers()
        try:
            while chunk := reply.read1():
                self.wfile.write(chunk)
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the browser has left

    def log_message(self, *arguments: object) -> None: ...


@contextmanager
def serve_behind_proxy(address: str, prefix: str, *, strips: bool) -> Iterator[Proxy]:
    """Serve the page at `address` under a prefix of another port."""
    with Proxy(urlsplit(address).port or 0, prefix, strips=strips) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
        yield proxy
        proxy.shutdown()
