"""Listens on an address from the first moment on, and serves one application after another there."""

import socket
from collections.abc import Callable
from math import ceil
from threading import Thread
from time import sleep
from typing import Self

import gradio as gr
import uvicorn
from gradio.routes import App as GradioApp
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from rag.errors import SettingsError

END_SECONDS = 10.0
"""How long answers that are under way may take once the server is told to end."""
_TICK = 0.01


class Listener:
    """An open port with one application behind it; callers that come while that is changed wait and are not refused.

    Example:
        with Listener("127.0.0.1", 7860) as listener:
            listener.serve(starting)
            listener.serve(app)
    """

    def __init__(self, host: str, port: int, end_seconds: float = END_SECONDS) -> None:
        """Open the port; callers wait until something is served.

        Args:
            host: A name or an address of this machine.
            port: The port.
            end_seconds: How long requests that are under way may take at the end; then they are cut off.

        Raises:
            SettingsError: the address or the port cannot be used.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._place = socket.create_server((host, port), family=family)
        except OSError as error:
            raise SettingsError(
                f"cannot serve on {host}:{port} ({error}): choose another port with --port or DATELINE_PORT"
            ) from error
        self._end_seconds = end_seconds
        self._running: _Running | None = None
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    def __enter__(self) -> Self:
        """Close the port at the end of a `with`."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the port."""
        self.close()

    def serve(self, app: ASGIApp, end: Callable[[], None] = lambda: None) -> None:
        """Serve this application from now on, in a thread of its own.

        Args:
            app: Takes the place of the one before, whose requests are finished first.
            end: Is called before the application is left; when it returns, nothing that lasts may be under way.
        """
        self.stop()
        self._running = _Running(app, self._place, end, self._end_seconds)

    def stop(self) -> None:
        """Finish the requests that are under way, in the time they have; new callers wait."""
        if self._running:
            self._running.stop()
            self._running = None

    def close(self) -> None:
        """Refuse new callers, and finish what is under way."""
        self._place.close()
        self.stop()


class _Running:
    def __init__(self, app: ASGIApp, place: socket.socket, end: Callable[[], None], end_seconds: float) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            log_config=None,
            access_log=False,
            lifespan="on",
            timeout_graceful_shutdown=ceil(end_seconds),
        )
        self._server = uvicorn.Server(config)
        self._end, self._end_seconds = end, end_seconds
        # as a daemon, so that neither it nor a worker thread of it keeps the process from ending
        self._thread = Thread(target=self._server.run, args=([place.dup()],), name="serving", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            sleep(_TICK)

    def stop(self) -> None:
        self._server.should_exit = True
        self._end()
        self._thread.join(2 * self._end_seconds + 1)


def close_streams(app: gr.Blocks, application: Starlette) -> None:
    """End the streams that Gradio keeps open to every page: the server would wait for them."""
    app.close(verbose=False)
    for route in application.routes:
        if isinstance(route, Mount) and isinstance(route.app, GradioApp):
            route.app.stop_event.set()
