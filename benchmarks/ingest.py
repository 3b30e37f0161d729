"""How fast articles go in: `python -m benchmarks.ingest DATA_FOLDER`; the product beside a plain LangChain pipeline.

Articles are made of the development sets' paragraphs, three each, no two alike. The plain pipeline is what its parts'
documentation shows: RecursiveCharacterTextSplitter, the same MiniLM by sentence-transformers in fp32, and
langchain_chroma. Both take turns, block by block, on the same articles. The product does more with each: sentences,
word index, near-duplicates, catalog.
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
from rich.console import Console
from rich.markdown import Markdown

from benchmarks.plain import PlainEmbeddings, PlainPipeline
from benchmarks.sets import NAMES, RESULTS
from corpus.article import Article
from corpus.loading import Loaded, load_source
from corpus.passages import split_article
from embeddings.encoder import Encoder, Vectors
from embeddings.graph import WIDTH
from embeddings.minilm import MiniLmEncoder
from rag.library.encoding import passage_text
from rag.library.home import Home
from rag.library.library import Library

FILE = RESULTS / "ingest.md"
PARAGRAPHS = 3
BLOCKS, BLOCK_ARTICLES = 5, 40
LARGE = 10_000
MAX_CHARACTERS = 10_000_000
HEAD_PIPELINES = """{articles} articles in {blocks} blocks, {cores} cores. Whatever else ran on the machine slowed both.

| pipeline | passages | characters a passage | passages/s | characters/s | processor time a passage |
|---|---|---|---|---|---|
"""
HEAD_LARGE = """A library of {articles:,} articles ({passages:,} passages):

| | by the clock | of the processor |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What some articles took, in seconds by the clock and of the processor."""

    passages: int
    characters: int
    seconds: float
    processor: float


class Pipeline(Protocol):
    """Takes articles in."""

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles, so that they can be searched."""

    def split(self, article: Article) -> list[str]:
        """Return the article's passages."""


class Product:
    """The library, as the command line uses it."""

    def __init__(self, library: Library) -> None:
        """Add to a library."""
        self._library = library

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles, so that they can be searched."""
        self._library.add(articles)

    def split(self, article: Article) -> list[str]:
        """Return the article's passages."""
        return [passage.text for passage in split_article(article)]


class HashedWords(Encoder):
    """Vectors of no meaning that cost little: where encoding is not what is timed."""

    identity = "hashed words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a normal vector for each text, drawn from its own characters."""
        vectors = [np.random.default_rng(sum(text.encode())).normal(size=WIDTH) for text in texts]
        return np.array([vector / np.linalg.norm(vector) for vector in vectors], np.float32)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder that holds xquad-en, nq-dev and clapnq-dev")
    parser.add_argument("--large", type=int, default=LARGE, help="articles of the large library")
    options = parser.parse_args()
    read = list(read_articles(options.data))
    FILE.write_text(
        "# Ingestion\n\n`python -m benchmarks.ingest DATA` (`make bench-ingest DATA=...`).\n", encoding="utf-8"
    )
    large = mix_articles(read, options.large, seed=2)
    measures: list[Callable[[], str]] = [
        lambda: compare_pipelines(read),
        lambda: compare_vectors(read),
        lambda: time_large_library(large),
    ]
    for measure in measures:
        with FILE.open("a", encoding="utf-8") as file:
            file.write(f"\n{measure()}\n")
    Console().print(Markdown(FILE.read_text("utf-8")))


def read_articles(data: Path) -> Iterator[Article]:
    """Yield the articles of the development sets."""
    for name in NAMES:
        items = load_source(str(data / name / "articles.jsonl"))
        yield from (item.article for item in items if isinstance(item, Loaded))


def mix_articles(articles: Sequence[Article], count: int, seed: int) -> list[Article]:
    """Return articles that are each made of the texts of three others, drawn at random."""
    source = random.Random(seed)
    drawn = [source.sample(articles, PARAGRAPHS) for _ in range(count)]
    return [
        Article(id=f"{seed}-{number}", title=parts[0].title, text="\n\n".join(part.text for part in parts))
        for number, parts in enumerate(drawn)
    ]


