"""The local models: an encoder that turns text into vectors, and a reader that finds answers in passages."""

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
