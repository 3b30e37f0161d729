"""A web site on this machine, with the kinds of answers that a fetcher must be ready for."""

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DRIP_SECONDS = 0.1
SENTENCES = " ".join(
    f"The fire burned the {number}th house of the street before the rain came." for number in range(20)
)


def write_page(title: str) -> bytes:
    """Return an article's page."""
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{SENTENCES}</p></article></body>"
    ).encode()


Answer = tuple[int, dict[str, str], bytes]
HTML = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: dict[str, Answer] = {
    "/one": (200, HTML, write_page("Fire in one street")),
    "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(write_page("Fire in one street"))),
    "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"<p>" + b"0" * 30_000_000)),
    "/double-bomb": (200, HTML | {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(b"0" * 1_000))),
    "/large": (200, HTML, b"0" * 200_000),
    "/hop": (302, {"Location": "/one"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-metadata": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/with-password": (302, {"Location": "http://user:secret@127.0.0.1/"}, b""),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/notes.txt": (200, {"Content-Type": "text/plain"}, b"Talks end\n\nThe talks ended."),
    "/forbidden": (403, HTML, b"no"),
    "/busy": (429, HTML, b"later"),
    "/broken": (500, HTML, b"oops"),
    "/private/one": (200, HTML, write_page("Fire in a private street")),
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/drip"):
            self._drip()
            return
        status, headers, body = self.server.answers.get(self.path, (404, HTML, b""))  # type: ignore[attr-defined]
        self.server.seen.append((self.path, self.headers["User-Agent"]))  # type: ignore[attr-defined]
        if self.headers["If-None-Match"] and self.headers["If-None-Match"] == headers.get("ETag"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        """Send a byte at a time, of the head or of the body, each within any limit for one read."""
        try:
            if self.path == "/drip-body":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            for _ in range(100):
                self.wfile.write(b"H")
                time.sleep(DRIP_SECONDS)
        except OSError:
            return

    def log_message(self, format: str, *values: object) -> None:
        return


class Site(ThreadingHTTPServer):
    """The site; `seen` are the (path, user agent) that were asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = dict(ANSWERS)
        self.seen: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def run_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve until the end of the block; by HTTPS with the certificate of `tls`."""
    with Site() as site:
        if tls:
            site.socket = tls.wrap_socket(site.socket, server_side=True)
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()
