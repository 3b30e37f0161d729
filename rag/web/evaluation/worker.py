"""Runs evaluations of the library that the chat answers from, one at a time, in the background."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock, Thread

from rag.errors import USER_ERRORS, RunError
from rag.evaluation.case_files import read_cases
from rag.evaluation.cases import Case
from rag.evaluation.folder import RunFolder
from rag.evaluation.judging import Result
from rag.evaluation.run import Prepare, open_evaluation
from rag.library.library import Library
from rag.web.evaluation.case_sets import CaseSets
from rag.web.evaluation.runs import Runs
from rag.web.job import FAULT, Job

_LOG = logging.getLogger(__name__)


class RunWorker:
    """Starts, resumes and cancels runs. `job` is the one under way: it goes on when nobody watches.

    Example:
        worker = RunWorker(library, Path(".dateline"), prepare_batches(settings, library))
        name = worker.start("starter")
        while worker.job:
            print(worker.job.progress)
            sleep(1)
    """

    def __init__(self, library: Library, home: Path, prepare: Prepare) -> None:
        """Prepare to run evaluations; none is started.

        Args:
            library: The articles that are asked.
            home: The folder that holds the case sets and the runs.
            prepare: Returns the chatbot that answers the questions it is given.
        """
        self.library = library
        self.case_sets = CaseSets(home)
        self.runs = Runs(home)
        self.job: Job[Case, Result] | None = None
        self.problem = ""
        self._running = ""
        self._prepare = prepare
        self._lock = Lock()

    def start(self, name: str) -> str:
        """Begin a run of a case set; returns the run's name.

        Raises:
            RunError: Another run is under way, or there are no articles.
            CaseFileError: The case set is gone, or holds mistakes.
        """
        return self._begin(name, self.case_sets.read(name), self.runs.make(name), done=None)

    def resume(self, name: str) -> None:
        """Continue a run that was stopped.

        Raises:
            RunError: There is no such run, or another is under way.
        """
        folder = self.runs.open(name)
        run = folder.read()
        done = {result.case.id for result in run.results}
        self._begin(run.setup["name"], read_cases(folder.cases), folder, done)

    def cancel(self) -> None:
        """Stop the run after the case that is being answered, whose answer is kept."""
        if self.job:
            self.job.cancel()

    def delete(self, name: str) -> None:
        """Delete a run.

        Raises:
            RunError: There is no such run, or it is under way.
        """
        with self._lock:
            if name == self._running:
                raise RunError("this run is under way: cancel it first")
            self.runs.delete(name)

    def _begin(self, title: str, cases: Sequence[Case], folder: RunFolder, done: set[str] | None) -> str:
        if not self.library.catalog.read_collection().articles:
            raise RunError("there are no articles to ask: add some on the Articles page")
        left = [case for case in cases if done is None or case.id not in done]

        def work(taken: Iterator[Case]) -> Iterator[Result]:
            catalog, resumes = self.library.catalog, done is not None
            evaluation = open_evaluation(title, cases, catalog, self._prepare, folder, resumes=resumes)
            with closing(evaluation.run()) as results:
                yield from (result for _, result in zip(taken, results, strict=False))
            evaluation.finish()

        with self._lock:
            if self.job:
                raise RunError("another evaluation is under way: wait for it, or cancel it")
            self.job, self.problem = Job("Asking", left, work), ""
            self._running = folder.path.name
        Thread(target=self._do, args=(self.job,), daemon=True).start()
        return folder.path.name

    def _do(self, job: Job[Case, Result]) -> None:
        try:
            for _ in job.watch():
                continue
        except (*USER_ERRORS, OSError) as error:
            self.problem = str(error)
        except Exception:  # a fault of a model or an index: the answers so far are kept, and the log says what happened
            _LOG.exception("run %s failed", self._running)
            self.problem = f"The run {FAULT}."
        finally:
            self.job, self._running = None, ""
