"""Find the channels that the int8 encoder divides: `python -m benchmarks.smoothing`, written beside the encoder.

The largest value of every channel of every smoothed input is taken over the starter articles' passages, in torch and
fp32. What is above the 95th percentile of an input's channels is divided down to it.
"""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from corpus.passages import split_article
from embeddings.encoder import MINILM
from embeddings.graph import DIVISORS, name_input
from rag.assembly import load_starter_articles
from rag.library.encoding import passage_text

QUANTILE = 0.95

Largest = dict[str, NDArray[np.float32]]


def main() -> None:
    """Measure and write."""
    articles = load_starter_articles()
    texts = [passage_text(article, passage) for article in articles for passage in split_article(article)]
    divisors = {name: find_divisors(values) for name, values in measure_channels(texts).items()}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(values)}" for name, values in divisors.items())
    DIVISORS.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{sum(map(len, divisors.values()))} channels, over {len(texts)} passages: {DIVISORS}")


def measure_channels(texts: Sequence[str]) -> Largest:
    """Return the largest absolute value of every channel of every smoothed input."""
    model = SentenceTransformer(str(MINILM), device="cpu", local_files_only=True)
    layers: Any = model[0].auto_model.encoder.layer  # type: ignore[union-attr]
    largest: Largest = {}
    for index, layer in enumerate(layers):
        modules = {
            "attention": layer.attention.self.query,
            "intermediate": layer.intermediate.dense,
            "output": layer.output.dense,
        }
        for kind, module in modules.items():
            module.register_forward_pre_hook(partial(_note, largest, name_input(index, kind)))
    model.encode(list(texts), batch_size=1, show_progress_bar=False)  # without padding
    return largest


def find_divisors(largest: NDArray[np.float32]) -> dict[str, float]:
    """Return what each channel above the percentile is divided by."""
    shares = (largest / np.quantile(largest, QUANTILE)).round(2)
    return {str(channel): round(float(shares[channel]), 2) for channel in np.flatnonzero(shares > 1)}


def _note(largest: Largest, name: str, _: torch.nn.Module, inputs: tuple[torch.Tensor]) -> None:
    values = inputs[0].abs().flatten(0, -2).amax(0).numpy()
    largest[name] = np.maximum(largest.get(name, values), values)


if __name__ == "__main__":
    main()
