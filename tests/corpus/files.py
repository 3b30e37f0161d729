"""What the tests of the loaders share: reading one file, and making the packed ones."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_source
from corpus.loading.limits import STANDARD_LIMITS

WriteFile = Callable[[str, bytes | str], str]


def load_article(source: str) -> Article:
    """Return the one article of a file of one article."""
    (item,) = load_source(source)
    assert isinstance(item, Loaded), item
    assert item.source == source
    return item.article


def load_reason(source: str, limits: Limits = STANDARD_LIMITS) -> str:
    """Return why a source cannot be read at all."""
    (item,) = load_source(source, limits)
    assert isinstance(item, LoadError)
    assert str(item) == f"{item.source}: {item.reason}"
    assert item.source == source
    return item.reason


def pack(files: Mapping[str | ZipInfo, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of the files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content, method)
    return buffer.getvalue()
