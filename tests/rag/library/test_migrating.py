"""Libraries that earlier versions made are brought up to date."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from rag.library.catalog import Catalog
from rag.library.engines.sqlite import SqliteFile
from rag.library.records import Collection, Entry, Identity, Outcome, Receipt
from rag.library.rows import fingerprint
from rag.library.writable_catalog import WritableCatalog
from rag.question import Scope
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.library.test_catalog import BANK, insert
from tests.rag.samples import count_everywhere, search_library

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
SECOND_VERSION = """
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN credits TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN story INTEGER;
ALTER TABLE articles ADD COLUMN original BLOB NOT NULL DEFAULT x'';
CREATE INDEX versions ON articles (id, row);
CREATE INDEX live_story ON articles (story) WHERE state = 'live';
CREATE TABLE bands (band INTEGER NOT NULL, article_row INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    PRIMARY KEY (band, article_row)) WITHOUT ROWID;
CREATE INDEX bands_of_article ON bands (article_row);
UPDATE articles SET fingerprint = 'old' WHERE row = 1;
UPDATE articles SET fingerprint = 'f00d', story = 2 WHERE row = 2;
UPDATE meta SET value = '2' WHERE name = 'version';
"""
"""What the second version made of it."""
THIRD_VERSION = """
CREATE INDEX live_scope ON articles (outlet, topic, published, id) WHERE state = 'live';
UPDATE meta SET value = '3' WHERE name = 'version';
"""
FOURTH_VERSION = """
ALTER TABLE articles ADD COLUMN scanned INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET value = '4' WHERE name = 'version';
"""
FIFTH_VERSION = """
ALTER TABLE articles ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN agency TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN corrected TEXT NOT NULL DEFAULT '{}';
DROP INDEX live_url;
CREATE INDEX live_address ON articles (address) WHERE state = 'live' AND address != '';
UPDATE meta SET value = '5' WHERE name = 'version';
"""
DATED_ARTICLE = """
INSERT INTO meta VALUES ('encoder', 'words@1 (title, 150 words)');
INSERT INTO articles VALUES (3, 'oslo', 'live', 'Talks', 'OSLO (AP) — The bank lent more.', 'O', 'A', NULL,
    'https://www.x.org/oslo/?utm_source=a', 'T', 'bad', '2026-01-03', '', '', 'f00d', 3, x'');
INSERT INTO passages VALUES (3, 0, 31, '[[0, 31]]', x'cd38663a');
"""
"""What a home of the third version has beside, with a sentence that begins with a dateline."""
VERSIONS = [FIRST_VERSION, SECOND_VERSION, THIRD_VERSION, FOURTH_VERSION, FIFTH_VERSION]


def open_to_read(path: Path) -> Catalog:
    return Catalog(SqliteFile(path, read_only=True))


def open_to_write(path: Path) -> WritableCatalog:
    return WritableCatalog(SqliteFile(path, read_only=False))


@pytest.mark.parametrize(
    ("version", "stamp", "story"),
    [(1, fingerprint(BANK), None), (2, "f00d", 2), (3, "f00d", 2), (4, "f00d", 2), (5, "f00d", 2)],
)
def test_a_catalog_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, version: int, stamp: str, story: int | None
) -> None:
    path = tmp_path / "catalog.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript("".join(VERSIONS[:version]))
    for open_catalog in (open_to_read, open_to_write):
        with closing(open_catalog(path)) as catalog:
            assert catalog.find(id="bank") == BANK
            assert catalog.list_entries(superseded=True) == [
                Entry(BANK.source, "live", 11, 1, 2, story),
                Entry(replace(BANK.source, title="Banks"), "superseded", 4, 0),
            ]
            assert [row.passage.text for row in catalog.read_embedded("bank")] == ["Rates rose."]
            assert catalog.read_collection(Scope(frozenset({"O"}))) == Collection(1, 1, None, None)
    with closing(open_to_write(path)) as catalog:
        assert catalog.find_identity(id="bank") == Identity("bank", "c0ffee", stamp)
        assert (catalog.list_without_story(), catalog.read_journal()) == ([] if story else ["bank"], ["bank"])
        insert(catalog, replace(BANK, text="Rates fell."))
        assert [entry.version for entry in catalog.list_entries(superseded=True)] == [3, 2, 1]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_a_home_of_an_earlier_version_is_opened_searched_and_changed(
    open_home: OpenLibrary, home: Path, version: int
) -> None:
    home.mkdir()
    with closing(sqlite3.connect(home / "catalog.sqlite")) as old:
        old.executescript("".join(VERSIONS[:version]))
        old.execute("INSERT INTO meta VALUES ('encoder', 'words@1 (title, 150 words)')")
    library = open_home(WordEncoder(["bank"]))
    assert search_library(library, "bank") == (["bank"], ["bank"])
    assert library.add([replace(BANK, text="The bank raised rates.")]) == [Receipt("bank", Outcome.REPLACED)]
    assert library.restore(library.take_out(["bank"])) == [Receipt("bank", Outcome.ADDED)]
    assert [entry.version for entry in library.catalog.list_entries(superseded=True)] == [3, 2, 1]
    assert (search_library(library, "rates")[0], count_everywhere(library)) == (["bank"], (1, 1, 1))


def test_a_home_made_before_datelines_is_brought_up_to_date(open_home: OpenLibrary, home: Path) -> None:
    home.mkdir()
    with closing(sqlite3.connect(home / "catalog.sqlite")) as old:
        old.executescript("".join([*VERSIONS[:3], DATED_ARTICLE]))
    encoder = WordEncoder(["bank"])
    library = open_home(encoder)
    oslo = library.read("oslo")
    assert (library.is_outdated, oslo.place, oslo.agency) == (True, "OSLO", "AP")
    assert library.reindex() == 1
    assert encoder.encoded == ["Talks\nThe bank lent more."]  # the other article was cut so already
    assert [row.passage.key for row in library.catalog.read_embedded("oslo")] == ["oslo:12:31"]
    assert (search_library(library, "lent")[0], search_library(library, "OSLO")[0]) == (["oslo"], [])
    assert (library.is_outdated, library.catalog.read_journal(), count_everywhere(library)) == (False, [], (2, 2, 2))
    assert (library.reindex(), open_home(encoder).is_outdated) == (0, False)
    receipts = open_home(encoder).add([Article(text="It lent less.", url="http://x.org/oslo")])
    assert receipts[0].message == "replaces oslo, which had the same url"
