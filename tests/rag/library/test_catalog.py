"""The catalog: real SQLite, whole values."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.article import Article, Passage
from corpus.passages import split_article
from rag.answer import ScoredPassage
from rag.library.engines.sqlite import SqliteFile
from rag.library.records import Collection, Entry, Identity
from rag.library.rows import fingerprint
from rag.library.writable_catalog import WritableCatalog

VECTOR = np.array([0.6, 0.8], np.float32)
FIRE = Article(id="it's:1:2", title="Fire", text="It burned. It é burned 🔥 on.", published=date(2023, 8, 1), url="u")
BANK = Article(id="bank", title="Bank", text="Rates rose.", outlet="O", author="A", topic="T")


@pytest.fixture
def catalog(tmp_path: Path) -> WritableCatalog:
    return WritableCatalog(SqliteFile(tmp_path / "catalog.sqlite", read_only=False))


def insert(catalog: WritableCatalog, *articles: Article, words: int = 3) -> None:
    with catalog.transaction():
        for article in articles:
            catalog.insert(article, [(passage, VECTOR) for passage in split_article(article, words)])


def test_an_article_comes_back_as_it_went_in(catalog: WritableCatalog) -> None:
    insert(catalog, FIRE, BANK)
    assert (catalog.find(id=FIRE.id), catalog.find(id="bank"), catalog.find(id="x")) == (FIRE, BANK, None)
    assert (
        catalog.find_identity(url="u")
        == catalog.find_identity(content_hash=FIRE.content_hash)
        == Identity(FIRE.id, FIRE.content_hash, fingerprint(FIRE))
    )


def test_the_original_comes_back_and_is_kept_small(catalog: WritableCatalog, tmp_path: Path) -> None:
    page = replace(BANK, language="en", credits="fb/msh (AFP)", original=b"<p>Rates rose.</p>" * 100_000)
    insert(catalog, page)
    found = catalog.find(id="bank")
    assert found == page  # which does not compare the original
    assert found.original == page.original
    catalog.close()
    assert (tmp_path / "catalog.sqlite").stat().st_size < 200_000


def test_every_version_can_be_read(catalog: WritableCatalog) -> None:
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


def test_passages_come_back_with_their_vectors(catalog: WritableCatalog) -> None:
    insert(catalog, FIRE)
    rows = catalog.read_embedded(FIRE.id)
    assert [(row.passage, row.title) for row in rows] == [(passage, "Fire") for passage in split_article(FIRE, 3)]
    assert [row.passage.text for row in rows] == ["It burned.", "It é burned 🔥 on."]
    assert [row.vector.tolist() for row in rows] == [pytest.approx([0.6, 0.8], abs=0.001)] * 2
    assert catalog.read_embedded("x") == []


def test_a_ranking_keeps_its_order_and_leaves_out_what_is_gone(catalog: WritableCatalog) -> None:
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


def test_a_successor_ends_the_version_before(catalog: WritableCatalog) -> None:
    insert(catalog, FIRE, BANK)
    later = replace(BANK, text="Rates rose. Then they fell.", published=date(2023, 8, 2))
    insert(catalog, later)
    assert catalog.find(id="bank") == later
    assert catalog.find_identity(content_hash=BANK.content_hash) is None
    assert catalog.list_entries() == [Entry(later.source, "live", 27, 2, 2), Entry(FIRE.source, "live", 28, 2)]
    assert catalog.list_entries(superseded=True) == [*catalog.list_entries(), Entry(BANK.source, "superseded", 11, 0)]
    assert catalog.read_collection() == Collection(2, 4, date(2023, 8, 1), date(2023, 8, 2))


def test_deletion_takes_every_version(catalog: WritableCatalog) -> None:
    insert(catalog, BANK)
    insert(catalog, replace(BANK, title="Bank, corrected"))
    with catalog.transaction():
        assert (catalog.delete("bank"), catalog.delete("bank")) == ("Bank, corrected", None)
    assert catalog.list_entries(superseded=True) == []
    assert catalog.read_collection() == Collection(0, 0, None, None)


def test_the_edition_is_another_whenever_an_article_comes_or_goes(catalog: WritableCatalog) -> None:
    seen = [catalog.read_edition()]

    def look() -> None:
        assert catalog.read_edition() == catalog.read_edition()
        assert catalog.read_edition() != seen[-1]
        seen.append(catalog.read_edition())

    insert(catalog, FIRE)
    look()
    insert(catalog, replace(FIRE, text="It burned on."))
    look()
    with catalog.transaction():
        catalog.delete(FIRE.id)
    insert(catalog, FIRE, BANK)  # as many rows as before, of the same numbers
    look()
    with catalog.transaction():
        catalog.delete("bank")
    look()


def test_the_journal_names_what_changed_until_it_is_cleared(catalog: WritableCatalog) -> None:
    insert(catalog, FIRE, BANK)
    assert catalog.read_journal() == ["bank", FIRE.id]
    catalog.clear_journal(["bank", FIRE.id])
    with catalog.transaction():
        catalog.delete("bank")
    assert catalog.read_journal() == ["bank"]


def test_a_transaction_is_done_wholly_or_not_at_all(catalog: WritableCatalog) -> None:
    with pytest.raises(KeyboardInterrupt), catalog.transaction():
        catalog.insert(FIRE, [])
        raise KeyboardInterrupt
    assert (catalog.find(id=FIRE.id), catalog.read_journal()) == (None, [])
    insert(catalog, BANK)
    assert catalog.find(id="bank") == BANK


def test_other_vectors_for_the_same_article(catalog: WritableCatalog) -> None:
    insert(catalog, BANK)
    whole = Passage("bank", 0, 5, "Rates", ((0, 5),))
    with catalog.transaction():
        catalog.replace_passages("bank", [(whole, np.array([1, 0, 0], np.float32))])
    (row,) = catalog.read_embedded("bank")
    assert (row.passage, row.vector.tolist()) == (whole, [1, 0, 0])


def test_the_mark_of_what_a_machine_read_is_kept(catalog: WritableCatalog) -> None:
    insert(catalog, replace(FIRE, is_scanned=True), BANK)
    assert {entry.source.id: entry.source.is_scanned for entry in catalog.list_entries()} == {
        FIRE.id: True,
        BANK.id: False,
    }
    article = catalog.find(FIRE.id)
    assert article is not None
    assert article.is_scanned
    ((ranked,), text) = catalog.read_ranking([(f"{FIRE.id}:0:10", 0.5)]), article.text[0:10]
    assert (ranked.source.is_scanned, ranked.passage.text) == (True, text)
