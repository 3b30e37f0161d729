"""An encoder for the processes of a cluster, the first of which kills itself in the middle of its work."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.encoder import Encoder, Vectors


class CountingEncoder(Encoder):
    """Vectors of a text's length, by a process that dies at its second batch, unless another did before."""

    identity = "counting@1"

    def __init__(self, marker: Path | None) -> None:
        self._marker = marker
        self._batches = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self._batches += 1
        if self._marker and self._batches == 2:
            try:
                self._marker.touch(exist_ok=False)
            except FileExistsError:
                self._batches = 0
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        angles = np.array([len(text) for text in texts], np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)


class OtherEncoder(CountingEncoder):
    """The same under another name."""

    identity = "another@1"


def make_encoder(marker: Path | None) -> Encoder:
    return CountingEncoder(marker)


def make_other_encoder(marker: Path | None) -> Encoder:
    return OtherEncoder(marker)
