"""From what a user names, a file or a folder, to the loaders that read it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.errors import LoadError
from corpus.loading.html import HtmlLoader
from corpus.loading.jsonl import JsonlLoader
from corpus.loading.limits import STANDARD_LIMITS, Limits
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.markdown import MarkdownLoader
from corpus.loading.text import TextLoader

LOADERS: Mapping[str, type[ArticleLoader]] = {
    ".txt": TextLoader,
    ".md": MarkdownLoader,
    ".markdown": MarkdownLoader,
    ".jsonl": JsonlLoader,
    ".html": HtmlLoader,
    ".htm": HtmlLoader,
}


def load_source(source: str, limits: Limits = STANDARD_LIMITS) -> Iterator[Loaded | LoadError]:
    """Yield the articles of a file, or of every file of a known format below a folder, in the order of their names.

    Whatever cannot be read is yielded as a `LoadError`, and the rest go on.
    """
    try:
        path = Path(source).expanduser()
        is_there = path.exists()
    except (OSError, RuntimeError) as error:  # a name that is too long, the home of an unknown user
        yield LoadError(source, f"cannot be read ({getattr(error, 'strerror', error)})")
        return
    if "://" in source:
        yield LoadError(source, "web addresses cannot be added yet; save the page's text as a file and add that")
    elif not is_there:
        yield LoadError(source, "there is no such file or folder")
    elif path.is_dir():
        yield from _load_folder(path, limits)
    elif path.suffix.lower() not in LOADERS:
        yield LoadError(source, f"is of an unknown format; known are {', '.join(LOADERS)}")
    else:
        yield from LOADERS[path.suffix.lower()](path, limits).load_articles()


def _load_folder(folder: Path, limits: Limits) -> Iterator[Loaded | LoadError]:
    files = [path for path in sorted(folder.rglob("*")) if _is_article_file(path, folder)]
    if not files:
        yield LoadError(str(folder), f"holds no article; known formats are {', '.join(LOADERS)}")
    for path in files:
        yield from LOADERS[path.suffix.lower()](path, limits).load_articles()


def _is_article_file(path: Path, folder: Path) -> bool:
    """Whether it is a file of a known format that is not hidden, nor in a hidden folder such as `.git`."""
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not is_hidden and path.suffix.lower() in LOADERS and path.is_file()
