"""From what a user names, a file, a folder or a web address, to the loaders that read it."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.errors import LoadError
from corpus.loading.csv import CsvLoader
from corpus.loading.docx import DocxLoader
from corpus.loading.epub import EpubLoader
from corpus.loading.feed import FeedLoader
from corpus.loading.html import HtmlLoader
from corpus.loading.json import JsonLoader
from corpus.loading.limits import STANDARD_LIMITS, Limits
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.mail import MailLoader, SavedPageLoader
from corpus.loading.markdown import MarkdownLoader
from corpus.loading.office import OdtLoader, RtfLoader
from corpus.loading.pdf import PdfLoader
from corpus.loading.picture import PictureLoader
from corpus.loading.text import TextLoader
from corpus.loading.unpacking import (
    HIDDEN_STARTS,
    ZIP_SUFFIX,
    Unpacked,
    list_parts_of_pages,
    refuse_format,
    unpack_files,
)
from corpus.loading.url import is_address, load_url
from corpus.progress import NOBODY, Watch

LOADERS: Mapping[str, type[ArticleLoader]] = {
    ".txt": TextLoader,
    ".md": MarkdownLoader,
    ".markdown": MarkdownLoader,
    ".pdf": PdfLoader,
    ".docx": DocxLoader,
    ".epub": EpubLoader,
    ".jsonl": JsonLoader,
    ".ndjson": JsonLoader,
    ".json": JsonLoader,
    ".csv": CsvLoader,
    ".tsv": CsvLoader,
    ".rss": FeedLoader,
    ".atom": FeedLoader,
    ".xml": FeedLoader,
    ".html": HtmlLoader,
    ".htm": HtmlLoader,
    ".xhtml": HtmlLoader,
    ".mhtml": SavedPageLoader,
    ".mht": SavedPageLoader,
    ".eml": MailLoader,
    ".rtf": RtfLoader,
    ".odt": OdtLoader,
    ".png": PictureLoader,
    ".jpg": PictureLoader,
    ".jpeg": PictureLoader,
    ".tif": PictureLoader,
    ".tiff": PictureLoader,
    ".webp": PictureLoader,
}

SUFFIXES = (*LOADERS, ZIP_SUFFIX)
"""How the names of the files end that can be read, in small letters."""


def load_source(source: str, limits: Limits = STANDARD_LIMITS, watch: Watch = NOBODY) -> Iterator[Loaded | LoadError]:
    """Yield the articles of a file, a web address, or every file below a folder or in a zip, in order of names.

    Whatever cannot be read, or is of an unknown format, is yielded as a `LoadError`, and the rest go on. Files that
    people do not see are passed over, and so is the folder that a browser saves beside a page.

    Raises:
        StoppedError: `watch` stopped the reading.
    """
    if not source.strip():
        yield LoadError(repr(source), "names no file; `.` is the current folder")
        return
    try:
        path = Path(source).expanduser()
        is_there = path.exists()
    except (OSError, RuntimeError) as error:  # a name that is too long, the home of an unknown user
        yield LoadError(source, f"cannot be read ({getattr(error, 'strerror', error)})")
        return
    if not is_there and is_address(source):
        yield from load_url(source, limits, LOADERS)
    elif not is_there:
        yield LoadError(source, "there is no such file or folder")
    elif path.is_dir():
        yield from _load_folder(path, limits, watch)
    elif not _is_known(path):
        yield LoadError(source, f"is of an unknown format; known are {', '.join(SUFFIXES)}")
    else:
        yield from _load_file(path, limits, watch)


def split_source(source: str) -> list[str | Path]:
    """Return the parts that `load_part` can load apart, in order: the files of a folder, or the source itself."""
    path = Path(source).expanduser()
    try:
        is_folder = bool(source.strip()) and path.is_dir()
    except OSError:
        is_folder = False
    unreadable: list[OSError] = []
    files = sorted(find_files(path, unreadable)) if is_folder else []
    return [*(str(error.filename) for error in unreadable), *files] or [source]


def load_part(part: str | Path, limits: Limits = STANDARD_LIMITS) -> Iterator[Loaded | LoadError]:
    """Yield the articles of one part, as `load_source` would yield them of the whole."""
    return _load_file(part, limits, NOBODY) if isinstance(part, Path) else load_source(part, limits)


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _load_file(path: Path, limits: Limits, watch: Watch, content: bytes | None = None) -> Iterator[Loaded | LoadError]:
    suffix = path.suffix.lower()
    if suffix == ZIP_SUFFIX:
        yield from _load_zip(path, limits, watch)
    elif suffix not in LOADERS:
        yield refuse_format(path)
    else:
        for item in LOADERS[suffix](path, limits, content, watch).load_articles():
            watch.check()
            yield item


def _load_zip(path: Path, limits: Limits, watch: Watch) -> Iterator[Loaded | LoadError]:
    is_empty = True
    for item in unpack_files(path, limits, _is_known):
        is_empty = False
        if isinstance(item, Unpacked):
            yield from _load_file(item.path, limits, watch, item.content)
        else:
            yield item
    if is_empty:
        yield _report_empty(path)


def _load_folder(folder: Path, limits: Limits, watch: Watch) -> Iterator[Loaded | LoadError]:
    unreadable: list[OSError] = []
    files = sorted(find_files(folder, unreadable))
    yield from (LoadError(str(error.filename), f"cannot be read ({error.strerror})") for error in unreadable)
    if not files and not unreadable:
        yield _report_empty(folder)
    for path in files:
        yield from _load_file(path, limits, watch)


def find_files(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    """Yield the files that are not hidden, nor in a hidden folder such as `.git`, nor parts of a saved page."""
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN_STARTS)]
        paths = (Path(parent, name) for name in names if not name.startswith(HIDDEN_STARTS))
        parts = list_parts_of_pages((*folders, *names))
        folders[:] = [name for name in folders if name not in parts]
        yield from paths


def _report_empty(path: Path) -> LoadError:
    return LoadError(str(path), f"holds no article; known formats are {', '.join(SUFFIXES)}")
