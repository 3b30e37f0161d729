"""What the processes of a cluster work with, the first of which kills itself in the middle of its work."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import numpy as np
from langchain_core.runnables import Runnable, RunnableLambda

from embeddings.encoder import Encoder, Vectors
from rag.answer import Answer, Status
from rag.library.home import Home
from rag.library.library import Library
from rag.question import Question


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


@contextmanager
def open_dying(marker: Path, home: Path) -> Iterator[Runnable[Question, Answer]]:
    """Yield what answers with a passage of the library in `home`, in a process that dies at its second question."""
    asked = count(1)

    def answer(question: Question) -> Answer:
        if next(asked) == 2 and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        found = library.catalog.read_ranking(library.words.search(question.text, 1))
        return Answer(question.text, found[0].passage.text, "", (), (), 1.0, Status.ANSWERED, tuple(found), 0.0)

    with Library(Home(home), CountingEncoder(None), max_article_characters=100_000) as library:
        yield RunnableLambda(answer)
