"""Adding on a Ray cluster of this machine: `python -m benchmarks.cluster`, with one process and with two.

The starter articles, in as many editions as make six hundred passages and more, are added to an empty library once the
processes are warm. What the command itself does meanwhile, one article after another, is the serial share.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markdown import Markdown

from benchmarks.sets import RESULTS
from corpus.article import Article
from corpus.progress import NOBODY, Watch
from embeddings.encoder import Encoder
from embeddings.minilm import MiniLmEncoder
from rag.assembly import load_starter_articles
from rag.cluster.cluster import LOCAL, Cluster
from rag.cluster_assembly import make_task_encoder
from rag.library.encoding import EncodeAhead, Encoded, encode_ahead
from rag.library.home import Home
from rag.library.library import Library

EDITIONS = 8
PROCESSES = 1, 2
HEAD = """# Adding on a Ray cluster

`python -m benchmarks.cluster`, {cores} cores; load of the machine at the end: {load:.0f}. {passages} passages.
Serial: deciding, writing and indexing, by the command itself; while it is less than the rest divided by the processes,
another process helps.

| way | seconds | passages/s | serial, seconds |
|---|---|---|---|
"""


class TimedEncoding:
    """Encodes as `encode` does, and counts the seconds in which its results are used and nothing is asked of it."""

    def __init__(self, encode: EncodeAhead) -> None:
        """Start at zero."""
        self.serial = 0.0
        self._encode = encode

    def __call__(
        self, encoder: Encoder, articles: Iterable[Article], is_wanted: Callable[[Article], bool], watch: Watch = NOBODY
    ) -> Encoded:
        """Yield the batches."""
        for batch in self._encode(encoder, articles, is_wanted, watch):
            began = time.perf_counter()
            yield batch
            self.serial += time.perf_counter() - began


def main() -> None:
    """Measure, print and write."""
    articles = list(make_editions())
    rows = [measure(articles, "this process alone", encode_ahead)]
    for count in PROCESSES:
        with Cluster(LOCAL, make_task_encoder, None, cpus=count) as cluster:
            rows.append(measure(articles, f"Ray, {count} process{'es' * (count > 1)}", cluster.encode_ahead))
    passages = rows[0][1]
    head = HEAD.format(cores=os.cpu_count(), load=os.getloadavg()[0], passages=passages)
    (RESULTS / "cluster.md").write_text(head + "".join(row for row, _ in rows), encoding="utf-8")
    Console().print(Markdown((RESULTS / "cluster.md").read_text("utf-8")))


def measure(articles: list[Article], name: str, encode: EncodeAhead) -> tuple[str, int]:
    """Return a line of the table, and the number of passages."""
    with TemporaryDirectory() as folder:
        add = partial(add_timed, Path(folder), encode=encode)
        add("warm", articles[:32])
        seconds, serial, passages = add("measured", articles[32:])
    return f"| {name} | {seconds:.1f} | {passages / seconds:.0f} | {serial:.1f} |\n", passages


def add_timed(folder: Path, name: str, articles: list[Article], encode: EncodeAhead) -> tuple[float, float, int]:
    """Return the seconds of all, those of the serial part, and the number of passages."""
    timed = TimedEncoding(encode)
    with Library(Home(folder / name), ENCODER, max_article_characters=1_000_000) as library:
        began = time.perf_counter()
        list(library.add_each(articles, NOBODY, timed))
        return time.perf_counter() - began, timed.serial, library.catalog.count_passages()


def make_editions() -> Iterator[Article]:
    """Yield the starter articles again and again, each time with other titles and first words."""
    for edition in range(EDITIONS):
        for article in load_starter_articles():
            title, text = f"{article.title} ({edition})", f"Edition {edition} of this. {article.text}"
            yield replace(article, id=f"{article.id}-{edition}", title=title, text=text, url="")


ENCODER = MiniLmEncoder()

if __name__ == "__main__":
    main()
