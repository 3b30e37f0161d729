"""Where conversations are kept: a file of JSON each in the home folder, or a row each on the catalog's server."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from rag.errors import HomeError
from rag.library.engines.postgresql import PostgresServer
from rag.library.home import write_whole


class ConversationFiles:
    """One file each, of one process.

    Example:
        store = ConversationFiles(Path(".dateline/conversations"))
        store.write("fires", "{}")
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when there is something to keep."""
        self.lock: AbstractContextManager[object] = RLock()
        self._folder = folder
        for unfinished in folder.glob("*.part"):
            unfinished.unlink()

    def list_names(self) -> list[str]:
        """Return the names of the files without their endings, in order."""
        return sorted(path.stem for path in self._folder.glob("*.json"))

    def read(self, name: str) -> str:
        """Return the text of a file; raises `OSError` or `ValueError` where it cannot be read."""
        return self._path(name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file, wholly or not at all.

        Raises:
            HomeError: the folder cannot be written to.
        """
        try:
            write_whole(self._path(name), text.encode())
        except OSError as error:
            raise HomeError(f"conversations cannot be kept in {self._folder} ({error.strerror})") from error

    def delete(self, name: str) -> None:
        """Delete a file."""
        self._path(name).unlink()

    def describe(self, name: str) -> str:
        """Return where people find the file."""
        return f"{self._folder.name}/{name}.json in the home folder"

    def read_moment(self, name: str) -> datetime:
        """Return when the file was written."""
        return datetime.fromtimestamp(self._path(name).lstat().st_mtime, UTC)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


class ConversationTable:
    """One row each, of all processes that have the catalog.

    Example:
        store = ConversationTable(PostgresServer("postgresql+psycopg://dateline@127.0.0.1/news"))
        store.write("fires", "{}")
    """

    def __init__(self, server: PostgresServer) -> None:
        """Use the server's table of conversations."""
        self.lock: AbstractContextManager[object] = server.talking
        self._server = server

    def list_names(self) -> list[str]:
        """Return all names in order."""
        return [name for (name,) in self._server.read("SELECT name FROM conversations ORDER BY name")]

    def read(self, name: str) -> str:
        """Return a text; "" where another process has deleted it."""
        rows = self._server.read("SELECT record FROM conversations WHERE name = :name", name=name)
        return str(rows[0][0]) if rows else ""

    def write(self, name: str, text: str) -> None:
        """Keep a text under this name."""
        self._server.put(
            "INSERT INTO conversations (name, record) VALUES (:name, :text)"
            " ON CONFLICT (name) DO UPDATE SET record = excluded.record, written = now()",
            name=name,
            text=text,
        )

    def delete(self, name: str) -> None:
        """Delete a text."""
        self._server.put("DELETE FROM conversations WHERE name = :name", name=name)

    def describe(self, name: str) -> str:
        """Return where people find the text."""
        return f"the row {name} of the table conversations"

    def read_moment(self, name: str) -> datetime:
        """Return when the text was written; now, where another process has deleted it."""
        rows = self._server.read("SELECT written FROM conversations WHERE name = :name", name=name)
        return rows[0][0].astimezone(UTC) if rows else datetime.now(UTC)
