"""Model files of this machine, one of them served by llama.cpp: no server to set up, and it ends with us."""

import secrets
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from select import select
from threading import Lock, Thread
from time import monotonic

from rag.errors import SettingsError, tell_install

SUFFIX = ".gguf"
CONTEXT = 8_192
"""Tokens that a model reads and writes at most for one answer."""
SECONDS_TO_LOAD = 180.0
SECONDS_TO_PROVE = 1.0
"""A process that ends sooner after it was ready is not started again."""
PROCESS = Path(__file__).with_name("__main__.py")
EXTRAS = ("xllamacpp>=2026.9,<2027", "langchain-openai")


class LlamaServer:
    """Runs one of the model files of a folder at a time, and starts it again if its process breaks down.

    Example:
        server = LlamaServer(Path("models"))
        server.choose("qwen2.5-7b-instruct-q4_k_m.gguf")
        print(server.url, server.key, server.chosen)
    """

    def __init__(self, path: Path) -> None:
        """Start the model file `path`, or the first of a folder.

        Raises:
            SettingsError: there is no such file, it is not a model, or llama.cpp is not installed.
        """
        if find_spec("xllamacpp") is None:
            raise SettingsError(f"a gguf: chat model needs packages that are not installed: `{tell_install(*EXTRAS)}`")
        self.files = tuple(sorted(path.glob(f"*{SUFFIX}"))) if path.is_dir() else (path,)
        if not self.files or not self.files[0].is_file():
            raise SettingsError(f"{path.absolute()} is no {SUFFIX} file, nor a folder with one (DATELINE_CHAT_MODEL)")
        self.key = secrets.token_urlsafe(24)
        self._port = _find_port()
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self.chosen = ""
        self.choose(self.files[0].name)

    @property
    def url(self) -> str:
        """The address that speaks OpenAI's protocol; only who has the `key` is answered."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def process_id(self) -> int:
        """The system's number of the process that runs the model; 0 if none does."""
        return self._process.pid if self._process else 0

    def choose(self, name: str) -> None:
        """Run this one of the files from now on, or go on with the one before; answers under way break off.

        Raises:
            SettingsError: there is no such file, or it is not a model.
        """
        chosen = next((file for file in self.files if file.name == name), None)
        if chosen is None:
            raise SettingsError(f"{name!r} is not one of {', '.join(file.name for file in self.files)}")
        with self._lock:
            self._stop()
            try:
                self._start(chosen)
            except SettingsError:
                if self.chosen:
                    self._start(next(file for file in self.files if file.name == self.chosen))
                raise
            self.chosen = name

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()

    def _start(self, file: Path) -> None:
        command = [sys.executable, str(PROCESS), str(file.absolute()), str(self._port), str(CONTEXT)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(self.key + "\n")
        self._process.stdin.flush()
        is_heard, *_ = select([self._process.stdout], [], [], SECONDS_TO_LOAD)
        if not is_heard or not self._process.stdout.readline():
            self._stop()
            raise SettingsError(f"{file.absolute()} cannot be run as a chat model: is it a whole {SUFFIX} file?")
        Thread(target=self._revive, args=(self._process, file), name="llama", daemon=True).start()

    def _revive(self, process: "subprocess.Popen[str]", file: Path) -> None:
        """Wait for the end of the process, and start the file again if nobody has stopped it."""
        ready = monotonic()
        process.wait()
        with self._lock:
            if self._process is process and monotonic() - ready > SECONDS_TO_PROVE:
                self._stop()
                with suppress(SettingsError):
                    self._start(file)

    def _stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


@cache
def start_server(path: Path) -> LlamaServer:
    """Return the server of a file or folder, started at the first call; it ends with this process.

    Raises:
        SettingsError: as `LlamaServer` says.
    """
    return LlamaServer(path)


def _find_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
