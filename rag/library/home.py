"""The home folder: where a library lives, and the lock that gives it to one process at a time."""

import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import HomeError, HomeLockedError

SCARCE_BYTES = 50_000_000
FREE_SPACE = "free some space and try again; whatever was reported as added is kept"


class Home:
    """A folder with `catalog.sqlite`, `vectors/`, `words/`, `conversations/`, `following/` and `lock`.

    Example:
        home = Home(Path(".dateline"))
        home.lock()
    """

    def __init__(self, folder: Path, chroma_url: str = "") -> None:
        """Name the folder, and the Chroma server if one holds the vectors in its place; nothing is touched yet."""
        self.folder = folder
        self.chroma_url = chroma_url
        self.catalog = folder / "catalog.sqlite"
        self.vectors = folder / "vectors"
        self.words = folder / "words"
        self.conversations = folder / "conversations"
        self.following = folder / "following"
        self._lock = FileLock(folder / "lock", thread_local=False)

    def lock(self) -> None:
        """Make the folder if need be and take it; the system frees it when the process ends, however it ends.

        Raises:
            HomeLockedError: another process has it.
            HomeError: the folder cannot be made or written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise HomeLockedError(
                f"{self.folder.absolute()} is in use by another Dateline process (the web page, perhaps): ask and add"
                " there, or end that process first, or name another folder with --home"
            ) from error
        except OSError as error:
            raise HomeError(
                f"{self.folder.absolute()} cannot be used as a home folder ({error.strerror}): name another with --home"
            ) from error

    def unlock(self) -> None:
        """Give the folder back."""
        self._lock.release()


def suggest_remedy(index: Path) -> str:
    """Return what to do about an index that fails: Chroma does not say so when the disk is full."""
    free = shutil.disk_usage(index.parent).free
    return f"its disk has {free:,} bytes left, {FREE_SPACE}" if free < SCARCE_BYTES else "run `python -m rag reindex`"


def name_successor(folder: Path) -> Path:
    """Return where an index is written that will take the place of the one in `folder`."""
    return folder.with_name(f"{folder.name}.new")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; its folder is made if need be. Raises `OSError`."""
    part = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(content)
    part.replace(path)


def discard(path: Path) -> None:
    """Delete a folder with all that is in it, or whatever else stands in its place; nothing there is fine."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
