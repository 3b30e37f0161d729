"""MiniLM without torch: onnxruntime and int8."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from safetensors import safe_open
from tokenizers import Tokenizer

from embeddings.encoder import MINILM, Encoder, Vectors, check_folder, name_weights
from embeddings.errors import ModelLoadError
from embeddings.graph import INPUT, WIDTH, Array, read_divisors, write_network
from embeddings.precision import are_sums_exact

MAX_TOKENS = 256
"""What sentence-transformers gives this model; a longer text is cut there."""


class MiniLmEncoder(Encoder):
    """The MiniLM that comes as a package, several times as fast as torch on a CPU and at work in half a second.

    Over 1,992 passages, the cosine of its vectors with those of torch in fp32 is 0.998 in the mean and above 0.99 for
    each; see benchmarks/results/ingest.md. A text's vector does not depend on the texts beside it.
    """

    def __init__(self, folder: Path = MINILM, *, threads: int = 0, bits: int = 0) -> None:
        """Use the weights in `folder`, loaded when first needed; `threads` = 0 uses every core.

        They are rounded to `bits`, 7 or 8; 0: to as many as the processor can add without saturation.

        Raises:
            ModelLoadError: there are no weights in the folder.
        """
        check_folder(folder)
        self._folder = folder
        self._bits = bits
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "encoder")

    @cached_property
    def _exact_identity(self) -> str:
        return name_weights(self._folder)

    @property
    def identity(self) -> str:
        """The name and the weights, and that they are rounded."""
        return f"{self._exact_identity} int8"

    @property
    def comparable(self) -> frozenset[str]:
        """Vectors of the same weights in fp32 or bfloat16 are as good as its own; see benchmarks/results/ingest.md."""
        return frozenset({self.identity, self._exact_identity})

    @property
    def precision(self) -> str:
        """Integers of 8 bits."""
        return "int8"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text; a text beyond 256 tokens is cut there.

        Each text is computed alone: none needs padding, and the int8 steps are those of one text. The longest go first,
        so that no thread ends long after the others. A single text does not wait for the texts of other callers.
        """
        if not texts:
            return np.empty((0, WIDTH), np.float32)
        network = self._load()
        if len(texts) == 1:
            return network.encode(texts[0])
        longest_first = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        vectors = np.empty((len(texts), WIDTH), np.float32)
        found = self._pool.map(network.encode, (texts[index] for index in longest_first))
        for index, vector in zip(longest_first, found, strict=True):
            vectors[index] = vector
        return vectors

    def _load(self) -> "_Network":
        with self._lock:
            return self._network

    @cached_property
    def _network(self) -> "_Network":
        return _Network(self._folder, self._bits or (8 if are_sums_exact() else 7))


class _Network:
    """The loaded model: one text at a time, on the caller's thread."""

    def __init__(self, folder: Path, bits: int) -> None:
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            weights = _read_weights(folder / "model.safetensors")
        except Exception as error:  # tokenizers raises no narrower one
            raise ModelLoadError(f"the model in {folder} cannot be loaded: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._words = weights.pop("embeddings.word_embeddings.weight")
        places = weights.pop("embeddings.position_embeddings.weight")
        self._places = places[:MAX_TOKENS] + weights.pop("embeddings.token_type_embeddings.weight")[0]
        self._session = _open_session(write_network(weights, read_divisors(), bits))

    def encode(self, text: str) -> Vectors:
        """Return the vector of one text, in a row."""
        tokens = self._tokenizer.encode(text).ids
        embedded = self._words[tokens] + self._places[: len(tokens)]
        (vectors,) = self._session.run(None, {INPUT: embedded[None]})
        return np.asarray(vectors, np.float32)


def _read_weights(path: Path) -> dict[str, Array]:
    with safe_open(path, framework="numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (it is no mapping)


def _open_session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts share the cores instead
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )
