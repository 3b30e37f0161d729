"""Puts together what keeps a library current: it knows the settings."""

from datetime import UTC, datetime

from rag.assembly import loading_limits
from rag.following.checking import Checker
from rag.following.questions import WatchedQuestions
from rag.following.schedule import Schedule
from rag.following.sources import Following
from rag.library.home import Home
from rag.library.library import Library
from rag.settings import Settings


def build_checker(settings: Settings, library: Library) -> Checker:
    """Return what looks at the feeds and folders that the library follows."""
    return Checker(library, Following(Home(settings.home).following), loading_limits(settings), _tell_time)


def build_watched(settings: Settings, library: Library) -> WatchedQuestions:
    """Return the watched questions of the library."""
    return WatchedQuestions(library, Home(settings.home).following / "questions.json", _tell_time)


def build_schedule(settings: Settings, library: Library) -> Schedule:
    """Return what keeps the library current while the page runs, not yet started.

    Visitors may follow folders only where nobody else can reach the page, through a proxy perhaps.
    """
    is_shared = settings.accounts or settings.hostnames or settings.root_path
    is_private = settings.is_local and not is_shared
    return Schedule(build_checker(settings, library), build_watched(settings, library), takes_folders=is_private)


def _tell_time() -> datetime:
    return datetime.now(UTC)
