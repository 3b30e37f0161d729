"""The catalog: real SQLite, whole values."""

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article, Passage
from corpus.passages import split_article
from rag.answer import ScoredPassage
from rag.errors import HomeError
from rag.library.catalog import Catalog
from rag.library.records import Collection, Entry, Known
from rag.library.rows import fingerprint

VECTOR = np.array([0.6, 0.8], np.float32)
FIRE = Article(id="it's:1:2", title="Fire", text="It burned. It é burned 🔥 on.", published=date(2023, 8, 1), url="u")
BANK = Article(id="bank", title="Bank", text="Rates rose.", outlet="O", author="A", topic="T")

FIRST_VERSION = """
CREATE TABLE articles (row INTEGER PRIMARY KEY, id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'superseded')), title TEXT NOT NULL, text TEXT NOT NULL,
    outlet TEXT NOT NULL, author TEXT NOT NULL, published TEXT, url TEXT NOT NULL, topic TEXT NOT NULL,
    content_hash TEXT NOT NULL, added TEXT NOT NULL);
CREATE UNIQUE INDEX live_id ON articles (id) WHERE state = 'live';
CREATE INDEX live_url ON articles (url) WHERE state = 'live' AND url != '';
CREATE INDEX live_content ON articles (content_hash) WHERE state = 'live';
CREATE TABLE passages (article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences TEXT NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (article_row, start));
CREATE TABLE journal (article_id TEXT PRIMARY KEY);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO meta VALUES ('version', '1');
INSERT INTO journal VALUES ('bank');
INSERT INTO articles VALUES (1, 'bank', 'superseded', 'Banks', 'Old.', 'O', 'A', NULL, '', 'T', 'bad', '2026-01-01');
INSERT INTO articles VALUES (2, 'bank', 'live', 'Bank', 'Rates rose.', 'O', 'A', NULL, '', 'T', 'c0ffee', '2026-01-02');
INSERT INTO passages VALUES (2, 0, 11, '[[0, 11]]', x'cd38663a');
"""
"""A catalog as the first version wrote it; the vector is (0.6, 0.8)."""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return Catalog(tmp_path / "catalog.sqlite")


def insert(catalog: Catalog, *articles: Article, words: int = 3) -> None:
    with catalog.transaction():
        for article in articles:
            catalog.insert(article, [(passage, VECTOR) for passage in split_article(article, words)])


def test_an_article_comes_back_as_it_went_in(catalog: Catalog) -> None:
    insert(catalog, FIRE, BANK)
    assert (catalog.find(id=FIRE.id), catalog.find(id="bank"), catalog.find(id="x")) == (FIRE, BANK, None)
    assert (
        catalog.find_known(url="u")
        == catalog.find_known(content_hash=FIRE.content_hash)
        == Known(FIRE.id, FIRE.content_hash, fingerprint(FIRE))
    )


def test_the_original_comes_back_and_is_kept_small(catalog: Catalog, tmp_path: Path) -> None:
    page = replace(BANK, language="en", credits="fb/msh (AFP)", original=b"<p>Rates rose.</p>" * 100_000)
    insert(catalog, page)
    found = catalog.find(id="bank")
    assert found == page  # which does not compare the original
    assert found.original == page.original
    catalog.close()
    assert (tmp_path / "catalog.sqlite").stat().st_size < 200_000


def test_every_version_can_be_read(catalog: Catalog) -> None:
    later = replace(BANK, text="Rates fell.", original=b"2")
    insert(catalog, replace(BANK, original=b"1"))
    insert(catalog, later)
    first, second = Entry(BANK.source, "superseded", 11, 0, 1), Entry(BANK.source, "live", 11, 1, 2)
    assert catalog.find_version("bank") == catalog.find_version("bank", 2) == (later, second)
    assert catalog.find_version("bank", 1) == (BANK, first)
    assert [catalog.find_version("bank", version) for version in (0, 3)] == [None, None]
    assert catalog.find_version("x") is None
    with catalog.transaction():
        catalog.supersede("bank")
    assert catalog.find_version("bank") == (later, replace(second, state="superseded", passages=0))


def test_a_catalog_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(FIRST_VERSION)
    for read_only in (True, False):
        catalog = Catalog(path, read_only=read_only)
        assert catalog.find(id="bank") == BANK
        assert catalog.find_known(id="bank") == Known("bank", "c0ffee", fingerprint(BANK))
        assert catalog.list_entries(superseded=True) == [
            Entry(BANK.source, "live", 11, 1, 2),
            Entry(replace(BANK.source, title="Banks"), "superseded", 4, 0),
        ]
        assert [row.passage.text for row in catalog.read_embedded("bank")] == ["Rates rose."]
        assert (catalog.list_untold(), catalog.read_journal()) == (["bank"], ["bank"])
        catalog.close()


