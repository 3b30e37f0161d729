"""The catalog's file: read while it is written, and what is no catalog."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from rag.errors import HomeError
from rag.library.catalog import Catalog
from rag.library.engines.sqlite import SqliteFile
from rag.library.upkeep.migrating import VERSION
from rag.library.writable_catalog import WritableCatalog
from tests.rag.library.test_catalog import BANK, FIRE, insert


def open_to_read(path: Path) -> Catalog:
    return Catalog(SqliteFile(path, read_only=True))


def open_to_write(path: Path) -> WritableCatalog:
    return WritableCatalog(SqliteFile(path, read_only=False))


@pytest.fixture
def catalog(tmp_path: Path) -> WritableCatalog:
    return open_to_write(tmp_path / "catalog.sqlite")


def test_another_process_can_read_but_not_write(catalog: WritableCatalog, tmp_path: Path) -> None:
    insert(catalog, BANK)
    with closing(open_to_read(tmp_path / "catalog.sqlite")) as reader:
        assert [entry.source for entry in reader.list_entries()] == [BANK.source]
        insert(catalog, FIRE)
        assert {entry.source for entry in reader.list_entries()} == {BANK.source, FIRE.source}
    database = SqliteFile(tmp_path / "catalog.sqlite", read_only=True)
    with closing(database), pytest.raises(HomeError, match="readonly"):
        database.write("DELETE FROM articles")


def test_what_is_closed_is_not_opened_again(catalog: WritableCatalog) -> None:
    insert(catalog, BANK)
    assert catalog.find("bank") == BANK
    catalog.close()
    for act in (catalog.list_entries, lambda: catalog.write_meta("encoder", "x")):
        with pytest.raises(HomeError, match="closed"):
            act()


@pytest.mark.parametrize("open_catalog", [open_to_read, open_to_write])
def test_what_is_no_catalog_is_refused(tmp_path: Path, open_catalog: Callable[[Path], Catalog]) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"these are notes, and no database at all " * 100)
    with pytest.raises(HomeError, match=r"notes\.sqlite cannot be used as a catalog: file is not a database"):
        open_catalog(path)


def test_to_read_there_must_be_a_catalog(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="cannot be used as a catalog"):
        open_to_read(tmp_path / "missing.sqlite")
    assert not (tmp_path / "missing.sqlite").exists()


@pytest.mark.parametrize("open_catalog", [open_to_read, open_to_write])
def test_a_catalog_of_a_later_version_is_refused(
    catalog: WritableCatalog, tmp_path: Path, open_catalog: Callable[[Path], Catalog]
) -> None:
    catalog.write_meta("version", str(VERSION + 1))
    catalog.close()
    with pytest.raises(HomeError) as caught:
        open_catalog(tmp_path / "catalog.sqlite")
    assert str(caught.value) == "this library has format 7; this version reads 6: update Dateline"


def test_reading_does_not_wait_for_a_transaction_and_sees_what_was_committed(catalog: WritableCatalog) -> None:
    insert(catalog, BANK)

    def read() -> tuple[list[str], int, Article | None, list[str]]:
        titles = [entry.source.title for entry in catalog.list_entries()]
        return titles, catalog.count_passages(), catalog.find(FIRE.id), catalog.read_journal()

    before = (["Bank"], 1, None, ["bank"])
    with ThreadPoolExecutor(1) as other, catalog.transaction():
        catalog.insert(FIRE, [])
        catalog.delete("bank")
        assert other.submit(read).result(timeout=60) == before
        assert read() == (["Fire"], 0, FIRE, ["bank", FIRE.id])
    assert read() == (["Fire"], 0, FIRE, ["bank", FIRE.id])


def test_a_purge_waits_for_who_is_reading_and_leaves_no_trace(catalog: WritableCatalog, tmp_path: Path) -> None:
    insert(catalog, replace(BANK, text="quizzaciously"), FIRE)
    with closing(sqlite3.connect(tmp_path / "catalog.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM articles").fetchone() == (2,)
        with ThreadPoolExecutor(1) as other:
            with catalog.transaction():
                catalog.delete("bank")
            purging = other.submit(catalog.purge, ["bank"])
            assert not purging.done()
            assert catalog.find(FIRE.id) == FIRE  # others go on reading, too
            reader.execute("COMMIT")
            purging.result(timeout=60)
    assert [path.name for path in tmp_path.iterdir() if b"quizzaciously" in path.read_bytes()] == []
    assert catalog.find(FIRE.id) == FIRE


def test_threads_may_read_while_one_writes(catalog: WritableCatalog) -> None:
    counts: list[int] = []
    written = threading.Event()

    def read() -> None:
        while not written.is_set():
            counts.append(catalog.read_collection().articles)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(40):
        insert(catalog, *(replace(BANK, id=f"{number}-{part}", text=f"{number} {part}") for part in range(5)))
    written.set()
    for reader in readers:
        reader.join()
    assert {count % 5 for count in counts} == {0}  # only whole transactions are seen
    assert catalog.read_collection().articles == 200
