"""The catalog, written: articles become live, are superseded, corrected, deleted and brought back."""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage
from rag.library.catalog import Catalog
from rag.library.records import Identity, RemovedArticle, StoryText
from rag.library.rows import (
    COLUMNS,
    digest_details,
    fingerprint,
    list_changed,
    list_details,
    write_article,
    write_passages,
)

Embedded = Iterable[tuple[Passage, NDArray[np.float32]]]

_LIVE_ROW = "SELECT row FROM articles WHERE id = :id AND state = 'live'"
_CHANGE = (
    "INSERT INTO changes (article_id) VALUES (:id)"
    " ON CONFLICT (article_id) DO UPDATE SET number = nextval('change_numbers')"
)
_PASSAGE = "INSERT INTO passages VALUES (:row, :start, :end, :sentences, :vector)"


class WritableCatalog(Catalog):
    """A catalog that one process changes; its journal names the articles that the indexes may not agree on yet.

    Beside it are noted the articles that are not erased: of which text may stand in files, though it was removed.

    Reading never waits for a transaction. Every method raises `HomeError` where the database cannot be read or written.

    Example:
        catalog = WritableCatalog(SqliteFile(Path(".dateline/catalog.sqlite"), read_only=False))
        with catalog.transaction():
            catalog.insert(article, zip(passages, vectors, strict=True))
    """

    def transaction(self) -> AbstractContextManager[None]:
        """Do all that is inside or nothing; nested calls are not allowed."""
        return self._database.transaction()

    def purge(self, article_ids: Sequence[str], *, gives_way: bool = False) -> None:
        """Leave nothing of what was deleted in the database's files or beside them, and note these articles as erased.

        Raises:
            HomeError: another program goes on reading the file; the articles stay noted as not erased.
            StoppedError: another thread wanted to write, and this one `gives_way`; they stay so, too.
        """
        self._database.compact(gives_way=gives_way)
        self._remove_notes("erasures", article_ids)
        self._database.empty_log()  # the ids are of the articles too

    def stop_purging(self) -> None:
        """Stop whoever purges, for good: before the catalog is closed."""
        self._database.stop_cleaning()

    def read_meta(self, name: str) -> str | None:
        """Return a stamped value, such as the encoder's identity."""
        rows = self._database.read("SELECT value FROM meta WHERE name = :name", name=name)
        return str(rows[0][0]) if rows else None

    def write_meta(self, name: str, value: str) -> None:
        """Stamp a value."""
        self._database.write(
            "INSERT INTO meta VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name=name,
            value=value,
        )

    def find_identity(self, **values: str) -> Identity | None:
        """Return what is known of the live article with these values of `id`, `address`, `url` or `content_hash`.

        The oldest of several counts.
        """
        conditions = " AND ".join(f"{name} = :{name}" for name in values)
        rows = self._database.read(
            "SELECT id, content_hash, fingerprint, corrected FROM articles"
            f" WHERE state = 'live' AND {conditions} ORDER BY row LIMIT 1",
            **values,
        )
        return next((Identity(id, content, stamp, json.loads(names)) for id, content, stamp, names in rows), None)

    def insert(self, article: Article, passages: Embedded, came: Article | None = None) -> None:
        """Make the article live, as the successor of any version with its id, and note it in the journal.

        Args:
            article: The article with its corrections.
            passages: Its passages and their vectors.
            came: The article as it came, if any were made.
        """
        came = came or article
        self.supersede(article.id)  # which notes the id in the journal
        values = write_article(article) | {
            "state": "live",
            "fingerprint": fingerprint(came),
            "corrected": json.dumps(digest_details(list_changed(came, article))),
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        ((row,),) = self._database.write(f"{_insert_article(values)} RETURNING row", **values)
        self._database.write_each(_PASSAGE, write_passages(row, passages))

    def supersede(self, article_id: str) -> None:
        """Keep the live version of the article for the record only: it has no passages and no story any more."""
        self._note(article_id)
        for (row,) in self._database.read(_LIVE_ROW, id=article_id):
            for table in ("passages", "bands"):
                self._database.write(f"DELETE FROM {table} WHERE article_row = :row", row=row)
            self._database.write("UPDATE articles SET state = 'superseded', story = NULL WHERE row = :row", row=row)

    def correct(self, article: Article) -> None:
        """Give a live article other details; it is still known by those it came with.

        The indexes hold none but the title: with another one it needs other passages.
        """
        self._note(article.id, "erasures")
        before, identity = self.find(article.id), self.find_identity(id=article.id)
        assert before and identity, article.id
        came = digest_details(list_details(before)) | dict(identity.corrected)
        now = digest_details(list_details(article))
        corrected = {name: digest for name, digest in came.items() if now[name] != digest}
        values = write_article(article) | {"corrected": json.dumps(corrected)}
        columns = ", ".join(f"{name} = :{name}" for name in values)
        self._database.write(f"UPDATE articles SET {columns} WHERE id = :id AND state = 'live'", **values)

    def replace_passages(self, article_id: str, passages: Embedded) -> None:
        """Give a live article these passages and vectors in place of any that it has, and note it in the journal."""
        self._note(article_id)
        ((row,),) = self._database.read(_LIVE_ROW, id=article_id)
        self._database.write("DELETE FROM passages WHERE article_row = :row", row=row)
        self._database.write_each(_PASSAGE, write_passages(row, passages))

    def delete(self, article_id: str) -> str | None:
        """Delete every version of the article, note it in the journal, and return its title; None if there is none.

        It is noted as not erased, too.
        """
        rows = self._database.write("DELETE FROM articles WHERE id = :id RETURNING title", id=article_id)
        if not rows:
            return None
        self._note(article_id, "journal", "erasures")
        return str(rows[-1][0])

    def copy(self, article_id: str) -> RemovedArticle | None:
        """Return what `restore` needs to bring the article back once it is deleted; None if there is no such article.

        Those who tell its story are remembered by their ids, since the number of a story may be given to another.
        """
        found = self.find_version(article_id)
        if not found:
            return None
        rows = self._database.read(
            f"SELECT {', '.join(COLUMNS)} FROM articles WHERE id = :id ORDER BY row", id=article_id
        )
        companions = self._database.read(
            "SELECT a.id FROM articles a JOIN articles b USING (story)"
            " WHERE a.state = 'live' AND b.state = 'live' AND b.id = :id AND a.id != b.id",
            id=article_id,
        )
        is_live = found[1].state == "live"
        passages = tuple(self.read_embedded(article_id))
        return RemovedArticle(found[0], is_live, tuple(rows), tuple(id for (id,) in companions), passages)

    def restore(self, removed: RemovedArticle) -> None:
        """Bring back every version of an article of which there is none now, and note it in the journal."""
        self._note(removed.article.id)
        numbers = [row[0] for row in removed.versions]
        taken = self._database.read("SELECT 1 FROM articles WHERE row IN :numbers", numbers=numbers)
        for row in removed.versions:
            values = dict(zip(COLUMNS, row, strict=True))
            if taken:  # SQLite gives the number of a deleted row again
                del values["row"]
            self._database.write(_insert_article(values), **values)
        if removed.is_live:
            self.replace_passages(removed.article.id, ((each.passage, each.vector) for each in removed.passages))

    def read_journal(self) -> list[str]:
        """Return the ids of the articles that the indexes may not agree on yet."""
        return [str(row[0]) for row in self._database.read("SELECT article_id FROM journal ORDER BY article_id")]

    def clear_journal(self, article_ids: Iterable[str]) -> None:
        """Note that the indexes agree on these articles; where the power fails, the note may be lost."""
        with self._database.relaxed():
            self._remove_notes("journal", article_ids)

    def list_erasures(self) -> list[str]:
        """Return the ids of the articles of which removed or corrected text may still stand in some file."""
        return [str(row[0]) for row in self._database.read("SELECT article_id FROM erasures ORDER BY article_id")]

    def list_without_story(self) -> list[str]:
        """Return the ids of the live articles that no story was looked for yet, oldest first."""
        told = "SELECT id FROM articles WHERE state = 'live' AND story IS NULL ORDER BY row"
        return [row[0] for row in self._database.read(told)]

    def find_similar(self, bands: Sequence[int], limit: int) -> list[StoryText]:
        """Return the texts of the live articles that share the most bands, and at least one."""
        rows = self._database.read(
            "SELECT a.story, a.text FROM (SELECT article_row, count(*) AS shared FROM bands"
            " WHERE band IN :bands GROUP BY article_row ORDER BY shared DESC, article_row LIMIT :most) b"
            " JOIN articles a ON a.row = b.article_row ORDER BY b.shared DESC, a.row",
            bands=bands,
            most=limit,
        )
        return [StoryText(*row) for row in rows]

    def list_stories(self, article_ids: Iterable[str]) -> list[int]:
        """Return the stories of those of these articles that are live."""
        told = "SELECT DISTINCT story FROM articles WHERE state = 'live' AND story IS NOT NULL AND id IN :ids"
        ids = list(article_ids)
        return [row[0] for row in self._database.read(told, ids=ids)] if ids else []

    def write_story(self, article_id: str, bands: Sequence[int], stories: Sequence[int]) -> None:
        """Give a live article its bands, and make it and these stories one; without any it begins its own."""
        ((row,),) = self._database.write(
            "UPDATE articles SET story = coalesce(:story, row) WHERE id = :id AND state = 'live' RETURNING row",
            story=min(stories, default=None),
            id=article_id,
        )
        if stories:
            self._database.write(
                "UPDATE articles SET story = :story WHERE state = 'live' AND story IN :stories",
                story=min(stories),
                stories=stories,
            )
        filed = [{"band": band, "row": row} for band in bands]
        self._database.write_each("INSERT INTO bands VALUES (:band, :row)", filed)

    def _note(self, article_id: str, *tables: str) -> None:
        for table in tables or ("journal",):
            self._database.write(f"INSERT INTO {table} VALUES (:id) ON CONFLICT DO NOTHING", id=article_id)
        if self._database.is_shared:
            self._database.write(_CHANGE, id=article_id)

    def _remove_notes(self, table: str, article_ids: Iterable[str]) -> None:
        rows = [{"id": id} for id in article_ids]
        self._database.write_each(f"DELETE FROM {table} WHERE article_id = :id", rows)


def _insert_article(columns: Iterable[str]) -> str:
    names = [*columns]
    return f"INSERT INTO articles ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
