"""Text that was removed leaves the files: in the background, in steps, while others ask, add and remove."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.progress import StoppedError, Tally, Watch
from rag.library.engines.sqlite import SqliteFile
from rag.library.library import Library
from tests.conftest import OpenLibrary
from tests.rag.library.test_removing import list_traces, make_fillers, make_secret
from tests.rag.samples import BANK, FIRE, count_everywhere, search_library


class AtFirst(Watch):
    """Does something when the first passage is written."""

    def __init__(self, action: Callable[[], object]) -> None:
        """Keep the action for then."""
        self._actions = [action]

    def index(self, done: int, total: int) -> None:
        """Do it, once."""
        if self._actions:
            self._actions.pop()()


def test_it_is_erased_without_being_asked(library: Library, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.upkeep.erasing.QUIET_SECONDS", 0.5)
    library.add([FIRE, make_secret()])
    library.remove(["secret"])
    assert list_traces(home) != []
    end = time.monotonic() + 60
    while not library.is_erased and time.monotonic() < end:
        time.sleep(0.1)
    assert (list_traces(home), search_library(library, "fire")) == ([], (["fire"], ["fire"]))


def test_what_others_do_meanwhile_holds(library: Library, home: Path) -> None:
    gone = [f"{number}-0" for number in (1, 2, 3)]
    library.add([FIRE, make_secret("early"), *make_fillers(1, 1), *make_fillers(1, 2), *make_fillers(1, 3)])
    library.remove(gone)  # more than a hundredth, so that the vectors are written anew, too

    def meddle() -> None:
        library.add([BANK, make_secret("late")])
        library.add([replace(FIRE, text="Talks.")])
        library.remove(["early", "late"])

    library.erase(AtFirst(meddle))
    assert (library.is_erased, count_everywhere(library)) == (False, (2, 2, 2))
    assert (search_library(library, "bank"), search_library(library, "talks")[1]) == ((["bank"], ["bank"]), ["fire"])
    library.erase()
    assert (list_traces(home), library.is_erased, count_everywhere(library)) == ([], True, (2, 2, 2))


def test_a_reindex_meanwhile_is_not_undone(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([FIRE, make_secret()])
    library.remove(["secret"])
    library.erase(AtFirst(library.reindex))
    assert (list_traces(home), count_everywhere(open_home())) == ([], (1, 1, 1))


def test_what_was_stopped_is_done_at_the_next_start(open_home: OpenLibrary, home: Path) -> None:
    library = open_home()
    library.add([FIRE, BANK, make_secret()])
    library.remove(["secret"])
    tally = Tally()
    tally.stop()
    with pytest.raises(StoppedError):
        library.erase(tally)
    assert search_library(library, "fire") == (["fire"], ["fire"])
    library = open_home()
    assert (library.is_erased, count_everywhere(library)) == (False, (2, 2, 2))
    library.erase()
    assert (list_traces(home), [*home.glob("*.new")]) == ([], [])


def test_to_close_does_not_wait_for_an_erasure(open_home: OpenLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.library.upkeep.erasing.QUIET_SECONDS", 0.0)
    monkeypatch.setattr("rag.library.upkeep.erasing.WORK_SECONDS", -1.0)
    monkeypatch.setattr("rag.library.upkeep.erasing.LEAST_REST", 0.1)  # a passage takes that long
    library = open_home()
    library.add(make_fillers(300, seed=6))
    library.remove(["6-0"])
    began = time.monotonic()
    library.close()
    assert (time.monotonic() - began < 20, open_home().is_erased) == (True, False)


def test_a_compaction_gives_way_to_who_wants_to_write(tmp_path: Path) -> None:
    database = SqliteFile(tmp_path / "catalog.sqlite", read_only=False)
    with database.transaction():
        for number in range(400):
            database.write("INSERT INTO meta VALUES (:name, :value)", name=str(number), value="x" * 100_000)

    def compact() -> int:
        for attempt in range(100):
            try:
                database.compact(gives_way=True)
            except StoppedError:
                return attempt
        return -1

    with ThreadPoolExecutor(1) as other:
        compacting, waits = other.submit(compact), list[float]()
        while not compacting.done():
            began = time.monotonic()
            database.write("UPDATE meta SET value = '' WHERE name = '0'")
            waits.append(time.monotonic() - began)
            time.sleep(0.02)
    assert compacting.result() >= 0
    database.compact(gives_way=False)
    assert database.read("SELECT count(*), total(length(value)) FROM meta WHERE name != 'version'") == [
        (400, 39_900_000)
    ]
    database.close()
