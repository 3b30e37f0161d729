"""A library on a server of PostgreSQL: words as in files, vectors that follow, and copies to it and back."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import NullPool, create_engine, inspect

from corpus.article import Article
from corpus.passages import split_article
from rag.errors import HomeError
from rag.library.engines.postgresql import PostgresServer
from rag.library.engines.postgresql_words import ServerWords
from rag.library.engines.sqlite import SqliteFile
from rag.library.home import Home
from rag.library.library import Library
from rag.library.records import EmbeddedPassage
from rag.library.rows import COLUMNS
from rag.library.upkeep.moving import copy_library
from rag.library.words import FREQUENCY_SHARE, WordIndex
from rag.library.writable_catalog import WritableCatalog
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.library.server import make_schema
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library

QUESTIONS = (
    "What did Russia demand of the United States?",
    "How many people died in the fires of Maui?",
    "Who won World War 2, and who won World War II?",
    "Did Ukraine's troops leave?",
    "the of and",
)


@pytest.fixture
def database_url(server: str) -> str:
    return server


@pytest.fixture
def other(server: str, tmp_path: Path) -> Iterator[Library]:
    """What another process has: the same server, and a home folder of its own."""
    with Library(
        Home(tmp_path / "other"), WordEncoder(), max_article_characters=10_000, database_url=server
    ) as library:
        yield library


def wait_until_found(library: Library, word: str, ids: list[str]) -> None:
    end = time.monotonic() + 60
    while search_library(library, word) != (ids, ids) and time.monotonic() < end:
        time.sleep(0.05)
    assert search_library(library, word) == (ids, ids)


def test_it_has_the_columns_of_a_file(server: str, tmp_path: Path) -> None:
    SqliteFile(tmp_path / "catalog.sqlite", read_only=False).close()
    PostgresServer(server).close()
    found = []
    for url in (f"sqlite:///{tmp_path / 'catalog.sqlite'}", server):
        inspector = inspect(create_engine(url, poolclass=NullPool))
        names = ["articles", "passages", "bands", "journal", "erasures", "meta"]
        found.append({name: [column["name"] for column in inspector.get_columns(name)] for name in names})
    assert found[0] == found[1]
    assert found[0]["articles"] == [*COLUMNS]


def test_its_words_are_ranked_as_those_of_a_file(
    server: str, tmp_path: Path, starter_articles: dict[str, Article]
) -> None:
    rows = [
        EmbeddedPassage(passage, article.title, np.zeros(2, np.float32))
        for article in starter_articles.values()
        for passage in split_article(article)
    ]
    database = PostgresServer(server)
    file, table = WordIndex(tmp_path / "words"), ServerWords(database)
    for index in (file, table):
        index.rebuild(rows)
    assert file.count() == table.count() == len(rows)
    for question in QUESTIONS:
        shares, same = (dict(index.search(question, len(rows))) for index in (file, table))
        assert shares.keys() == same.keys()
        assert all(abs(shares[key] - same[key]) <= 2 * FREQUENCY_SHARE for key in shares)
    allowed = [*starter_articles][:3]
    limited = [{key for key, _ in index.search(QUESTIONS[0], 500, allowed)} for index in (file, table)]
    assert limited[0] == limited[1] != set()
    words = ["russia", "fires", "maui", "kelnovar"]
    assert file.count_spelled(words) == table.count_spelled(words)
    assert [file.has(word) for word in words] == [table.has(word) for word in words] == [True, True, True, False]
    database.close()


def test_what_one_process_changes_the_others_find(open_home: OpenLibrary, other: Library) -> None:
    library = open_home()
    library.add([FIRE, BANK])
    wait_until_found(other, "fire", ["fire"])
    other.remove(["fire"])
    assert search_library(library, "fire") == ([], [])  # at once
    wait_until_found(library, "bank", ["bank"])
    assert (library.catalog.list_erasures(), library.is_erased) == (["fire"], False)
    library.erase()
    assert (library.catalog.list_erasures(), library.is_erased) == ([], False)  # PostgreSQL may keep it
    library = open_home()
    assert (search_library(library, "bank"), count_everywhere(library)) == ((["bank"], ["bank"]), (1, 1, 1))


def test_what_a_killed_process_left_undone_others_do(server: str, open_home: OpenLibrary, other: Library) -> None:
    other.add([FIRE])
    killed = WritableCatalog(PostgresServer(server))
    with killed.transaction():
        killed.insert(BANK, [(passage, other.encoder.encode([BANK.text])[0]) for passage in split_article(BANK)])
    killed.close()
    wait_until_found(other, "bank", ["bank"])
    assert other.catalog.read_journal() == []


def test_a_home_of_another_library_is_built_anew(open_home: OpenLibrary, home: Path, cluster: str) -> None:
    open_home().add([FIRE, BANK])
    elsewhere = make_schema(cluster, "elsewhere")
    open_home().close()
    with Library(Home(home), WordEncoder(), max_article_characters=100, database_url=elsewhere) as library:
        assert count_everywhere(library) == (0, 0, 0)


def test_a_library_is_copied_to_a_server_and_back(
    server: str, tmp_path: Path, open_home: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = Home(tmp_path / "first"), Home(tmp_path / "last")
    with Library(first, WordEncoder(), max_article_characters=10_000) as library:
        library.add([FIRE, BANK, Article(id="old", text="It rained.")])
        library.add([Article(id="old", text="It snowed.")])
        library.correct("bank", topic="Money")
        name = library.conversations.write("", [{"question": "What burned?", "quotes": [{"article": "fire"}]}])
        entries = library.catalog.list_entries(superseded=True)
    there, conversations = copy_library(first, "", server)
    assert (there.counts["articles"], there.counts["passages"], conversations) == (4, 3, 1)
    with pytest.raises(HomeError, match="there are articles where this library is to go"):
        copy_library(first, "", server)
    for home, url, to in ((first, "", str(first.folder)), (Home(tmp_path / "unused"), server, server)):
        with pytest.raises(HomeError, match="this library is there already: name another place"):
            copy_library(home, url, to)
    library = open_home()
    assert (library.catalog.list_entries(superseded=True), count_everywhere(library)) == (entries, (3, 3, 3))
    assert library.conversations.read(name)["title"] == "What burned?"
    assert search_library(library, "fire") == (["fire"], ["fire"])
    assert copy_library(Home(tmp_path / "unused"), server, str(last.folder)) == (there, 1)
    with Library(last, WordEncoder(), max_article_characters=10_000) as back:
        assert (back.catalog.list_entries(superseded=True), count_everywhere(back)) == (entries, (3, 3, 3))
    library.add([Article(id="new", text="A new one.")])
    assert count_everywhere(library) == (4, 4, 4)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://x@127.0.0.1:1/y", "postgresql.psycopg://x@127.0.0.1:1/y cannot be used as a catalog"),
        ("nonsense", "is no address of a PostgreSQL database: write it like"),
        ("mysql://x@127.0.0.1/y", "is no address of a PostgreSQL database: write it like"),
    ],
)
def test_a_server_that_is_not_there_is_told_of(url: str, told: str) -> None:
    with pytest.raises(HomeError, match=told):
        PostgresServer(url)


def test_a_database_that_has_not_all_letters_is_refused(cluster: str) -> None:
    with create_engine(cluster, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
    with pytest.raises(HomeError, match="is in SQL_ASCII, which has not all letters: make one by `createdb"):
        PostgresServer(cluster.replace("/postgres?", "/ascii?"))


def test_a_lost_connection_is_made_again(server: str, cluster: str, open_home: OpenLibrary) -> None:
    library = open_home()
    library.add([FIRE])
    with closing(PostgresServer(make_schema(cluster, "killer"))) as killer:
        killer.put("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid()")
    library.add([BANK])
    assert search_library(library, "bank") == (["bank"], ["bank"])


def test_vectors_on_a_server_are_shared_too(server: str, tmp_path: Path, chroma_server: str) -> None:
    homes = [Home(tmp_path / name, chroma_server) for name in ("one", "two")]
    one, two = (Library(home, WordEncoder(), max_article_characters=1_000, database_url=server) for home in homes)
    with one, two:
        one.add([FIRE])
        two.add([BANK])
        assert search_library(two, "fire") == search_library(one, "fire") == (["fire"], ["fire"])
        assert (count_everywhere(one), count_everywhere(two)) == ((2, 2, 2), (2, 2, 2))
        (receipt,) = one.remove(["fire"])
        assert receipt.message == f"Maui{one.vectors.residue}{one.words.residue}"
        assert (search_library(two, "fire"), count_everywhere(two)) == (([], []), (1, 1, 1))
