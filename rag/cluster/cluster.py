"""Articles are loaded, cleaned, cut and encoded on a Ray cluster; whoever asked for it writes them, one by one."""

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Self, TypeVar

from corpus.article import Article, Passage
from corpus.errors import LoadError
from corpus.loading import Limits, Loaded, load_part, split_source
from corpus.progress import NOBODY, Watch
from embeddings.encoder import Encoder, Vectors
from rag.errors import ClusterError
from rag.library.encoding import Batch, EncodedArticle, cut_batches, encode_articles

LOCAL = "local"
"""The address of a cluster that is started on this machine, and ended with the work."""
FILES_AT_ONCE = 16
"""Loaded by one task."""
TASKS_PER_CPU = 2
"""Tasks under way or waiting for the writer: so few that what is loaded and encoded fits into memory."""
RESTARTS = 3
"""Of a process that dies while it answers, and of what it was asked then."""
END_SECONDS = 10.0
"""That processes have to delete what they made."""
LOOK_SECONDS = 0.2
"""Between two looks at whether to stop."""

ROOT = str(Path(__file__).parents[2])

MakeEncoder = Callable[[Path | None], Encoder]
"""Makes an encoder of the model in a folder, or the project's own without one: a function of a module, no closure."""
Cut = tuple[tuple[Passage, ...], Vectors]
_T = TypeVar("_T")


