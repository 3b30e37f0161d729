"""The local models: an encoder that turns text into vectors, and a reader that finds answers in passages."""

from embeddings.encoder import Encoder, SentenceEncoder
from embeddings.errors import ModelLoadError
from embeddings.reader import Calibration, Reader, Reading, ReadingText, Span
from embeddings.similarity import SimilarityReader

__all__ = [
    "Calibration",
    "Encoder",
    "ModelLoadError",
    "Reader",
    "Reading",
    "ReadingText",
    "SentenceEncoder",
    "SimilarityReader",
    "Span",
]
