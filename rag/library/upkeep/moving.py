"""A library is copied between a file and a server, whole or not at all, and compared row by row."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.progress import NOBODY, Watch
from rag.errors import HomeError
from rag.library.database import Database
from rag.library.engines.contracts import ConversationStore
from rag.library.engines.conversation_stores import ConversationFiles, ConversationTable
from rag.library.engines.postgresql import PostgresServer
from rag.library.engines.sqlite import SqliteFile
from rag.library.home import Home
from rag.library.rows import COLUMNS, Row

BATCH_ARTICLES = 200
_TABLES = {
    "articles": COLUMNS,
    "passages": ("article_row", "start", '"end"', "sentences", "vector"),
    "bands": ("band", "article_row"),
}
"""Tables with their columns: the first has a number for each row, by which the others are found."""
_OWN = "version", "library", "collection"
"""Values that each database keeps of its own."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: numbers of rows by the name of the table, and a digest (SHA-256) of all of them."""

    counts: dict[str, int]
    digest: str


def copy_library(home: Home, url: str, to: str, watch: Watch = NOBODY) -> tuple[Copied, int]:
    """Copy a library to a database, or from one to a folder, whose indexes are built when it is opened.

    Args:
        home: The home folder of the library that is copied.
        url: The address of its database; "" if it is in the home folder.
        to: The address of another database, or the path of another folder.
        watch: Is told of each two hundred articles.

    Returns:
        What was copied of the catalog, and the number of conversations.

    Raises:
        HomeLockedError: another process has one of the folders.
        HomeError: it is to go where it is; or see `copy_catalog`.
    """
    is_there = to == url if url else "://" not in to and Path(to).resolve() == home.folder.resolve()
    if is_there:
        raise HomeError("this library is there already: name another place")
    there = _open_place(Home(Path(to)), to if "://" in to else "")
    with _open_place(home, url) as (source, told), there as (target, kept):
        copied = copy_catalog(source, target, watch)
        names = told.list_names()
        for name in names:
            kept.write(name, told.read(name))
    return copied, len(names)


def copy_catalog(source: Database, target: Database, watch: Watch = NOBODY) -> Copied:
    """Copy all tables into a database that holds no article, and compare what is there then.

    Nobody may change either meanwhile.

    Raises:
        HomeError: the target holds articles, or not what was written; nothing is changed.
        StoppedError: `watch` stopped this; nothing is changed.
    """
    ((total,),) = source.read("SELECT count(*) FROM articles")
    with target.transaction():
        if target.read("SELECT 1 FROM articles LIMIT 1"):
            raise HomeError("there are articles where this library is to go: name another place")
        for done, (table, rows) in enumerate(_list_batches(source), start=1):
            watch.check()
            _insert(target, table, rows)
            if table == "articles":
                watch.index(min(done * BATCH_ARTICLES, total), total)
        for name, value in source.read("SELECT name, value FROM meta"):
            if name not in _OWN:
                target.write("INSERT INTO meta VALUES (:name, :value)", name=name, value=value)
        for table in ("journal", "erasures"):
            ids = [{"id": id} for (id,) in source.read(f"SELECT article_id FROM {table}")]
            target.write_each(f"INSERT INTO {table} VALUES (:id)", ids)
        target.take_over()
        copied, there = _digest(source), _digest(target)
        if copied != there:
            raise HomeError(f"the copy is not what was copied ({there} and {copied}): nothing was changed")
    return copied


@contextmanager
def _open_place(home: Home, url: str) -> Iterator[tuple[Database, ConversationStore]]:
    """Open a database and the conversations that belong to it; nobody else changes them meanwhile."""
    if url:
        server = PostgresServer(url)
        with closing(server), server.changing:
            yield server, ConversationTable(server)
        return
    home.lock()
    try:
        with closing(SqliteFile(home.catalog, read_only=False)) as file:
            yield file, ConversationFiles(home.conversations)
    finally:
        home.unlock()


def _list_batches(database: Database) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of some articles, then their passages and bands; and so on, in order."""
    last = 0
    while True:
        columns = ", ".join(COLUMNS)
        articles = database.read(
            f"SELECT {columns} FROM articles WHERE row > :last ORDER BY row LIMIT :most", last=last, most=BATCH_ARTICLES
        )
        if not articles:
            return
        yield "articles", articles
        for table in ("passages", "bands"):
            names = ", ".join(_TABLES[table])
            yield (
                table,
                database.read(
                    f"SELECT {names} FROM {table} WHERE article_row > :last AND article_row <= :newest"
                    f" ORDER BY article_row, {'start' if table == 'passages' else 'band'}",
                    last=last,
                    newest=articles[-1][0],
                ),
            )
        last = articles[-1][0]


def _insert(database: Database, table: str, rows: list[Row]) -> None:
    columns = _TABLES[table]
    marks = ", ".join(f":value{place}" for place in range(len(columns)))
    values = [{f"value{place}": value for place, value in enumerate(row)} for row in rows]
    database.write_each(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)


def _digest(database: Database) -> Copied:
    digest, counts = sha256(), dict.fromkeys(_TABLES, 0)
    for table, rows in _list_batches(database):
        counts[table] += len(rows)
        for row in rows:
            digest.update(repr(row).encode())
    return Copied(counts, digest.hexdigest())
