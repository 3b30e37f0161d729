"""A library in one file: written whole or not at all, also while it is in use, and checked before it takes a place.

A backup is a zip of the catalog, the conversations, the runs, the saved cases and what is followed, with the digests
of all in its manifest. The indexes are not in it: Dateline builds them from the catalog. Nor is what was removed.
"""

import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ValidationError

from rag.errors import BackupError
from rag.library.catalog import Catalog
from rag.library.engines.sqlite import SqliteFile
from rag.library.home import Home, discard

FORMAT = 1
MANIFEST, CATALOG = "manifest.json", "catalog.sqlite"
FOLDERS = ("conversations", "runs", "cases", "following")
"""What may be kept of a home folder beside the catalog."""
_COPY_BYTES = 1_000_000


class Manifest(BaseModel):
    """What a backup says of itself; `digests` are SHA-256, by the name of the file."""

    format: int
    articles: int
    passages: int
    digests: dict[str, str]


def write_backup(home: Path, file: Path, folders: Sequence[str] = FOLDERS) -> Manifest:
    """Write a backup of the library in the folder `home`, as it is at this moment; others may go on using it.

    Args:
        home: The home folder.
        file: Where the backup is written.
        folders: What is kept beside the catalog.

    Raises:
        BackupError: there is such a file already, or it cannot be written.
        HomeError: there is no library.
    """
    if file.exists():
        raise BackupError(f"{file} exists: name another file, or delete that one first")
    part = file.with_name(f"{file.name}.part")
    try:
        with TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            copy = Path(folder) / CATALOG
            _copy_catalog(home / CATALOG, copy)
            manifest = _write_zip(part, copy, home, folders)
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file} cannot be written ({error}): choose another place, or free some space") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


def restore_backup(file: Path, folder: Path, *, replaces: bool) -> Manifest:
    """Make the folder the home of what is in the backup; it is checked before anything there is touched.

    Args:
        file: The backup.
        folder: The home folder.
        replaces: Whether a library that is there may go.

    Raises:
        BackupError: the file is no whole backup, or one of a later version; or the folder is not empty.
        HomeLockedError: a process has the folder open.
    """
    home = Home(folder)
    new, old = folder.with_name(f"{folder.name}.restoring"), folder.with_name(f"{folder.name}.before")
    home.lock()
    try:
        if not replaces and any(path.name != "lock" for path in folder.iterdir()):
            raise BackupError(f"{folder.absolute()} is not empty: name another --home, or add --replace")
        discard(new)
        with _whole(file):
            manifest = _extract(file, new)
        discard(old)
        folder.rename(old)
        new.rename(folder)
    finally:
        home.unlock()
        discard(new)
    discard(old)
    return manifest


def _copy_catalog(source: Path, copy: Path) -> None:
    """Write a copy as of one moment, without what was deleted: `VACUUM INTO` reads, and nobody waits for it."""
    # opening it brings an earlier version up to date, or says what is wrong
    Catalog(SqliteFile(source, read_only=True)).close()
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


def _write_zip(part: Path, copy: Path, home: Path, folders: Sequence[str]) -> Manifest:
    with closing(Catalog(SqliteFile(copy, read_only=True))) as catalog:
        count = catalog.read_collection()
    files = {CATALOG: copy} | {path.relative_to(home).as_posix(): path for path in _list_files(home, folders)}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        digests = {name: _add(archive, name, path) for name, path in files.items()}
        manifest = Manifest(format=FORMAT, articles=count.articles, passages=count.passages, digests=digests)
        archive.writestr(MANIFEST, manifest.model_dump_json())
    return manifest


def _list_files(home: Path, folders: Sequence[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in (home / folder).rglob("*") if path.is_file() and path.suffix != ".part")


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    with path.open("rb") as source:  # opened once: a file may be replaced meanwhile
        digest = file_digest(source, "sha256").hexdigest()
        source.seek(0)
        with archive.open(name, "w", force_zip64=True) as target:
            copyfileobj(source, target, _COPY_BYTES)
    return digest


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """Say of a file that cannot be read as a backup that it is none."""
    try:
        yield
    except (OSError, EOFError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{file} is no backup, or not a whole one ({error}): nothing was changed") from error


def _extract(file: Path, folder: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        manifest = _read_manifest(file, archive)
        for name, digest in manifest.digests.items():
            if not _is_kept(name):
                raise BackupError(f"{file} holds {name!r}, which belongs into no library: nothing was changed")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, path.open("w+b") as target:
                copyfileobj(source, target, _COPY_BYTES)
                target.seek(0)
                if file_digest(target, "sha256").hexdigest() != digest:
                    raise BackupError(f"{name} in {file} is not as it was written: nothing was changed")
    with closing(Catalog(SqliteFile(folder / CATALOG, read_only=True))) as catalog:
        count = catalog.read_collection()
    if (count.articles, count.passages) != (manifest.articles, manifest.passages):
        raise BackupError(f"{file} holds {count.articles} articles, not {manifest.articles}: nothing was changed")
    return manifest


def _read_manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except ValidationError as error:
        raise BackupError(f"{file} is no backup of Dateline: nothing was changed") from error
    if manifest.format > FORMAT:
        raise BackupError(f"{file} has format {manifest.format}; this version reads {FORMAT}: update Dateline")
    if CATALOG not in manifest.digests:
        raise BackupError(f"{file} holds no catalog: nothing was changed")
    return manifest


def _is_kept(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_inside = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts
    return name == CATALOG or (is_inside and "\\" not in name and ":" not in name)
