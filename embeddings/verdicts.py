"""Verdicts: whether a sentence or two support a claim, refute it, or neither; or answer yes, no, or neither."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from embeddings.errors import ModelLoadError
from embeddings.reader import WEIGHTS as READER
from embeddings.reader import ReadingText
from embeddings.windows import Window, Windower

WEIGHTS = Path(__file__).parent / "verdicts"
TOKENIZER = READER / "tokenizer.json"
"""The network reads words as the reader does, from whose weights it was trained."""
MOST_TOKENS, SHARED_TOKENS = 160, 40
"""Of one window; what does not fit is cut off."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How likely evidence supports a claim, refutes it, or does neither; the three sum to 1."""

    supports: float
    refutes: float
    neither: float


NEITHER = Ruling(0.0, 0.0, 1.0)


class Verdicts(Protocol):
    """Judges claims and yes/no questions by evidence."""

    @property
    def identity(self) -> str:
        """Name the weights; it changes when they change."""
        ...

    def judge(self, claim: str, evidence: Sequence[ReadingText]) -> list[Ruling]:
        """Return a ruling for each piece of evidence: a sentence or two with their article's title."""
        ...


class NoVerdicts:
    """Says neither of everything."""

    identity = "none"

    def judge(self, claim: str, evidence: Sequence[ReadingText]) -> list[Ruling]:
        """Return "neither" for each."""
        return [NEITHER] * len(evidence)


NO_VERDICTS = NoVerdicts()


class OnnxVerdicts:
    """The verdict network that ships with the project: int8 weights, onnxruntime, no torch.

    Example:
        >>> text = ReadingText("Harbour bridge opens", "The bridge, which cost 40 million euros, opened on Monday.")
        >>> OnnxVerdicts().judge("Did the bridge cost 50 million euros?", [text])[0].refutes > 0.5
        True
    """

    def __init__(self, folder: Path = WEIGHTS, tokenizer: Path = TOKENIZER, *, threads: int = 0) -> None:
        """Use `model.onnx` of a folder, loaded when first needed; `threads` = 0 uses every core.

        Raises:
            ModelLoadError: there is no such file.
        """
        self._model = folder / "model.onnx"
        if not self._model.is_file():
            raise ModelLoadError(f"no {self._model.name} in {folder}: train one with `make verdict`")
        self._windower = Windower(Tokenizer.from_file(str(tokenizer)), MOST_TOKENS, SHARED_TOKENS)
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1, "verdicts")
        self._lock = Lock()

    @cached_property
    def identity(self) -> str:
        """Name the weights; it changes when they change."""
        return f"dateline-verdicts-{hashlib.sha256(self._model.read_bytes()).hexdigest()[:12]}"

    def judge(self, claim: str, evidence: Sequence[ReadingText]) -> list[Ruling]:
        """Return a ruling for each piece of evidence; of empty evidence "neither"."""
        return self.judge_each([(claim, text) for text in evidence])

    def judge_each(self, pairs: Sequence[tuple[str, ReadingText]]) -> list[Ruling]:
        """Return a ruling for each pair of a claim and its evidence."""
        return list(self._pool.map(self._rule, pairs))

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # several pieces of evidence share the cores instead
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._model),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # as in the reader
        )

    def _rule(self, pair: tuple[str, ReadingText]) -> Ruling:
        claim, text = pair
        (windows,) = self._windower.cut(claim.rstrip("."), [text.title], [text.text])
        if not windows:
            return NEITHER
        with self._lock:
            session = self._session
        logits = self._score(session, windows[0])
        chances = np.exp(logits - logits.max())
        return Ruling(*(chances / chances.sum()).tolist())

    def _score(self, session: onnxruntime.InferenceSession, window: Window) -> np.ndarray:
        tokens = np.array([window.tokens], dtype=np.int64)
        segments = (np.arange(len(window.tokens)) >= window.second).astype(np.int64)[None]
        (logits,) = session.run(None, {"tokens": tokens, "segments": segments})
        scores: np.ndarray = logits[0]
        return scores
