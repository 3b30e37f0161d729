"""What is removed is gone from every file of the home folder, and gives its space back."""

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from rag.library.engines.sqlite import SqliteFile
from rag.library.library import Library
from rag.library.writable_catalog import WritableCatalog
from tests.conftest import OpenLibrary
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library

NONCE = "quizzaciously"
STEM = "quizzaci"
"""What the word index makes of it."""


def make_secret(id: str = "secret") -> Article:
    return Article(
        id=id,
        title=f"{NONCE} found",
        text=f"The fire burned. {NONCE} it burned. " * 20,
        author=f"{NONCE} Smith",
        original=f"<p>{NONCE}</p>".encode() * 10,
    )


def list_traces(home: Path, *values: bytes) -> list[str]:
    """Return the files of the home folder that hold the nonce, the start of its stem, or one of the values."""
    wanted = (NONCE.encode(), STEM.encode(), zlib.compress(make_secret().original)[:40], *values)
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(path.relative_to(home)) for path in files if any(value in path.read_bytes() for value in wanted)]


def measure_size(home: Path) -> int:
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


def make_fillers(count: int, seed: int) -> Iterator[Article]:
    """Make articles of 200 to 4,000 characters, so that SQLite moves rows between pages in every way it knows."""
    source = random.Random(seed)
    for number in range(count):
        words = [f"w{source.randrange(5_000)}" for _ in range(source.choice([40, 150, 500, 800]))]
        yield Article(id=f"{seed}-{number}", text=f"{' '.join(words)}.", original=source.randbytes(500))


def test_searching_writes_no_memory_into_the_files_of_vectors(open_home: OpenLibrary, home: Path) -> None:
    def list_written() -> list[str]:
        files = [*home.rglob("data_level0.bin"), *home.rglob("length.bin")]
        return [path.name for path in files if any(path.read_bytes())]  # hnswlib has yet to write an element

    library = open_home()
    library.add([FIRE, BANK])
    library.remove([BANK.id])
    library.erase()
    assert (search_library(library, "fire"), list_written()) == ((["fire"], ["fire"]), [])
    library.close()
    assert (search_library(open_home(), "fire"), list_written()) == ((["fire"], ["fire"]), [])


def test_a_removed_article_leaves_no_trace_while_open_and_after(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([FIRE, make_secret(), BANK])
    assert search_library(library, "fire") == (["fire", "secret"], ["fire", "secret"])
    assert search_library(library, NONCE)[0] == ["secret"]
    assert "catalog.sqlite-wal" in list_traces(home)
    library.remove(["secret"])
    assert (search_library(library, "fire"), library.is_erased) == ((["fire"], ["fire"]), False)
    library.erase()
    assert (list_traces(home), library.is_erased) == ([], True)
    assert (search_library(library, "fire"), count_everywhere(library)) == ((["fire"], ["fire"]), (2, 2, 2))
    library.close()
    assert list_traces(home) == []


def test_neither_do_earlier_versions_nor_corrected_details(library: Library, home: Path) -> None:
    library.add([make_secret(), FIRE])
    library.add([replace(make_secret(), text="Talks.")])
    assert list_traces(home) != []
    library.remove(["secret"])
    library.erase()
    assert list_traces(home) == []
    library.add([replace(BANK, title=f"{NONCE}!")])
    library.correct("bank", title="Rates")
    library.erase()
    assert list_traces(home) == []


def test_a_removal_that_was_cut_off_is_finished_at_the_next_start(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([make_secret(), FIRE])
    with library.catalog.transaction():
        library.catalog.delete("secret")
    library = open_home()
    assert (library.catalog.read_journal(), library.is_erased, count_everywhere(library)) == ([], False, (1, 1, 1))
    library.erase()
    assert list_traces(home) == []


@pytest.mark.parametrize("seed", [2, 3])
def test_no_trace_stays_where_rows_were_moved_between_pages(tmp_path: Path, seed: int) -> None:
    catalog = WritableCatalog(SqliteFile(tmp_path / "catalog.sqlite", read_only=False))
    source = random.Random(seed)
    live: list[str] = []
    for number, filler in enumerate(make_fillers(1_200, seed)):
        nonce = f"nonce{number:04}x"
        live.append(nonce)
        with catalog.transaction():
            catalog.insert(replace(filler, id=nonce, title=nonce, text=f"{nonce} {filler.text}"), [])
        if number % 40 == 39:
            gone = source.sample(live, 20)
            live = [nonce for nonce in live if nonce not in gone]
            with catalog.transaction():
                for nonce in gone:
                    catalog.delete(nonce)
    catalog.clear_journal(catalog.read_journal())
    catalog.purge(catalog.list_erasures())
    found = b"".join(path.read_bytes() for path in tmp_path.glob("catalog.sqlite*"))
    assert sorted(map(bytes.decode, set(re.findall(rb"nonce\d{4}x", found)))) == live
    catalog.close()


def test_the_space_of_200_articles_is_given_back(library: Library, home: Path) -> None:
    library.add(make_fillers(50, seed=4))
    library.remove(["4-0"])
    library.erase()
    before = measure_size(home)
    library.add(make_fillers(200, seed=5))
    assert measure_size(home) > 2 * before
    library.remove([f"5-{number}" for number in range(200)])
    library.erase()
    assert measure_size(home) < 1.1 * before
    assert len(library.catalog.list_entries()) == 49
