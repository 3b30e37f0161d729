"""A disk that is full: a small file system of its own, which only root can mount."""

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.article import Article
from rag.errors import USER_ERRORS
from rag.library.home import FREE_SPACE, Home
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.fakes import WordEncoder
from tests.rag.samples import count_everywhere, search_library

BALLAST = 7_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 15 MB, of which nearly a half is taken by the file `ballast`."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=15m", "none", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("file systems cannot be mounted here")
    (folder / "ballast").write_bytes(bytes(BALLAST))
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def open_library(disk: Path) -> Library:
    return Library(Home(disk / "home"), WordEncoder(), max_article_characters=1_000_000)


def make_articles() -> Iterator[Article]:
    for number in range(100):
        source = random.Random(number)
        words = " ".join(f"fire{source.randrange(10**9)}" for _ in range(20_000))
        yield Article(id=f"a{number}", text=f"{words}.", original=source.randbytes(50_000))


def test_what_was_reported_before_the_disk_was_full_is_kept(disk: Path) -> None:
    receipts: list[Receipt] = []
    with open_library(disk) as library, pytest.raises(USER_ERRORS) as caught:
        receipts.extend(library.add([Article(id="first", text="The bank raised rates.")]))
        for receipt in library.add_each(make_articles()):
            receipts.append(receipt)
    assert FREE_SPACE in str(caught.value)
    (disk / "ballast").unlink()
    with open_library(disk) as library:
        reported = {receipt.id for receipt in receipts}
        live = {entry.source.id for entry in library.catalog.list_entries()}
        assert {"first"} < reported <= live
        assert len(set(count_everywhere(library))) == 1
        assert search_library(library, "bank")[0] == ["first"]
        assert library.remove([id for id in live if id != "first"])
        assert library.add([Article(id="last", text="A rocket rose.")]) == [Receipt("last", Outcome.ADDED)]
        assert search_library(library, "rocket") == (["last"], ["last"])