def compare_pipelines(read: Sequence[Article]) -> str:
    """Return the table of both pipelines, which take turns; the first block only warms up."""
    blocks = [mix_articles(read, BLOCK_ARTICLES, seed) for seed in range(100, 101 + BLOCKS)]
    with TemporaryDirectory() as folder, open_library(Path(folder), MiniLmEncoder()) as library:
        plain, product = PlainPipeline(Path(folder) / "plain"), Product(library)
        turns = [(time_block(plain, block), time_block(product, block)) for block in blocks][1:]
    rows = {"plain LangChain": [turn[0] for turn in turns], "Dateline": [turn[1] for turn in turns]}
    text = HEAD_PIPELINES.format(articles=BLOCKS * BLOCK_ARTICLES, blocks=BLOCKS, cores=os.cpu_count())
    text += "\n".join(describe_pipeline(name, taken) for name, taken in rows.items())
    (wall, processor), fastest = compare(*rows.values()), [compare([one], [other])[0] for one, other in turns]
    text += f"\n\nRatio of passages a second: **{wall:.1f}** ({min(fastest):.1f} to {max(fastest):.1f} in the blocks)"
    return f"{text}; of the processor's time a passage: {processor:.1f}."


def open_library(folder: Path, encoder: Encoder) -> Library:
    """Open a library in a folder."""
    return Library(Home(folder / "home"), encoder, max_article_characters=MAX_CHARACTERS)


def time_block(pipeline: Pipeline, articles: Sequence[Article]) -> Taken:
    """Add the articles, and say what it took."""
    lengths = [len(passage) for article in articles for passage in pipeline.split(article)]
    seconds, processor = time_call(lambda: pipeline.add(articles))
    return Taken(len(lengths), sum(lengths), seconds, processor)


def time_call(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that it took, by the clock and of the processor."""
    began, used = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - began, time.process_time() - used


def add_up(taken: Sequence[Taken]) -> Taken:
    """Return the sum of what blocks took."""
    return Taken(*(sum(values) for values in zip(*map(astuple, taken), strict=True)))


def compare(plain: Sequence[Taken], product: Sequence[Taken]) -> tuple[float, float]:
    """Return how many times as fast the product is, in passages by the clock and by the processor."""
    one, other = add_up(plain), add_up(product)
    return (
        other.passages / other.seconds / (one.passages / one.seconds),
        other.passages / other.processor / (one.passages / one.processor),
    )


def describe_pipeline(name: str, taken: Sequence[Taken]) -> str:
    """Return one line of the table."""
    whole = add_up(taken)
    amounts = f"{whole.passages:,} | {whole.characters / whole.passages:.0f}"
    speeds = f"{whole.passages / whole.seconds:.1f} | {whole.characters / whole.seconds:,.0f}"
    return f"| {name} | {amounts} | {speeds} | {whole.processor / whole.passages * 1_000:.1f} ms |"


def compare_vectors(read: Sequence[Article]) -> str:
    """Return how near the product's vectors are to those of fp32."""
    texts = [passage_text(article, passage) for article in read for passage in split_article(article)]
    exact = np.array(PlainEmbeddings().embed_documents(texts))
    cosines = (MiniLmEncoder().encode(texts) * exact).sum(axis=1)
    return (
        f"Cosine of the product's vectors with those of torch in fp32, over the {len(texts):,} passages of these"
        f" sets: least {cosines.min():.4f}, mean {cosines.mean():.4f}."
    )


def time_large_library(articles: Sequence[Article]) -> str:
    """Return what an unchanged add and a removal take in a large library, whose vectors mean nothing."""
    with TemporaryDirectory() as folder:
        with open_library(Path(folder), HashedWords()) as library:
            steps = {"added at first, without encoding": time_call(lambda: library.add(articles))}
        with open_library(Path(folder), HashedWords()) as library:
            steps["added again, unchanged"] = time_call(lambda: library.add(articles))
            steps["one removed, with all traces"] = time_call(lambda: library.remove([articles[0].id]))
            passages = library.catalog.count_passages()
    lines = [f"| {name} | {seconds:.1f} s | {processor:.1f} s |" for name, (seconds, processor) in steps.items()]
    return HEAD_LARGE.format(articles=len(articles), passages=passages) + "\n".join(lines)


if __name__ == "__main__":
    main()
