"""Asks the questions of a case set and keeps the answers: a run can be watched, stopped, and resumed."""

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from langchain_core.runnables import Runnable

from corpus.article import Source
from rag.answer import Answer
from rag.errors import RunError
from rag.evaluation.case_files import cases_from_records
from rag.evaluation.cases import Case, digest, digest_cases
from rag.evaluation.folder import RunFolder, result_record
from rag.evaluation.judging import Result, judge
from rag.evaluation.render import render_report
from rag.evaluation.report import Report, make_report, report_record
from rag.evaluation.significance import Estimate
from rag.library.catalog import Catalog
from rag.question import Question, Turn
from rag.wire import EvaluationReply, Record, describe_answer, to_json

Prepare = Callable[[Sequence[str]], tuple[Runnable[Question, Answer], Record]]
"""Questions -> what answers them, and the settings and models in force."""

JudgeMore = Callable[[Case, Record], dict[str, float]]
"""Gives further scores to an answer to a case."""


class Evaluation:
    """One run of a case set over a collection, in a folder of its own.

    `results` holds what was answered so far. `start` or `resume` begins a run, it goes on while `run` is iterated over,
    and it may end at any time; `finish` writes the report on the results so far.

    Example:
        evaluation = open_evaluation("starter", cases, library.catalog, prepare, RunFolder.choose(runs, "starter"))
        for result in evaluation.run():
            print(result.case.id, result.is_right)
        print(evaluation.finish().metrics["correct"])
    """

    def __init__(
        self,
        chatbot: Runnable[Question, Answer],
        catalog: Catalog,
        cases: Sequence[Case],
        folder: RunFolder,
        judge_more: JudgeMore | None = None,
    ) -> None:
        """Ask `chatbot`, whose quotes are checked against the articles of `catalog`; `judge_more` adds scores."""
        self._judge_more = judge_more
        self.folder = folder
        self.results: list[Result] = []
        self._chatbot = chatbot
        self._catalog = catalog
        self._cases = cases
        self._setup: Record = {}
        self._rate: Estimate | None = None

    def start(self, setup: Record) -> None:
        """Begin; `setup` says what is run, as `describe_run` returns it.

        Raises:
            RunError: the folder holds a run already, or cannot be written to.
        """
        self.folder.start(setup, self._cases)
        self._setup = setup

    def resume(self, setup: Record) -> None:
        """Go on where the run in the folder stopped.

        Raises:
            RunError: there is none, or it was one of other cases, settings, models, or articles.
        """
        run = self.folder.resume(setup)
        self._setup, self.results = run.setup, run.results

    def run(self, threads: int = os.cpu_count() or 1) -> Generator[Result, None, None]:
        """Ask the rest of the questions, several at a time; yields the results, each kept already, in order.

        Closing the iterator leaves the rest unasked.
        """
        done = {result.case.id for result in self.results}
        began, before = perf_counter(), len(done)
        pool = ThreadPoolExecutor(threads)
        try:
            for result in pool.map(self._ask, [case for case in self._cases if case.id not in done]):
                self.folder.append(result)
                self.results.append(result)
                asked = len(self.results) - before
                self._rate = Estimate(asked / (perf_counter() - began), asked)
                yield result
        finally:
            pool.shutdown(cancel_futures=True)

    def finish(self) -> Report:
        """Write the report, for programs and for people, and return it."""
        report = make_report(self._setup, self.results, self._rate)
        titles = {entry.source.id: _name(entry.source) for entry in self._catalog.list_entries()}
        self.folder.write_json(self.folder.report, report_record(report))
        self.folder.page.write_text(render_report(report, self.results, titles), encoding="utf-8")
        return report

    def _ask(self, case: Case) -> Result:
        answer = self._chatbot.invoke(Question(case.question, self._recall(case.history)))
        result = judge(case, to_json(describe_answer(answer)), self._read_text)
        more = self._judge_more(case, result.answer) if self._judge_more else {}
        return replace(result, scores=result.scores | more)

    def _recall(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the turns, those without an answer asked one after the other."""
        turns: tuple[Turn, ...] = ()
        for turn in history:
            known = turn if turn.answer else self._chatbot.invoke(Question(turn.question, turns)).turn
            turns = (*turns, known)
        return turns

    def _read_text(self, article_id: str) -> str:
        article = self._catalog.find(id=article_id)
        return article.text if article else ""


def open_evaluation(
    name: str,
    cases: Sequence[Case],
    catalog: Catalog,
    prepare: Prepare,
    folder: RunFolder,
    *,
    resumes: bool = False,
    judge_more: JudgeMore | None = None,
) -> Evaluation:
    """Return an evaluation that has begun in `folder`, or that goes on there, where its last one stopped.

    Args:
        name: What the run is called, usually the name of the case set.
        cases: What is asked.
        catalog: Holds the articles that are asked, in which the quotes must stand.
        prepare: Returns the chatbot that answers, and the settings and models in force.
        folder: Where the run is kept.
        resumes: Whether the folder holds a run that goes on.
        judge_more: Adds scores to those that are measured, if there is one.

    Raises:
        RunError: as `Evaluation.start` and `Evaluation.resume` say.
    """
    chatbot, setup = prepare([case.question for case in cases])
    evaluation = Evaluation(chatbot, catalog, cases, folder, judge_more)
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    begin = evaluation.resume if resumes else evaluation.start
    begin(describe_run(name, cases, catalog, setup, started))
    return evaluation


def run_cases(name: str, records: Sequence[Record], catalog: Catalog, prepare: Prepare, runs: Path) -> EvaluationReply:
    """Ask the cases that a program sent, keep the run in a new folder of `runs`, and return its report and results.

    Args:
        name: What the run is called.
        records: Cases, each as a line of a case file holds it.
        catalog: Holds the articles that are asked.
        prepare: Returns the chatbot that answers, and the settings and models in force.
        runs: The folder of all runs.

    Raises:
        CaseFileError: The records hold mistakes.
        RunError: There are no articles, or the run cannot be kept.
    """
    cases = cases_from_records(records, "cases")
    if not catalog.read_collection().articles:
        raise RunError("there are no articles to ask: add some first")
    evaluation = open_evaluation(name, cases, catalog, prepare, RunFolder.choose(runs, name))
    for _ in evaluation.run():
        continue
    results = tuple(result_record(result) for result in evaluation.results)
    return EvaluationReply(report_record(evaluation.finish()), results)


def describe_run(name: str, cases: Sequence[Case], catalog: Catalog, setup: Record, started: str) -> Record:
    """Return what a report begins with; `setup` holds the settings and models in force."""
    collection = catalog.read_collection()
    entries = sorted((entry.source.id, entry.source.title, entry.characters) for entry in catalog.list_entries())
    return {
        "name": name,
        "started": started,
        "cases": {"count": len(cases), "digest": digest_cases(cases)},
        "collection": {
            "articles": collection.articles,
            "passages": collection.passages,
            "digest": digest(entries),
        },
        **setup,
    }


def _name(source: Source) -> str:
    return source.title or source.id
