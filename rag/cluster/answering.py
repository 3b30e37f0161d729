"""Questions are answered by the processes of a Ray cluster, each over a copy of the library."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, Self

from langchain_core.runnables import Runnable, RunnableConfig

from rag.answer import Answer
from rag.cluster.cluster import Cluster
from rag.library.upkeep.backup import restore_backup
from rag.question import Question

OpenChatbot = Callable[[Path], AbstractContextManager[Runnable[Question, Answer]]]
"""Opens the library in a home folder, and yields what answers from it: a function of a module, no closure."""


class Answerer:
    """One process of a cluster: a library of its own, in a folder that is deleted in the end, and its chatbot."""

    def __init__(self, open_chatbot: OpenChatbot, backup: bytes, place: Path | None) -> None:
        """Make the library of a backup's contents, which encodes nothing; of none where its catalog is on a server.

        Args:
            open_chatbot: Opens it.
            backup: What a backup holds, or nothing.
            place: Where the folder is made; None for the machine's own place.
        """
        self._opened = ExitStack()
        folder = Path(self._opened.enter_context(TemporaryDirectory(prefix="dateline-", dir=place)))
        home, file = folder / "home", folder / "backup"
        if backup:
            file.write_bytes(backup)
            restore_backup(file, home, replaces=False)
            file.unlink()
        self._chatbot = self._opened.enter_context(open_chatbot(home))

    def answer(self, question: Question) -> Answer:
        """Answer one question."""
        return self._chatbot.invoke(question)

    def close(self) -> None:
        """Close the library, and delete its folder."""
        self._opened.close()


class Answering(Runnable[Question, Answer]):
    """Answers by the processes of a cluster, one question at a time each; where one dies, another answers instead.

    Example:
        with Cluster(LOCAL, make_encoder, None) as cluster, Answering(cluster, open_chatbot, backup, 2) as answering:
            answer = answering.invoke(Question("What burned?"))
    """

    def __init__(
        self, cluster: Cluster, open_chatbot: OpenChatbot, backup: bytes, count: int, place: Path | None = None
    ) -> None:
        """Start so many processes; see `Answerer`."""
        self._cluster, self.count = cluster, count
        shared = cluster.share(backup)
        self._processes = [cluster.start(Answerer, open_chatbot, shared, place) for _ in range(count)]
        self._idle = SimpleQueue[Any]()
        for process in self._processes:
            self._idle.put(process)

    def __enter__(self) -> Self:
        """Close the processes' libraries at the end of a `with`."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the libraries of the processes that live."""
        self._cluster.finish([process.close.remote() for process in self._processes])

    def invoke(self, input: Question, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Have the next process that is idle answer.

        Raises:
            ClusterError: the cluster failed.
        """
        process = self._idle.get()
        try:
            answer: Answer = self._cluster.take(process.answer.remote(input))
            return answer
        finally:
            self._idle.put(process)
