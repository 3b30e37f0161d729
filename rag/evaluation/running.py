"""Runs cases that a program sent, and keeps the run among those of the command line and the page."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rag.errors import RunError
from rag.evaluation.case_files import cases_from_records
from rag.evaluation.folder import RunFolder, result_record
from rag.evaluation.report import report_record
from rag.evaluation.run import Prepare, open_evaluation
from rag.library.catalog import Catalog
from rag.wire import Record


def run_cases(name: str, records: Sequence[dict[str, Any]], catalog: Catalog, prepare: Prepare, runs: Path) -> Record:
    """Ask the cases of the articles in `catalog`, and keep that in a new folder of `runs`; returns report and results.

    Raises:
        CaseFileError: the records hold mistakes.
        RunError: there is nothing to ask, or the run cannot be kept.
    """
    cases = cases_from_records(records, "cases")
    if not catalog.read_collection().articles:
        raise RunError("there are no articles to ask: add some first")
    title = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "cases"
    folder = RunFolder(runs / f"{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}-{title}")
    evaluation = open_evaluation(title, cases, catalog, prepare, folder)
    for _ in evaluation.run():
        continue
    report = report_record(evaluation.finish())
    return {"report": report, "results": [result_record(result) for result in evaluation.results]}
