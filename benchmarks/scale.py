"""How Dateline grows: `python -m benchmarks.scale [PASSAGES ...]`, by default 10,000 and 60,000.

Each library begins as a copy of the next smaller one, and is measured in a copy, by a process of its own: see
`growing.py`. `--keep FOLDER` leaves them there, for the next run to begin with.
"""

import argparse
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markdown import Markdown

from benchmarks.growing import (
    add_encoded,
    apart,
    build_library,
    describe_pair,
    describe_times,
    make_articles,
    measure_recall,
    open_library,
    search,
    time_call,
    time_searches,
)
from benchmarks.sets import RESULTS
from rag.library.library import Library
from rag.library.upkeep.erasing import QUIET_SECONDS

FILE = RESULTS / "scale.md"
SIZES = 10_000, 60_000
NEW, BULK, REMOVED, SEARCHES, QUESTIONS = 40, 1_000, 5, 200, 100
FIRST_NEW = 10_000_000
"""Number of the first article that no library has."""
WATCHED_SECONDS = 30.0
"""Of the erasure in the background: it rests as long as it works, and takes long in a large library."""

HEAD = """# Scale

`python -m benchmarks.scale` (`make bench-scale`), {cores} cores. Whatever else ran slowed all of it: see the last row.

"""


def main() -> None:
    """Measure, print and write, after each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="PASSAGES")
    parser.add_argument("--keep", type=Path, help="folder of the libraries")
    options = parser.parse_args()
    columns = list[dict[str, str]]()
    with nullcontext(options.keep) if options.keep else TemporaryDirectory() as name:
        folder, smaller = Path(name), None
        for size in sorted(options.sizes):
            library = prepare_library(folder, size, smaller)
            columns.append(measure_copy(library, folder / "measured"))
            FILE.write_text(describe(columns), encoding="utf-8")
            smaller = library
    Console().print(Markdown(FILE.read_text("utf-8")))


def prepare_library(folder: Path, size: int, smaller: Path | None) -> Path:
    """Return a library of so many passages, which is there or is made of the smaller one."""
    library = folder / str(size)
    if smaller and not library.exists():
        shutil.copytree(smaller, library)
    apart(build_library, library, size)
    return library


def measure_copy(library: Path, copy: Path) -> dict[str, str]:
    """Return what a library of this size takes, by what was measured."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(library, copy)
    try:
        return apart(measure_library, copy)
    finally:
        shutil.rmtree(copy)


def measure_library(folder: Path) -> dict[str, str]:
    """Return what it takes to open a library, to ask and to change it."""
    began = time.perf_counter()
    with open_library(folder) as library:
        found = {"passages": f"{library.catalog.count_passages():,}"}
        search(library, 0)
        found["to open and search once"] = f"{time.perf_counter() - began:.2f} s"
        idle = time_searches(library, lambda count: count < SEARCHES)
        found["memory of the process then, at most"] = f"{getrusage(RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"
        found["search by meaning and by words, p50 / p95"] = describe_times(idle)
        found["recall@12 of the vectors against exact search"] = f"{measure_recall(library, QUESTIONS):.3f}"
        found |= measure_adding(library) | measure_removing(library)
    return found | {"load of the machine": f"{os.getloadavg()[1]:.1f}"}


def measure_adding(library: Library) -> dict[str, str]:
    """Return what it takes to add one article, and many, and to search meanwhile."""
    seconds = [time_call(library.add, make_articles(FIRST_NEW + n, 1)) for n in range(NEW)]
    bulk = add_encoded(library, [*make_articles(FIRST_NEW + NEW, BULK)])
    with ThreadPoolExecutor(1) as thread:
        adding = thread.submit(library.add, [*make_articles(FIRST_NEW + NEW + BULK, BULK)])
        busy = time_searches(library, lambda _: not adding.done())
    return {
        "one article added, median / p95": describe_times(seconds),
        f"each of {BULK:,} articles added in one call, beside encoding": f"{bulk / BULK * 1000:.1f} ms",
        "search meanwhile, p50 / p95": describe_times(busy),
    }


def measure_removing(library: Library) -> dict[str, str]:
    """Return what it takes to remove articles and to erase them."""
    removed = [time_call(library.remove, [id]) for id in sorted(library.catalog.list_ids())[:REMOVED]]
    time.sleep(QUIET_SECONDS)
    began = time.perf_counter()
    end = began + WATCHED_SECONDS
    busy = time_searches(library, lambda _: not library.is_erased and time.perf_counter() < end)
    taken = f"{time.perf_counter() - began:.1f} s" if library.is_erased else f"not in {WATCHED_SECONDS:.0f} s"
    return {
        "one article removed: gone from every answer, median / most": describe_pair(median(removed), max(removed)),
        "until it is erased, in the background": taken,
        "search while it is erased, p50 / p95": describe_times(busy),
        "the longest search meanwhile": f"{max(busy):.2f} s",
    }


def describe(columns: list[dict[str, str]]) -> str:
    """Return the table, with a column for each size."""
    lines = [f"| {name} | {' | '.join(each[name] for each in columns)} |" for name in columns[0]]
    lines.insert(1, "|---" * (len(columns) + 1) + "|")
    return HEAD.format(cores=os.cpu_count()) + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
