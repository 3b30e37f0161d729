"""Take files out of zips: into memory only, and counted as they are unpacked, whatever the zip says of itself."""

import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus.errors import LoadError
from corpus.loading.limits import Limits, format_bytes

ZIP_SUFFIX = ".zip"
MAX_DEPTH = 8
"""How many zips may lie within each other."""

HIDDEN_STARTS = (".", "__MACOSX", "~$", "Thumbs.db", "desktop.ini")
"""Files and folders that people do not see, and the lock files that Word leaves behind."""
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_PARTS_OF_PAGE = re.compile(r"(.+?)(?:_files|-filer|_dateien|_fichiers|_archivos|_bestanden|\.files)", re.IGNORECASE)
"""What browsers call the folder of a saved page's pictures and scripts, beside the page."""

_LOCKED = 1
_DAMAGES = (BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error, zlib.error)


class _UsedUpError(LoadError):
    """The whole source unpacks to more than is allowed."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One file of a zip. Its path, `archive.zip/folder/name.pdf`, is a name only and leads to no other place."""

    path: Path
    content: bytes


class Allowance:
    """What may still be unpacked of one source, the zips within it included."""

    def __init__(self, limits: Limits) -> None:
        """Allow what `limits` says."""
        self._limits = limits
        self._bytes = limits.unpacked_bytes
        self._files = limits.unpacked_files

    def read(self, archive: ZipFile, entry: ZipInfo, source: str) -> bytes:
        """Return one file's content.

        Raises:
            LoadError: the file is damaged, locked or too large, or there were too many before it.
        """
        if entry.flag_bits & _LOCKED:
            raise LoadError(source, "is locked with a password; unpack it and add the files")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others cannot be unpacked by the piece
            raise LoadError(source, "is packed in an unusual way; unpack it and add the files")
        most = min(self._limits.file_bytes, self._bytes)
        try:
            with archive.open(entry) as file:
                content = file.read(most + 1)
        except _DAMAGES as error:
            raise LoadError(source, f"is damaged ({error})") from error
        self._count(len(content), source)
        if len(content) > most:
            largest = format_bytes(self._limits.file_bytes)
            raise LoadError(source, f"unpacks to more than {largest}, and no larger file is read")
        return content

    def _count(self, size: int, source: str) -> None:
        self._bytes -= size
        self._files -= 1
        if self._bytes < 0 or self._files < 0:
            most = f"{format_bytes(self._limits.unpacked_bytes)} or {self._limits.unpacked_files:,} files"
            raise _UsedUpError(source, f"unpacks to more than {most}; split it into smaller ones")


@contextmanager
def open_zip(file: Path | BinaryIO, source: str, kind: str) -> Iterator[ZipFile]:
    """Open a zip, or a file of another `kind` that is packed as one, for reading.

    Raises:
        LoadError: it cannot be opened, or is not packed so.
    """
    try:
        archive = ZipFile(file)
    except _DAMAGES as error:
        if isinstance(error, OSError) and error.strerror:
            raise LoadError(source, f"cannot be read ({error.strerror})") from error
        raise LoadError(source, f"is no {kind}, or is damaged ({error})") from error
    with archive:
        yield archive


def check_unpacked_size(content: bytes, limits: Limits, source: str, kind: str) -> None:
    """Unpack the whole of a small zip once, for a library that would unpack it without counting.

    Raises:
        LoadError: it is not packed as a zip, is damaged, or unpacks to more than `limits` allow.
    """
    allowance = Allowance(limits)
    with open_zip(BytesIO(content), source, kind) as archive:
        for entry in archive.infolist():
            allowance.read(archive, entry, source)


def unpack_files(path: Path, limits: Limits, is_wanted: Callable[[Path], bool]) -> Iterator[Unpacked | LoadError]:
    """Yield the wanted files of a zip and of the zips within it, in the order of their names; an error for each other.

    Hidden files, links and the parts of saved pages are passed over.
    """
    try:
        yield from _Unpacker(Allowance(limits), is_wanted).unpack(path, path)
    except LoadError as error:
        yield LoadError(str(path), error.reason)


class _Unpacker:
    def __init__(self, allowance: Allowance, is_wanted: Callable[[Path], bool]) -> None:
        self._allowance = allowance
        self._is_wanted = is_wanted

    def unpack(self, file: Path | BinaryIO, path: Path, depth: int = 1) -> Iterator[Unpacked | LoadError]:
        with open_zip(file, str(path), "zip") as archive:
            for inner, entry in sorted(_list_files(archive, path), key=lambda pair: pair[0]):
                try:
                    yield from self._unpack_entry(archive, entry, inner, depth)
                except _UsedUpError:
                    raise
                except LoadError as error:
                    yield error

    def _unpack_entry(self, archive: ZipFile, entry: ZipInfo, path: Path, depth: int) -> Iterator[Unpacked | LoadError]:
        if path.suffix.lower() != ZIP_SUFFIX:
            if not self._is_wanted(path):
                raise refuse_format(path)
            yield Unpacked(path, self._allowance.read(archive, entry, str(path)))
        elif depth == MAX_DEPTH:
            raise LoadError(str(path), f"lies within {MAX_DEPTH} zips; unpack it and add the files")
        else:
            yield from self.unpack(BytesIO(self._allowance.read(archive, entry, str(path))), path, depth + 1)


def refuse_format(path: Path) -> LoadError:
    """Return the error of a file that is skipped as no loader reads its format."""
    return LoadError(str(path), f"was skipped: files of the format {path.suffix or 'without an ending'!r} are not read")


def list_parts_of_pages(names: Iterable[str]) -> set[str]:
    """Return those of the names in one folder that are folders which a browser saved beside a page of that folder."""
    names = list(names)
    pages = {Path(name).stem for name in names if Path(name).suffix.lower() in PAGE_SUFFIXES}
    return {name for name in names if (found := _PARTS_OF_PAGE.fullmatch(name)) and found[1] in pages}


def _list_files(archive: ZipFile, path: Path) -> Iterator[tuple[Path, ZipInfo]]:
    files = list(_list_visible(archive, path))
    places = {place for file, _ in files for place in (file, *file.parents)}
    names: dict[Path, list[str]] = {}
    for place in places:
        names.setdefault(place.parent, []).append(place.name)
    parts = {folder / name for folder, inside in names.items() for name in list_parts_of_pages(inside)}
    return ((file, entry) for file, entry in files if not parts & {*file.parents})


def _list_visible(archive: ZipFile, path: Path) -> Iterator[tuple[Path, ZipInfo]]:
    for entry in archive.infolist():
        parts = [part for part in PurePosixPath(entry.filename.replace("\\", "/")).parts if part not in ("/", "..")]
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if not entry.is_dir() and not is_link and not any(part.startswith(HIDDEN_STARTS) for part in parts):
            yield path.joinpath(*parts), entry
