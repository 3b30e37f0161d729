"""Times readers side by side on one question over twelve passages of 150 words."""

import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from embeddings.reader import Reader, ReadingText
from embeddings.training.evaluate import Dev, load_dev

PASSAGES = 12
WORDS = 150


def time_readers(readers: Mapping[str, Reader], folder: Path, rounds: int = 10) -> dict[str, dict[str, float]]:
    """Return the p50 and p95 milliseconds of one question for each reader, the readers taking turns.

    The questions and passages are the first `rounds` blocks of a dev set in `folder`; one more block warms up.
    """
    dev = load_dev(folder)
    words = _words(dev)
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):
        texts = _texts(words, number)
        for name, reader in readers.items():
            began = time.perf_counter()
            reader.read(dev.cases[number].question, texts)
            taken[name].append(1000 * (time.perf_counter() - began))
    return {name: _summary(values[1:]) for name, values in taken.items()}


def _words(dev: Dev) -> list[str]:
    return [word for text in dev.articles.values() for word in text.text.split()]


def _texts(words: list[str], number: int) -> list[ReadingText]:
    starts = [(number * PASSAGES + i) * WORDS % (len(words) - WORDS) for i in range(PASSAGES)]
    return [ReadingText("A title of five words", " ".join(words[start : start + WORDS])) for start in starts]


def _summary(values: list[float]) -> dict[str, float]:
    ranked = sorted(values)
    return {"n": len(values), "p50_ms": round(median(values), 1), "p95_ms": round(ranked[int(0.95 * len(ranked))], 1)}
