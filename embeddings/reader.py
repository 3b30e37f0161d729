"""The extractive reader: where in a passage the answer to a question stands, or that it is not there."""

import hashlib
import os
from collections.abc import Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from embeddings.calibration import Calibration
from embeddings.errors import ModelLoadError
from embeddings.spans import (
    Logits,
    Span,
    drop_between,
    list_words,
    merge_spans,
    null_score,
    pick_spans,
    sentence_evidence,
    tidy_span,
    weigh_span,
)
from embeddings.windows import Offsets, Window, Windower

__all__ = [
    "CalibratedReader",
    "Offsets",
    "OnnxReader",
    "Reader",
    "Reading",
    "ReadingText",
    "Span",
    "WindowReader",
    "WindowScorer",
]

WEIGHTS = Path(__file__).parent / "reader"
FILES = ("model.onnx", "tokenizer.json", "calibration.json")


@dataclass(frozen=True, slots=True)
class ReadingText:
    """What a reader reads: one passage with its title ('' where unknown) and its sentences, exact and in order."""

    title: str
    text: str
    sentences: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one passage.

    Attributes:
        spans: candidate answers, best first (see `weigh_span`), no two alike; they touch nothing that
            stands between two sentences, such as a dateline, so that there may be none.
        no_answer: score of "not here", comparable with `Span.score`; for a long text, of the window with the best span.
        evidence: one number a sentence, above 0 where the sentence holds the answer rather than not: log-sum-exp of its
            spans' scores minus the null score of its window.
    """

    spans: tuple[Span, ...]
    no_answer: float
    evidence: tuple[float, ...] = ()


class Reader(Protocol):
    """Reads passages with a question in mind."""

    @property
    def identity(self) -> str:
        """Name the weights; it changes when they change."""
        ...

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return one reading a text, in the same order; a text's reading does not depend on the others."""
        ...


class CalibratedReader(Reader, Protocol):
    """A reader whose scores can be turned into probabilities."""

    @property
    def calibration(self) -> Calibration:
        """Ranks passages and estimates confidence from this reader's scores."""
        ...


class WindowScorer(Protocol):
    """A network that gives every token of a window a start and an end logit."""

    def __call__(self, window: Window) -> tuple[Logits, Logits]:
        """Return start and end logits, one each a token."""
        ...


class WindowReader:
    """A reader made of any network that scores token windows."""

    def __init__(
        self, scorer: WindowScorer, windower: Windower, identity: str, *, limit: int = 10, threads: int = 1
    ) -> None:
        """Read with `scorer`, giving up to `limit` spans a text.

        Each window is scored alone, longest first, `threads` at a time. So none needs padding, which made this
        faster on a CPU than batches; and int8 activations are scaled by one window, so that a reading does not
        depend on the other texts.
        """
        self._scorer = scorer
        self._windower = windower
        self._identity = identity
        self._limit = limit
        self._pool = ThreadPoolExecutor(threads, "reader")

    @property
    def identity(self) -> str:
        """Name the weights; it changes when they change."""
        return self._identity

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return one reading a text, in the same order; a long text is read in overlapping windows."""
        cut = self._windower.cut(question, [text.title for text in texts], [text.text for text in texts])
        longest_first = sorted({window for windows in cut for window in windows}, key=lambda one: -len(one.tokens))
        scores = dict(zip(longest_first, self._pool.map(self._scorer, longest_first), strict=True))
        asked = frozenset(list_words(question))
        return [
            self._merge(asked, text, [(window, *scores[window]) for window in windows])
            for text, windows in zip(texts, cut, strict=True)
        ]

    def _merge(self, asked: Set[str], text: ReadingText, scored: Sequence[tuple[Window, Logits, Logits]]) -> Reading:
        if not scored:
            return Reading((), 0.0, tuple(0.0 for _ in text.sentences))
        tidied = ([tidy_span(text.text, span) for span in pick_spans(*row, 2 * self._limit)] for row in scored)
        spans = [drop_between(found, text.text, text.sentences) for found in tidied]
        nulls = [null_score(start, end) for _, start, end in scored]
        weights = {span: weigh_span(asked, text.text, span) for found in spans for span in found}
        best = [max((weights[span] for span in found), default=-np.inf) for found in spans]
        window = int(np.argmax(np.subtract(best, nulls)))
        shown = zip(*(sentence_evidence(*row, text.sentences) for row in scored), strict=True)
        evidence = (max((value for value in seen if value is not None), default=0.0) for seen in shown)
        return Reading(merge_spans(spans, self._limit, weights.__getitem__), nulls[window], tuple(evidence))


class OnnxReader:
    """The reader that ships with the project: int8 weights, onnxruntime, no torch."""

    def __init__(self, folder: Path = WEIGHTS, *, threads: int = 0, limit: int = 10) -> None:
        """Load `model.onnx`, `tokenizer.json` and `calibration.json` of a folder; `threads` = 0 uses every core.

        Raises:
            ModelLoadError: the folder lacks one of the files.
        """
        model_file, tokenizer_file, calibration_file = (folder / name for name in FILES)
        for path in (model_file, tokenizer_file, calibration_file):
            if not path.is_file():
                raise ModelLoadError(f"no {path.name} in {folder}: build one with `python -m embeddings.training`")
        self.calibration = Calibration.read(calibration_file)
        model = model_file.read_bytes()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the windows of a question share the cores instead
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # its operator is many times slower than the two it replaces
        )
        identity = f"dateline-reader-{hashlib.sha256(model).hexdigest()[:12]}"
        windower = Windower(Tokenizer.from_file(str(tokenizer_file)))
        threads = threads or os.cpu_count() or 1
        self._reader = WindowReader(self._score, windower, identity, limit=limit, threads=threads)

    @property
    def identity(self) -> str:
        """Name the weights; it changes when they change."""
        return self._reader.identity

    def read(self, question: str, texts: Sequence[ReadingText]) -> list[Reading]:
        """Return one reading a text, in the same order; an empty list for no texts."""
        return self._reader.read(question, texts)

    def _score(self, window: Window) -> tuple[Logits, Logits]:
        tokens = np.array([window.tokens], dtype=np.int64)
        segments = (np.arange(len(window.tokens)) >= window.second).astype(np.int64)[None]
        start, end = self._session.run(None, {"tokens": tokens, "segments": segments})
        return start[0], end[0]
