"""What the catalog returns, and the indexes take."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from corpus.article import Passage, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the catalog. `state` is live or superseded; `characters` and `passages` are counts."""

    source: Source
    state: str
    characters: int
    passages: int


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
