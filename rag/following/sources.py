"""The feeds and folders that are followed, kept in the folder `following/` of the home folder: a file each.

Of articles they hold ids and digests: what was removed leaves no word here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock

from pydantic import TypeAdapter

from corpus.loading.following import Look, digest
from corpus.loading.url import is_address
from rag.errors import FollowError
from rag.following.kept import keep, read_kept
from rag.library.records import Outcome

LEAST_MINUTES = 5
"""Between two looks that nobody asked for."""
MOST_NEWS = 200
"""Arrivals that a followed source names, the latest first."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is remembered of a page or a file: the last look, its articles, and what of it could not be added.

    `articles` are ids by digests of the titles.
    """

    look: Look
    articles: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """An article that was added or replaced: `News("fire", Outcome.ADDED, moment)`."""

    article: str
    outcome: Outcome
    moment: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed, a folder or a file: `Followed("https://example.org/feed", since=moment, minutes=60)`.

    It is looked at every so many `minutes` while the page runs; with 0, only when somebody asks for it. `problem` is
    why the last look could not be finished.
    """

    source: str
    since: datetime
    minutes: int = 0
    title: str = ""
    checked: datetime | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    news: tuple[News, ...] = ()
    problem: str = ""

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to look at it without being asked."""
        is_old = self.checked is None or now - self.checked >= timedelta(minutes=self.minutes)
        return self.minutes > 0 and is_old

    @property
    def problems(self) -> list[tuple[datetime, str]]:
        """When and why something was not added, the latest first."""
        told = [(place.look.moment, problem) for place in self.places.values() for problem in place.problems]
        whole = [(self.checked, self.problem)] if self.checked and self.problem else []
        return sorted([*whole, *told], key=lambda each: (each[0], each[1]), reverse=True)

    @property
    def latest(self) -> list[News]:
        """What the last look brought, the latest first."""
        return [each for each in self.news if each.moment == self.checked]

    def describe_latest(self) -> str:
        """Return what the last look brought: "2 new articles, 1 changed"; "nothing new"."""
        added = sum(each.outcome is Outcome.ADDED for each in self.latest)
        changed = len(self.latest) - added
        told = (
            f"{added:,} new article{'' if added == 1 else 's'}" if added else "",
            f"{changed:,} changed" if changed else "",
        )
        return ", ".join(filter(None, told)) or "nothing new"


_FOLLOWED = TypeAdapter(Followed)


class Following:
    """What is followed. Safe to use from several threads.

    Every method raises `HomeError` where a file cannot be written.

    Example:
        following = Following(Path(".dateline/following"))
        following.follow("https://example.org/feed", now, minutes=60)
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made when there is something to keep."""
        self._folder = folder
        self._lock = RLock()

    def list_followed(self) -> list[Followed]:
        """Return what is followed, the oldest first.

        Raises:
            FollowError: a file cannot be read.
        """
        found: list[Followed] = [read_kept(path, _FOLLOWED) for path in self._folder.glob("source-*.json")]
        return sorted(found, key=lambda each: (each.since, each.source))

    @property
    def has_any(self) -> bool:
        """Whether something is followed."""
        return any(self._folder.glob("source-*.json"))

    def find(self, source: str) -> Followed:
        """Return what is followed under this address or path, or by this title.

        Raises:
            FollowError: it is not followed, or its file cannot be read.
        """
        names = {source, name_source(source)}
        for followed in self.list_followed():
            if followed.source in names or followed.title == source:
                return followed
        raise FollowError(f"{source} is not followed: `python -m rag following` lists what is")

    def follow(self, source: str, now: datetime, minutes: int | None = None) -> Followed:
        """Follow a feed at an address, a folder or a file; of one that is followed already, change the minutes.

        Args:
            source: The address or the path.
            now: The present moment.
            minutes: How often to look; 0 to look only when asked. Left as it is, at first 0, without a number.

        Raises:
            FollowError: there is nothing to follow, or the minutes are too few.
        """
        name = name_source(source)
        if minutes and minutes < LEAST_MINUTES:
            raise FollowError(
                f"{minutes} minutes are too few: look every {LEAST_MINUTES} minutes or more, or 0 by hand"
            )
        if not is_address(name) and not Path(name).exists():
            raise FollowError(f"{source!r} is neither a web address nor a folder of this machine")
        with self._lock:
            known = next((each for each in self.list_followed() if each.source == name), Followed(name, now))
            followed = replace(known, minutes=known.minutes if minutes is None else minutes)
            self.save(followed)
        return followed

    def unfollow(self, source: str) -> Followed:
        """Follow something no longer, and return it; its articles stay.

        Raises:
            FollowError: it is not followed.
        """
        with self._lock:
            followed = self.find(source)
            self._name_file(followed).unlink()
        return followed

    def save(self, followed: Followed) -> None:
        """Keep what is followed as it is now."""
        with self._lock:
            keep(self._name_file(followed), _FOLLOWED, followed)

    def finish(self, checked: Followed) -> bool:
        """Keep what a look came to, and return whether the source is still followed; its minutes stay as they are."""
        with self._lock:
            if not self._name_file(checked).exists():
                return False
            self.save(replace(checked, minutes=self.find(checked.source).minutes))
        return True

    def _name_file(self, followed: Followed) -> Path:
        return self._folder / f"source-{digest(followed.source)}.json"


def name_source(source: str) -> str:
    """Return an address as it was typed, without the spaces around it, and a path from the root of the machine."""
    return source.strip() if is_address(source) else str(Path(source.strip()).expanduser().absolute())
