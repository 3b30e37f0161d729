"""Libraries of any size for the benchmarks of growth: drawn articles, cheap vectors, and how to search and time them.

Articles are made of drawn words (Zipf; the most frequent are English stop words) and get vectors in clusters: what is
timed is everything beside encoding.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from embeddings.encoder import Encoder, Vectors
from embeddings.graph import WIDTH
from rag.english.terms import FREQUENT
from rag.library.encoding import encode_ahead
from rag.library.home import Home
from rag.library.library import Library

ARTICLE_PASSAGES, SENTENCES, SENTENCE_WORDS, TITLE_WORDS = 5, 50, 15, 6
VOCABULARY, CLUSTERS = 50_000, 500
SPREAD = 0.7
"""Of a passage around the centre of its cluster: of how much its own direction counts beside that."""
MAX_CHARACTERS = 10_000_000
POOL, BEST = 50, 12
"""What a search asks of each index, and what answers are read in of that."""
BUILT_AT_ONCE, COMPARED_AT_ONCE = 1_000, 10_000

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_SHARES = 1.0 / np.arange(1, VOCABULARY + 1)
_CUMULATED = np.cumsum(_SHARES / _SHARES.sum())
_WORDS = [*FREQUENT, *(f"kelno{place:x}" for place in range(len(FREQUENT), VOCABULARY))]


class ClusteredWords(Encoder):
    """Vectors around the centre that a text's longest word chooses: cheap, and with neighbours as real ones have."""

    identity = "clustered words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a normal vector for each text."""
        vectors = np.array([_draw_vector(text) for text in texts], np.float32)
        normal: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return normal


def apart(call: Callable[_Arguments, _Result], *args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Result:
    """Call a function in a process of its own, so that memory and caches are those of a fresh one."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(call, *args, **kwargs).result()


def make_articles(first: int, count: int) -> Iterator[Article]:
    """Yield articles of five passages each, no two alike."""
    for number in range(first, first + count):
        drawn = np.random.default_rng(number).random(SENTENCES * SENTENCE_WORDS)
        words = [_WORDS[place] for place in np.searchsorted(_CUMULATED, drawn)]
        starts = range(0, len(words), SENTENCE_WORDS)
        text = " ".join(f"{' '.join(words[at : at + SENTENCE_WORDS])}.".capitalize() for at in starts)
        yield Article(id=f"a{number}", title=" ".join(words[:TITLE_WORDS]), text=text)


def open_library(folder: Path, chroma_url: str = "", database_url: str = "") -> Library:
    """Open a library whose articles cost little to encode."""
    home = Home(folder, chroma_url)
    return Library(home, ClusteredWords(), max_article_characters=MAX_CHARACTERS, database_url=database_url)


def build_library(folder: Path, passages: int) -> None:
    """Add articles to the library in a folder until it has so many passages."""
    with open_library(folder) as library:
        there = library.catalog.read_collection().articles
        while there < passages // ARTICLE_PASSAGES:
            count = min(BUILT_AT_ONCE, passages // ARTICLE_PASSAGES - there)
            seconds = time_call(library.add, make_articles(there, count))
            there += count
            print(f"{folder}: {there} articles, the last {count} in {seconds:.1f} s", flush=True)


def add_encoded(library: Library, articles: Sequence[Article]) -> float:
    """Add articles in one call, and return the seconds without those of encoding."""
    batches = [*encode_ahead(library.encoder, articles, lambda _: True)]
    return time_call(lambda: [*library.add_each((), encode=lambda *_: iter(batches))])


def search(library: Library, number: int) -> None:
    """Look for an article's title in all three: vectors and words, and the catalog for the best of what they found."""
    (article,) = make_articles(number, 1)
    rankings = library.vectors.search(library.encoder.embed_query(article.title), POOL)
    rankings += library.words.search(article.title, POOL)
    library.catalog.read_ranking(sorted(rankings, key=lambda each: -each[1])[:BEST])


def time_searches(library: Library, goes_on: Callable[[int], bool]) -> list[float]:
    """Search while it `goes_on`, and return the seconds of each search."""
    taken = list[float]()
    while goes_on(len(taken)):
        taken.append(time_call(search, library, len(taken)))
    return taken


def measure_recall(library: Library, questions: int) -> float:
    """Return the share of the passages nearest to a title, by the catalog's vectors, that the index has among its own.

    Both are the first twelve of what is asked of the index.
    """
    titles = [article.title for article in make_articles(0, questions)]
    queries = library.encoder.encode(titles)
    nearest = [[(0.0, "")]] * questions
    rows = library.catalog.list_embedded()
    while batch := list(islice(rows, COMPARED_AT_ONCE)):
        cosines = queries @ np.stack([row.vector for row in batch]).T
        keys = [row.passage.key for row in batch]
        for place, scores in enumerate(cosines):
            best = [(-float(scores[at]), keys[at]) for at in np.argsort(-scores)[:BEST]]
            nearest[place] = sorted([*nearest[place], *best])[:BEST]
    found = [{key for key, _ in library.vectors.search(query.tolist(), POOL)[:BEST]} for query in queries]
    shares = [len(keys & {key for _, key in best}) / BEST for keys, best in zip(found, nearest, strict=True)]
    return float(np.mean(shares))


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


def _draw_vector(text: str) -> NDArray[np.float64]:
    first = next((word for word in text.casefold().split() if word.startswith("kelno")), text)
    centre = np.random.default_rng(sum(first.encode()) % CLUSTERS).normal(size=WIDTH)
    seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return centre + SPREAD * np.random.default_rng(seed).normal(size=WIDTH)