def test_passages_come_back_with_their_vectors(catalog: Catalog) -> None:
    insert(catalog, FIRE)
    rows = catalog.read_embedded(FIRE.id)
    assert [(row.passage, row.title) for row in rows] == [(passage, "Fire") for passage in split_article(FIRE, 3)]
    assert [row.passage.text for row in rows] == ["It burned.", "It é burned 🔥 on."]
    assert [row.vector.tolist() for row in rows] == [pytest.approx([0.6, 0.8], abs=0.001)] * 2
    assert catalog.read_embedded("x") == []


def test_a_ranking_keeps_its_order_and_leaves_out_what_is_gone(catalog: Catalog) -> None:
    insert(catalog, FIRE, BANK)
    first, second = split_article(FIRE, 3)
    (bank,) = split_article(BANK)
    ranking = [(second.key, 0.9), ("gone:0:3", 0.8), (bank.key, 0.7), (f"{FIRE.id}:0:1", 0.6), (first.key, -0.5)]
    assert catalog.read_ranking(ranking) == [
        ScoredPassage(second, FIRE.source, 0.9),
        ScoredPassage(bank, BANK.source, 0.7),
        ScoredPassage(first, FIRE.source, -0.5),
    ]
    assert catalog.read_ranking([]) == []


def test_a_successor_ends_the_version_before(catalog: Catalog) -> None:
    insert(catalog, FIRE, BANK)
    later = replace(BANK, text="Rates rose. Then they fell.", published=date(2023, 8, 2))
    insert(catalog, later)
    assert catalog.find(id="bank") == later
    assert catalog.find_known(content_hash=BANK.content_hash) is None
    assert catalog.list_entries() == [Entry(later.source, "live", 27, 2, 2), Entry(FIRE.source, "live", 28, 2)]
    assert catalog.list_entries(superseded=True) == [*catalog.list_entries(), Entry(BANK.source, "superseded", 11, 0)]
    assert catalog.read_collection() == Collection(2, 4, date(2023, 8, 1), date(2023, 8, 2))


def test_deletion_takes_every_version(catalog: Catalog) -> None:
    insert(catalog, BANK)
    insert(catalog, replace(BANK, title="Bank, corrected"))
    with catalog.transaction():
        assert (catalog.delete("bank"), catalog.delete("bank")) == ("Bank, corrected", None)
    assert catalog.list_entries(superseded=True) == []
    assert catalog.read_collection() == Collection(0, 0, None, None)


def test_the_journal_names_what_changed_until_it_is_cleared(catalog: Catalog) -> None:
    insert(catalog, FIRE, BANK)
    assert catalog.read_journal() == ["bank", FIRE.id]
    catalog.clear_journal(["bank", FIRE.id])
    with catalog.transaction():
        catalog.delete("bank")
    assert catalog.read_journal() == ["bank"]


def test_a_transaction_is_done_wholly_or_not_at_all(catalog: Catalog) -> None:
    with pytest.raises(KeyboardInterrupt), catalog.transaction():
        catalog.insert(FIRE, [])
        raise KeyboardInterrupt
    assert (catalog.find(id=FIRE.id), catalog.read_journal()) == (None, [])
    insert(catalog, BANK)
    assert catalog.find(id="bank") == BANK


def test_other_vectors_for_the_same_article(catalog: Catalog) -> None:
    insert(catalog, BANK)
    whole = Passage("bank", 0, 5, "Rates", ((0, 5),))
    with catalog.transaction():
        catalog.replace_passages("bank", [(whole, np.array([1, 0, 0], np.float32))])
    (row,) = catalog.read_embedded("bank")
    assert (row.passage, row.vector.tolist()) == (whole, [1, 0, 0])


def test_another_connection_can_read_but_not_write(catalog: Catalog, tmp_path: Path) -> None:
    insert(catalog, BANK)
    reader = Catalog(tmp_path / "catalog.sqlite", read_only=True)
    assert [entry.source for entry in reader.list_entries()] == [BANK.source]
    with pytest.raises(HomeError, match="readonly"):
        reader.write_meta("encoder", "x")
    reader.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_what_is_no_catalog_is_refused(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"these are notes, and no database at all " * 100)
    with pytest.raises(HomeError, match=r"notes\.sqlite cannot be used as a catalog: file is not a database"):
        Catalog(path, read_only=read_only)


def test_to_read_there_must_be_a_catalog(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="cannot be used as a catalog"):
        Catalog(tmp_path / "missing.sqlite", read_only=True)
    assert not (tmp_path / "missing.sqlite").exists()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_catalog_of_a_later_version_is_refused(catalog: Catalog, tmp_path: Path, read_only: bool) -> None:
    catalog.write_meta("version", "4")
    catalog.close()
    with pytest.raises(HomeError) as caught:
        Catalog(tmp_path / "catalog.sqlite", read_only=read_only)
    assert str(caught.value) == "this library has format 4; this version reads 3: update Dateline"


def test_threads_may_read_while_one_writes(catalog: Catalog) -> None:
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
