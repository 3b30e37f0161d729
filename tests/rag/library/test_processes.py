"""What other processes see, and what a killed one leaves behind."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.errors import HomeLockedError
from rag.library.home import Home
from rag.library.library import Library
from tests.conftest import OpenLibrary
from tests.fakes import DialEncoder
from tests.rag.library import changing
from tests.rag.library.adding import make_articles

ROOT = Path(__file__).resolve().parents[3]
COUNT = 400
KILLS = 12
"""As many parts of the time that a child may live: one child is killed in each of them."""
SERVER_KILLS = 4
"""Of each process that has the same server."""
SLOWEST = 1.2
"""Seconds to add something that are taken into account; on an idle machine it takes half of one."""


def start(module: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def start_adding(home: Path) -> subprocess.Popen[str]:
    return start("tests.rag.library.adding", home, COUNT)


def test_a_second_process_is_told_that_the_home_is_in_use(open_home: OpenLibrary, home: Path) -> None:
    open_home()
    with start_adding(home) as second:
        output, errors = second.communicate(timeout=60)
    assert (second.returncode, output) == (1, "")
    assert f"HomeLockedError: {home} is in use by another Dateline process" in errors


def test_a_killed_process_frees_the_home(home: Path) -> None:
    with start_adding(home) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "open\n"
        with pytest.raises(HomeLockedError):
            Library(Home(home), DialEncoder(COUNT), max_article_characters=10)
        first.kill()
    with Library(Home(home), DialEncoder(COUNT), max_article_characters=10):
        assert (home / "catalog.sqlite").exists()


@pytest.mark.timeout(600)
def test_whenever_a_process_is_killed_what_it_reported_holds_and_all_agree(home: Path) -> None:
    present: set[str] = set()
    pace = 0.0
    with start("tests.rag.library.changing", home) as process:
        for seed in range(KILLS):
            began = time.monotonic()
            lines = kill_child(process, seed, 3 * pace * (7 * seed % KILLS + random.Random(seed).random()) / KILLS)
            pace = pace or min(SLOWEST, time.monotonic() - began)  # of the first, which added something
            present = check_library(home, present, [line.split() for line in lines])
        _, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert present


def kill_child(process: subprocess.Popen[str], seed: int, moment: float) -> list[str]:
    """Start a child, kill it after some seconds, or if they are 0 when it has added, and return what it said."""
    assert process.stdin is not None and process.stdout is not None
    print(f"seed {seed}: killed after {moment:.3f} s")
    process.stdin.write(f"{seed}\n")
    process.stdin.flush()
    _, child = process.stdout.readline().split()
    lines: list[str] = []
    while not moment and not (lines and lines[-1].startswith("added")):
        lines.append(process.stdout.readline())
    time.sleep(moment)
    os.kill(int(child), signal.SIGKILL)
    return lines + list(iter(process.stdout.readline, "end\n"))


def open_dialled(home: Path, url: str = "") -> Library:
    return Library(Home(home), DialEncoder(changing.COUNT), max_article_characters=100_000, database_url=url)


def check_library(home: Path, present: set[str], reports: list[list[str]], url: str = "") -> set[str]:
    """Compare the library with what was in it and what was then reported, and return the ids of its articles."""
    must, may = set(present), set(present)
    for action, *ids in reports:
        if action in ("removing", "removed"):
            must -= {*ids}
            may -= {*ids} if action == "removed" else set()
        else:
            may |= {*ids}
            must |= {*ids} if action != "adding" else set()
    articles = {article.id: article for article in make_articles(changing.COUNT)}
    with open_dialled(home, url) as library:
        live = {entry.source.id for entry in library.catalog.list_entries(superseded=True)}
        assert must <= live <= may
        assert library.catalog.count_passages() == library.vectors.count() == library.words.count() == 2 * len(live)
        assert (library.catalog.read_journal(), library.catalog.list_without_story()) == ([], [])
        for id in live:
            assert library.read(id) == articles[id]
            check_found(library, id)
        library.erase()
    if url:  # a server's files are its own
        return live
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert {id for id in articles if f" of {id.replace('a', 'word')} goes".encode() in kept} == live
    return live


def check_found(library: Library, id: str) -> None:
    number = id.removeprefix("a")
    keys = {row.passage.key for row in library.catalog.read_embedded(id)}
    assert {key for key, _ in library.words.search(f"word{number}", 5)} == keys
    assert {key for key, _ in library.vectors.search(library.encoder.embed_query(number), 2)} == keys


@pytest.mark.timeout(300)
def test_four_processes_change_a_library_on_a_server_while_another_asks_and_any_may_be_killed(
    server: str, tmp_path: Path
) -> None:
    def change_and_kill(part: int) -> list[list[str]]:
        lines: list[str] = []
        with start("tests.rag.library.changing", tmp_path / f"home{part}", server, part) as process:
            for turn in range(SERVER_KILLS):
                seed = SERVER_KILLS * part + turn
                lines += kill_child(process, seed, random.Random(seed).uniform(0.5, 2.0) if turn else 0.0)
            _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
        return [line.split() for line in lines]

    texts = {article.id: article.text for article in make_articles(changing.COUNT)}
    with open_dialled(tmp_path / "asking", server) as asking, ThreadPoolExecutor(changing.PARTS) as others:
        changes = [others.submit(change_and_kill, part) for part in range(changing.PARTS)]
        while not all(change.done() for change in changes):
            found = asking.catalog.read_ranking(asking.words.search("sentence goes on", 20))
            assert all(each.passage.text in texts[each.source.id] for each in found)
    reports = [report for change in changes for report in change.result()]
    for name in ("asking", "home0"):  # each of them has its own vectors
        assert check_library(tmp_path / name, set(), reports, server)
