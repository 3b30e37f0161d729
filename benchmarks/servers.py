"""The home folder, a Chroma server and PostgreSQL side by side: `python -m benchmarks.servers [PASSAGES]`.

Each holds the same drawn articles (see `growing.py`). What is measured is done by turns, so that whatever else runs on
the machine slows all alike. PostgreSQL keeps its usual promises: what was added is on the disk.
"""

import argparse
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markdown import Markdown

from benchmarks.growing import (
    ARTICLE_PASSAGES,
    add_encoded,
    describe_pair,
    describe_times,
    make_articles,
    open_library,
    search,
    time_call,
)
from benchmarks.sets import RESULTS
from rag.library.library import Library
from tests.rag.library.chroma import serve_chroma
from tests.rag.library.server import run_cluster

FILE = RESULTS / "servers.md"
PASSAGES, AT_ONCE, NEW, REMOVED, SEARCHES = 10_000, 200, 20, 10, 100
HEAD = """# A folder, a Chroma server and PostgreSQL

`python -m benchmarks.servers {passages}`, {cores} cores, all on one machine; load at the end: {load:.0f}.
By turns, so that other work slowed all alike. {passages:,} passages.

| | all in the home folder | vectors on a Chroma server | catalog and words in PostgreSQL |
|---|---|---|---|
"""


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("passages", type=int, nargs="?", default=PASSAGES, metavar="PASSAGES")
    passages = parser.parse_args().passages
    with ExitStack() as opened:
        rows = measure(open_each(opened), passages // ARTICLE_PASSAGES)
    head = HEAD.format(passages=passages, cores=os.cpu_count(), load=os.getloadavg()[1])
    FILE.write_text(head + "".join(f"| {' | '.join(row)} |\n" for row in rows), encoding="utf-8")
    Console().print(Markdown(FILE.read_text("utf-8")))


def open_each(opened: ExitStack) -> list[Library]:
    """Start the servers, and open an empty library in a folder and on each."""
    folder = Path(opened.enter_context(TemporaryDirectory()))
    (folder / "chroma").mkdir()
    chroma_url = opened.enter_context(serve_chroma(folder / "chroma"))
    database_url = opened.enter_context(run_cluster(is_durable=True))
    return [
        opened.enter_context(open_library(folder / "alone")),
        opened.enter_context(open_library(folder / "with chroma", chroma_url)),
        opened.enter_context(open_library(folder / "with database", database_url=database_url)),
    ]


def measure(libraries: Sequence[Library], articles: int) -> list[list[str]]:
    """Return the lines of the table."""

    def by_turns(times: int, call: Callable[[Library, int], object]) -> list[list[float]]:
        rounds = [[time_call(call, library, number) for library in libraries] for number in range(times)]
        return [[*each] for each in zip(*rounds, strict=True)]

    bulk = [[0.0] for _ in libraries]
    for first in range(0, articles, AT_ONCE):
        added = [*make_articles(first, min(AT_ONCE, articles - first))]
        for seconds, library in zip(bulk, libraries, strict=True):
            seconds.append(add_encoded(library, added))
    singles = by_turns(NEW, lambda library, number: library.add(make_articles(articles + number, 1)))
    searches = by_turns(SEARCHES, search)
    removals = by_turns(REMOVED, lambda library, number: library.remove([f"a{number}"]))
    return [
        ["each article added in bulk, beside encoding", *(f"{sum(each) / articles * 1000:.1f} ms" for each in bulk)],
        ["one article added, median / p95", *map(describe_times, singles)],
        ["search by meaning and by words, p50 / p95", *map(describe_times, searches)],
        ["one article removed, median / most", *(describe_pair(median(each), max(each)) for each in removals)],
    ]


if __name__ == "__main__":
    main()
