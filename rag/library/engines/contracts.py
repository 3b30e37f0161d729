"""What a library asks of its indexes and of what keeps its conversations, wherever these are."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, Self, runtime_checkable

from rag.library.records import EmbeddedPassage


class PassageIndex(Protocol):
    """An index that the catalog can fill."""

    def replace(self, article_ids: Sequence[str], passages: Iterable[EmbeddedPassage]) -> None:
        """Drop all passages of the articles, then add these."""

    def count(self) -> int:
        """Return the number of passages."""

    def rebuild(self, passages: Iterable[EmbeddedPassage]) -> None:
        """Hold these passages and no others, also where the files are broken."""

    def needs_rewriting(self) -> bool:
        """Whether the files hold more of what was dropped than they may."""

    def make_successor(self) -> Self:
        """Return an empty index beside this one, to be filled and adopted."""

    def adopt(self, successor: Self) -> None:
        """Take the successor's files in place of the own ones."""

    def close(self) -> None:
        """Let go of the files."""


@runtime_checkable
class Words(PassageIndex, Protocol):
    """An index of passages by their words: see `WordIndex`.

    `residue` is what receipts say of what may stay in files that are not of this machine.
    """

    residue: str

    def search(self, question: str, k: int, articles: Collection[str] | None = None) -> list[tuple[str, float]]:
        """Return the `k` passages that share the most with the question as (key, share in (0, 1]), best first."""

    def has(self, word: str) -> bool:
        """Whether any passage has the word, whatever its ending."""

    def count_spelled(self, words: Iterable[str]) -> dict[str, int]:
        """Return how many passages have each word so spelled, accents aside; those that none has are left out."""


class ConversationStore(Protocol):
    """Texts by name; who reads one to write it again has `lock` meanwhile."""

    lock: AbstractContextManager[object]

    def list_names(self) -> list[str]:
        """Return all names in order."""

    def read(self, name: str) -> str:
        """Return a text; raises `OSError` or `ValueError` where it cannot be read."""

    def write(self, name: str, text: str) -> None:
        """Keep a text under this name, wholly or not at all; raises `HomeError` where that cannot be."""

    def delete(self, name: str) -> None:
        """Delete a text that is there."""

    def describe(self, name: str) -> str:
        """Return where people find the text."""

    def read_moment(self, name: str) -> datetime:
        """Return when the text was written, in UTC."""