class Cluster:
    """Loads and encodes in as many processes as the cluster has cores; a task whose process dies is done again.

    All machines of the cluster must have Dateline, with the same version of Python and of Ray, and see the files under
    the same names.

    Example:
        with Cluster(LOCAL, make_encoder, None) as cluster:
            articles = (item.article for item in cluster.load(["news"]) if isinstance(item, Loaded))
            receipts = list(library.add_each(articles, encode=cluster.encode_ahead))
    """

    def __init__(self, address: str, make_encoder: MakeEncoder, model: Path | None, cpus: int | None = None) -> None:
        """Start a cluster on this machine, or join the one at this address.

        Args:
            address: `LOCAL`, `auto`, `HOST:PORT` or `ray://HOST:PORT`.
            make_encoder: Is called in each process, with `model`.
            model: Folder of the encoder's model; None for the project's own.
            cpus: Processes of a cluster on this machine; None for as many as it has cores.

        Raises:
            ClusterError: Ray is not installed, or the cluster cannot be reached.
        """
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # Ray would report to its makers
        if address == LOCAL:  # whose processes must find this program, wherever it was started
            os.environ["PYTHONPATH"] = os.pathsep.join([ROOT, *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            import ray
        except ImportError as error:
            raise ClusterError('Ray is not installed: pip install "ray>=2,<3", or leave out --ray') from error
        self._ray, self._make, self._model = ray, make_encoder, model
        local = {"num_cpus": cpus, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
        settings: dict[str, Any] = local if address == LOCAL else {}
        try:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **settings)
            self.processes = round(ray.cluster_resources().get("CPU", 1))
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise ClusterError(f"the Ray cluster at {address} cannot be used ({error}): see --ray") from error
        self._load, self._encode = (ray.remote(task) for task in (load_parts, encode_batch))

    def __enter__(self) -> Self:
        """Leave the cluster at the end of a `with`."""
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the cluster; one on this machine ends."""
        self._ray.shutdown()

    def load(self, sources: Iterable[str], limits: Limits, watch: Watch = NOBODY) -> Iterator[Loaded | LoadError]:
        """Yield the articles of the sources in the order in which `load_source` does.

        Raises:
            ClusterError: the cluster failed.
            StoppedError: `watch` stopped this.
        """
        parts = (part for source in sources for part in split_source(source))
        tasks = (self._load.remote(chunk, limits) for chunk in iter(lambda: [*islice(parts, FILES_AT_ONCE)], []))
        for _, items in self._await_each(((None, task) for task in tasks), watch):
            yield from items

    def encode_ahead(
        self, encoder: Encoder, articles: Iterable[Article], is_wanted: Callable[[Article], bool], watch: Watch = NOBODY
    ) -> Iterator[tuple[Batch, dict[int, EncodedArticle]]]:
        """Yield batches of articles, with those encoded, by their place in the batch, that are wanted.

        Raises:
            ClusterError: the cluster failed, or has another model than `encoder`.
            StoppedError: `watch` stopped this.
        """

        def begin(batch: Batch) -> tuple[tuple[Batch, list[int]], Any]:
            wanted = [place for place, article in enumerate(batch) if is_wanted(article)]
            task = self._encode.remote(self._make, self._model, [batch[place] for place in wanted])
            return (batch, wanted), task

        for (batch, wanted), (identity, found) in self._await_each(map(begin, cut_batches(articles)), watch):
            if identity not in (encoder.identity, ""):
                raise ClusterError(f"the cluster encodes with {identity}, and this process with {encoder.identity}")
            encoded = {place: EncodedArticle(batch[place], *cut) for place, cut in zip(wanted, found, strict=True)}
            for each in encoded.values():
                watch.encode(each.passages)
            yield batch, encoded

    def _await_each(self, begun: Iterable[tuple[_T, Any]], watch: Watch) -> Iterator[tuple[_T, Any]]:
        """Yield what comes with each task, and its result, in order; only so many tasks are begun ahead."""
        waiting: deque[tuple[_T, Any]] = deque()
        for each in begun:
            waiting.append(each)
            if len(waiting) >= self.processes * TASKS_PER_CPU:
                value, task = waiting.popleft()
                yield value, self.take(task, watch)
        while waiting:
            value, task = waiting.popleft()
            yield value, self.take(task, watch)

    def share(self, value: object) -> Any:
        """Return what stands for a value in what processes are given, which each machine gets once."""
        return self._ray.put(value)

    def start(self, kind: type, *arguments: object) -> Any:
        """Start a process that makes an object of this class, and makes it again where it dies.

        What it is asked is a task: `take(process.method.remote(...))`.
        """
        remote = self._ray.remote(kind).options(num_cpus=1, max_restarts=RESTARTS, max_task_retries=RESTARTS)
        return remote.remote(*arguments)

    def finish(self, tasks: list[Any]) -> None:
        """Wait for tasks whose results nobody wants, but not for long."""
        self._ray.wait(tasks, num_returns=len(tasks), timeout=END_SECONDS)

    def take(self, task: Any, watch: Watch = NOBODY) -> Any:
        """Return a task's result once it is there.

        Raises:
            ClusterError: the cluster failed.
            StoppedError: `watch` stopped this.
        """
        while not self._ray.wait([task], timeout=LOOK_SECONDS)[0]:
            watch.check()
        try:
            return self._ray.get(task)
        except self._ray.exceptions.RayError as error:
            told = str(error).strip().splitlines()[-1]
            raise ClusterError(
                f"the Ray cluster failed ({told}); what was added or answered is kept: the same command goes on, an"
                " evaluation with --resume"
            ) from error


def load_parts(parts: Sequence[str | Path], limits: Limits) -> list[Loaded | LoadError]:
    """Load these parts of sources: a task of the cluster."""
    return [item for part in parts for item in load_part(part, limits)]


def encode_batch(make: MakeEncoder, model: Path | None, articles: Sequence[Article]) -> tuple[str, list[Cut]]:
    """Return the encoder's identity, and each article's passages with their vectors: a task of the cluster."""
    if not articles:
        return "", []
    encoder = _keep_encoder(make, model)
    return encoder.identity, [(each.passages, each.vectors) for each in encode_articles(encoder, articles)]


@lru_cache(maxsize=1)
def _keep_encoder(make: MakeEncoder, model: Path | None) -> Encoder:
    return make(model)
