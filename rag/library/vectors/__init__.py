"""Passages by meaning: a Chroma collection, in this process or on a server."""

from rag.library.vectors.embedded import EmbeddedVectors
from rag.library.vectors.index import VectorIndex
from rag.library.vectors.places import forget_collection, open_vectors
from rag.library.vectors.served import ServedVectors

__all__ = ["EmbeddedVectors", "ServedVectors", "VectorIndex", "forget_collection", "open_vectors"]
