"""What other processes see, and what a killed one leaves behind."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import HomeLockedError
from rag.home import Home
from rag.library import Library
from tests.conftest import OpenLibrary
from tests.fakes import DialEncoder
from tests.rag.adding import make_articles

ROOT = Path(__file__).resolve().parents[2]
COUNT = 400


def start_adding(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.rag.adding", str(home), str(COUNT)]
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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


@pytest.mark.parametrize("seed", range(6))
def test_whenever_a_process_is_killed_what_it_reported_is_found_and_all_agree(home: Path, seed: int) -> None:
    with start_adding(home) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(random.Random(seed).uniform(0.0, 1.5))
        process.kill()
        output, errors = process.communicate()
    assert errors == ""
    reported = [line.removesuffix(" added") for line in output.splitlines() if line.endswith(" added")]
    with Library(Home(home), DialEncoder(COUNT), max_article_characters=100_000) as library:
        live = [entry.source.id for entry in library.catalog.list_entries()]
        assert set(reported) <= set(live)
        assert library.catalog.count_passages() == library.vectors.count() == library.words.count() == 2 * len(live)
        assert library.catalog.read_journal() == []
        for id in live:
            check_found(library, id)
        outcomes = [receipt.outcome for receipt in library.add(make_articles(COUNT))]
        assert outcomes == ["unchanged" if f"a{number}" in live else "added" for number in range(COUNT)]
        assert library.catalog.count_passages() == library.vectors.count() == library.words.count() == 2 * COUNT


def check_found(library: Library, id: str) -> None:
    number = id.removeprefix("a")
    keys = {row.passage.key for row in library.catalog.read_embedded(id)}
    assert {key for key, _ in library.words.search(f"word{number}", 5)} == keys
    assert {key for key, _ in library.vectors.search(library.encoder.embed_query(number), 2)} == keys
