"""How Dateline grows: `python -m benchmarks.scale [PASSAGES ...]`, by default 10,000 and 60,000.

Articles are made of drawn words (Zipf) and get cheap vectors in clusters: what is timed is everything beside encoding.
`--keep FOLDER` builds the libraries there and leaves them, for the next run to begin with.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from hashlib import blake2b
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import ParamSpec

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.markdown import Markdown

from benchmarks.sets import RESULTS
from corpus.article import Article
from embeddings.encoder import Encoder, Vectors
from embeddings.graph import WIDTH
from rag.library.home import Home
from rag.library.library import Library
from rag.library.upkeep.erasing import QUIET_SECONDS

FILE = RESULTS / "scale.md"
SIZES = 10_000, 60_000
ARTICLE_PASSAGES, SENTENCES, SENTENCE_WORDS, TITLE_WORDS = 5, 50, 15, 6
VOCABULARY, CLUSTERS = 50_000, 500
SPREAD = 0.7
"""Of a passage around the centre of its cluster: of how much its own direction counts beside that."""
MAX_CHARACTERS = 10_000_000
NEW, REMOVED, SEARCHES, POOL = 40, 5, 200, 50

HEAD = """# Scale

`python -m benchmarks.scale` (`make bench-scale`), {load}. Whatever else ran slowed all of it.

"""

_Arguments = ParamSpec("_Arguments")
_SHARES = 1.0 / np.arange(1, VOCABULARY + 1)
_CUMULATED = np.cumsum(_SHARES / _SHARES.sum())


class ClusteredWords(Encoder):
    """Vectors around the centre that a text's first word chooses: cheap, and with neighbours as real ones have."""

    identity = "clustered words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a normal vector for each text."""
        vectors = np.array([_draw_vector(text) for text in texts], np.float32)
        normal: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, metavar="PASSAGES")
    parser.add_argument("--keep", type=Path, help="folder of the libraries")
    options = parser.parse_args()
    with nullcontext(options.keep) if options.keep else TemporaryDirectory() as folder:
        columns = {size: measure_library(Path(folder) / str(size), size) for size in options.sizes}
    FILE.write_text(describe(columns), encoding="utf-8")
    Console().print(Markdown(FILE.read_text("utf-8")))


def measure_library(folder: Path, passages: int) -> dict[str, str]:
    """Return what a library of this size takes, by what was measured."""
    with open_library(folder) as library:
        there = library.catalog.read_collection().articles
        library.add(make_articles(there, max(0, passages // ARTICLE_PASSAGES - there)))
    began = time.perf_counter()
    with open_library(folder) as library:
        found = {"passages": f"{library.catalog.count_passages():,}"}
        search(library, 0)
        found["to open and search once"] = f"{time.perf_counter() - began:.2f} s"
        found["memory of the process, at most"] = f"{getrusage(RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"
        idle = time_searches(library, lambda count: count < SEARCHES)
        found["search by meaning and by words, p50 / p95"] = describe_times(idle)
        found |= measure_changes(library)
    return found


def measure_changes(library: Library) -> dict[str, str]:
    """Return what it takes to add, to remove and to erase."""
    first = library.catalog.read_collection().articles
    seconds = [time_call(library.add, make_articles(first + n, 1)) for n in range(1, NEW)]
    removed = [time_call(library.remove, [f"a{n}"]) for n in range(REMOVED)]
    time.sleep(QUIET_SECONDS)
    began = time.perf_counter()
    busy = time_searches(library, lambda count: not library.is_erased)
    return {
        "one article added, median": f"{median(seconds) * 1000:.0f} ms",
        "one article removed: gone from every answer, median / most": describe_pair(median(removed), max(removed)),
        "until it is erased, in the background": f"{time.perf_counter() - began:.1f} s",
        "search meanwhile, p50 / p95": describe_times(busy),
        "the longest search meanwhile": f"{max(busy):.2f} s",
    }


def make_articles(first: int, count: int) -> Iterator[Article]:
    """Yield articles of five passages each, no two alike."""
    for number in range(first, first + count):
        drawn = np.random.default_rng(number).random(SENTENCES * SENTENCE_WORDS)
        words = [f"kelno{place:x}" for place in np.searchsorted(_CUMULATED, drawn)]
        starts = range(0, len(words), SENTENCE_WORDS)
        text = " ".join(f"{' '.join(words[at : at + SENTENCE_WORDS])}.".capitalize() for at in starts)
        yield Article(id=f"a{number}", title=" ".join(words[:TITLE_WORDS]), text=text)


def open_library(folder: Path) -> Library:
    """Open a library whose articles cost nothing to encode."""
    return Library(Home(folder), ClusteredWords(), max_article_characters=MAX_CHARACTERS)


def search(library: Library, number: int) -> None:
    """Look for the words of an article's title in all three: vectors, words and catalog."""
    (article,) = make_articles(number, 1)
    rankings = library.vectors.search(library.encoder.embed_query(article.title), POOL)
    rankings += library.words.search(article.title, POOL)
    library.catalog.read_ranking(rankings)


def time_searches(library: Library, goes_on: Callable[[int], bool]) -> list[float]:
    """Search while it `goes_on`, and return the seconds of each search."""
    taken = list[float]()
    while goes_on(len(taken)):
        taken.append(time_call(search, library, len(taken)))
    return taken


def time_call(call: Callable[_Arguments, object], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> float:
    """Return the seconds that the call took."""
    began = time.perf_counter()
    call(*args, **kwargs)
    return time.perf_counter() - began


def describe_times(seconds: Sequence[float]) -> str:
    """Return median and 95th percentile in milliseconds."""
    return describe_pair(median(seconds), quantiles(seconds, n=20)[-1])


def describe_pair(one: float, other: float) -> str:
    """Return two times in milliseconds."""
    return f"{one * 1000:.0f} / {other * 1000:.0f} ms"


def describe(columns: dict[int, dict[str, str]]) -> str:
    """Return the table, with a column for each size."""
    load = f"{os.cpu_count()} cores; load of the machine at the end: {os.getloadavg()[1]:.0f}"
    lines = [
        f"| {name} | {' | '.join(each[name] for each in columns.values())} |" for name in next(iter(columns.values()))
    ]
    lines.insert(1, "|---" * (len(columns) + 1) + "|")
    return HEAD.format(load=load) + "\n".join(lines) + "\n"


def _draw_vector(text: str) -> NDArray[np.float64]:
    centre = np.random.default_rng(sum(text.split(maxsplit=1)[0].encode()) % CLUSTERS).normal(size=WIDTH)
    seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return centre + SPREAD * np.random.default_rng(seed).normal(size=WIDTH)


if __name__ == "__main__":
    main()
