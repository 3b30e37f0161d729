"""What the catalog returns, and the indexes take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article, Passage, Source, count_articles, format_date


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, or an earlier version of it, as lists show it.

    `state` is live or superseded; `characters` and `passages` are counts. `version` counts the article's versions from
    1. `story` is the same number in live articles that tell one story in mostly the same words.
    """

    source: Source
    state: str
    characters: int
    passages: int
    version: int = 1
    story: int | None = None


class Details(TypedDict, total=False):
    """What can be corrected of an article."""

    title: str
    outlet: str
    author: str
    published: date | None
    url: str
    topic: str
    language: str
    credits: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What an article is recognised by. `fingerprint` is of all that it came with, before any correction.

    `corrected` names the details that were corrected by hand since, with digests of what the article came with.
    """

    id: str
    content_hash: str
    fingerprint: str
    corrected: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_own_id(self) -> bool:
        """Whether the article came with an id, and is not called by the hash of its content."""
        return self.id != self.content_hash


@dataclass(frozen=True, slots=True)
class StoryText:
    """The text of an article, and the number of the story it tells."""

    story: int
    text: str


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """A removed article with what brings it back.

    `article` is its newest version, and `is_live` whether that could be asked about. `versions` are the catalog's rows,
    oldest first, `companions` the ids of the live articles that tell the same story, and `passages` those of the live
    version.
    """

    article: Article
    is_live: bool
    versions: tuple[tuple[Any, ...], ...]
    companions: tuple[str, ...]
    passages: tuple["EmbeddedPassage", ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """Articles that were removed together, with what brings them back, in memory alone.

    `conversations` are the exchanges that quoted one of them, as they were, by the name of the conversation.
    """

    articles: tuple[RemovedArticle, ...]
    conversations: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """The live articles in numbers; the dates are None where no article has one."""

    articles: int
    passages: int
    oldest: date | None
    newest: date | None

    def describe(self, whose: str = "") -> str:
        """Return how many and of which days: "32 articles from 7 December 2021 to 29 August 2023".

        `whose` comes behind the number, such as " from 2 outlets,".
        """
        count = f"{count_articles(self.articles)}{whose}"
        if self.oldest is None:
            return count.rstrip(",")
        if self.oldest == self.newest:
            return f"{count} of {format_date(self.oldest)}"
        return f"{count} from {format_date(self.oldest)} to {format_date(self.newest)}"


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """A passage with the title it is found by and its vector, as the indexes take it."""

    passage: Passage
    title: str
    vector: NDArray[np.float32]


class Outcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done with one article, and what there is to say of it.

    `is_erased`, of one that was removed: whether its text has left every file, too; that is done in the background.
    """

    id: str
    outcome: Outcome
    message: str = ""
    is_erased: bool | None = None
