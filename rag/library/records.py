"""What the catalog returns, and the indexes take."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from corpus.article import Passage, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the catalog.

    `state` is live or superseded; `characters` and `passages` are counts. `version` counts the article's versions from
    1. `story` is the same number in live articles that tell one story in mostly the same words.
    """

    source: Source
    state: str
    characters: int
    passages: int
    version: int = 1
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an article is recognised by. `fingerprint` is of all that it came with, before any correction."""

    id: str
    content_hash: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Telling:
    """The text of an article, and the number of the story it tells."""

    story: int
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The live articles in numbers; the dates are None where no article has one."""

    articles: int
    passages: int
    oldest: date | None
    newest: date | None


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
    """What was done with one article, and what there is to say of it."""

    id: str
    outcome: Outcome
    message: str = ""
