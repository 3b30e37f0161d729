"""Puts together what a Ray cluster takes part in, as `rag.assembly` does the rest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable

from embeddings.encoder import MINILM, Encoder, SentenceEncoder
from embeddings.minilm import MiniLmEncoder
from embeddings.reader import OnnxReader
from rag.answer import Answer
from rag.assembly import build_batch_chatbot, open_library, prepare_batches
from rag.cluster.answering import Answering
from rag.cluster.cluster import LOCAL, Cluster
from rag.library.library import Library
from rag.library.upkeep.backup import write_backup
from rag.question import Question
from rag.settings import Settings
from rag.wire import Record

if TYPE_CHECKING:
    from rag.evaluation.run import Prepare


def open_cluster(settings: Settings, address: str) -> Cluster:
    """Start or join the Ray cluster at this address, whose processes then have the encoder of the settings.

    Raises:
        ClusterError: Ray is not installed, or the cluster cannot be reached.
    """
    return Cluster(address, make_task_encoder, None if settings.encoder == MINILM else settings.encoder.absolute())


def make_task_encoder(model: Path | None) -> Encoder:
    """Return the encoder of one process of a cluster, which has one core."""
    return SentenceEncoder(model) if model else MiniLmEncoder(threads=1)


@contextmanager
def open_answering(address: str, settings: Settings, most: int) -> Iterator[Answering]:
    """Start or join the Ray cluster at this address, and yield its processes, at most so many, to be asked.

    Each has a copy of the library, made of a backup without conversations and the like, or the catalog on its server.

    Raises:
        ClusterError: Ray is not installed, or the cluster cannot be reached.
    """
    with open_cluster(settings, address) as cluster, TemporaryDirectory(prefix="dateline-") as name:
        folder, backup = Path(name), b""
        if not settings.database_url.get_secret_value():
            write_backup(settings.home, folder / "backup", folders=())
            backup = (folder / "backup").read_bytes()
            settings = settings.model_copy(update={"chroma_url": ""})
        open_chatbot = partial(open_task_chatbot, settings)
        count, place = min(most, cluster.processes), folder if address == LOCAL else None
        with Answering(cluster, open_chatbot, backup, count, place) as answering:
            yield answering


@contextmanager
def open_task_chatbot(settings: Settings, home: Path) -> Iterator[Runnable[Question, Answer]]:
    """Open the library in `home`, and yield the chatbot of one process of a cluster, which has one core."""
    settings = settings.model_copy(update={"home": home})
    with open_library(settings) as library:
        yield build_batch_chatbot(settings, library, (), OnnxReader(threads=1))


def prepare_on_cluster(settings: Settings, library: Library, answering: Answering) -> "Prepare":
    """Return what leaves many questions to a cluster, and says what its answers depend on."""

    def prepare(questions: Sequence[str]) -> tuple[Runnable[Question, Answer], Record]:
        _, setup = prepare_batches(settings, library)(())  # the processes encode the questions
        return answering, setup

    return prepare
