"""The local models: an encoder that turns text into vectors, and a reader that finds answers in passages."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before it is imported: else it reports to its makers over the network

from embeddings.calibration import Calibration
from embeddings.encoder import Encoder, SentenceEncoder
from embeddings.errors import ModelLoadError
from embeddings.reader import OnnxReader, Reader, Reading, ReadingText, Span

__all__ = [
    "Calibration",
    "Encoder",
    "ModelLoadError",
    "OnnxReader",
    "Reader",
    "Reading",
    "ReadingText",
    "SentenceEncoder",
    "Span",
]
