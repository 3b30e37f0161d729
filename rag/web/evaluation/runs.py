"""What is kept in the home folder for the evaluation page: case sets in `cases/`, runs in `runs/`."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from zipfile import ZIP_DEFLATED, ZipFile

import rag.evaluation
from corpus.errors import LoadError
from rag.errors import CaseFileError, RunError
from rag.evaluation.case_files import read_cases
from rag.evaluation.cases import Case, case_record
from rag.evaluation.folder import RunFolder
from rag.wire import Record

STARTER_CASES = Path(rag.evaluation.__file__).parent / "cases" / "starter.jsonl"
SAVED = "saved"
"""The case set that the chat appends to."""
HEADLINES = ("correct", "token_f1", "recall@5", "abstention_recall")
"""Measures that the list of runs shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A run in the list: `name` is its folder's, `title` its case set's; `metrics` holds those headlines that apply."""

    name: str
    title: str
    started: str
    total: int
    asked: int
    metrics: dict[str, float]

    @property
    def is_complete(self) -> bool:
        """Whether every case was asked."""
        return self.asked == self.total


class Shelf:
    """Case sets and runs of one home folder. Names come from a browser: only what is there is ever opened."""

    def __init__(self, home: Path) -> None:
        """Name the home folder; nothing is touched yet."""
        self._sets = home / "cases"
        self._runs = home / "runs"
        self._lock = Lock()

    def list_sets(self) -> dict[str, Path]:
        """Return the case sets by name: the starter set, then those kept here."""
        return {STARTER_CASES.stem: STARTER_CASES} | {
            path.stem: path
            for path in sorted(self._sets.glob("*.jsonl"), key=lambda path: path.stem)
            if path.stem != STARTER_CASES.stem
        }

    def read_set(self, name: str) -> list[Case]:
        """Return the cases of a set.

        Raises:
            CaseFileError: there is no such set, or it holds mistakes.
        """
        path = self.list_sets().get(name)
        if path is None:
            raise CaseFileError([f"there is no case set {name!r} any more: choose another"])
        return read_cases(path)

    def keep_set(self, path: Path) -> str:
        """Keep the cases of a file as a set; returns its name, which is another than those of other sets.

        Raises:
            LoadError, CaseFileError: it cannot be read, or holds mistakes; all are named, by the name of the file.
        """
        try:
            cases = read_cases(path)
        except CaseFileError as error:
            raise CaseFileError([problem.replace(str(path), path.name) for problem in error.problems]) from error
        except LoadError as error:
            raise LoadError(path.name, error.reason) from error
        stem = re.sub(r"[^\w.-]+", "-", path.stem).strip("-.")[:60] or "cases"
        text = _format_lines(map(case_record, cases))
        with self._lock:
            for name in _number_names(stem):
                kept = self._sets / f"{name}.jsonl"
                if kept.exists() and kept.read_text("utf-8") == text:
                    return name
                if name not in (SAVED, STARTER_CASES.stem) and not kept.exists():
                    break
            _append(kept, text)
        return name

    def save_case(self, record: Record) -> None:
        """Append a case to the set of those saved in the chat."""
        with self._lock:
            _append(self._sets / f"{SAVED}.jsonl", _format_lines([record]))

    def list_runs(self) -> list[Entry]:
        """Return the runs, the latest first; folders that hold none are left out."""
        found = [_read_entry(path) for path in self._runs.glob("*") if path.is_dir()]
        return sorted(filter(None, found), key=lambda entry: (entry.started, entry.name), reverse=True)

    def open_run(self, name: str) -> RunFolder:
        """Return the folder of a run that is there.

        Raises:
            RunError: there is no such run.
        """
        if name not in {entry.name for entry in self.list_runs()}:
            raise RunError("this run is no longer here")
        return RunFolder(self._runs / name)

    def make_run(self, title: str) -> RunFolder:
        """Return the folder for a new run, which is not there yet."""
        stem = f"{datetime.now():%Y-%m-%d-%H%M%S}-{title}"
        return RunFolder(next(path for name in _number_names(stem) if not (path := self._runs / name).exists()))

    def delete_run(self, name: str) -> None:
        """Delete a run with all that is in its folder.

        Raises:
            RunError: there is no such run.
        """
        shutil.rmtree(self.open_run(name).path)

    def pack_run(self, name: str, target: Path) -> None:
        """Write all files of a run into a zip.

        Raises:
            RunError: there is no such run.
        """
        folder = self.open_run(name).path
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, f"{name}/{path.name}")


def _number_names(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _format_lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _read_entry(path: Path) -> Entry | None:
    """Return the run in the folder, or None where it holds none that can be read."""
    try:
        setup = json.loads((path / "run.json").read_text("utf-8"))
        report = path / "report.json"
        metrics = json.loads(report.read_text("utf-8"))["metrics"] if report.exists() else {}
        asked = (path / "results.jsonl").read_bytes().count(b"\n")
        values = {name: float(metrics[name]["value"]) for name in HEADLINES if name in metrics}
        return Entry(path.name, str(setup["name"]), str(setup["started"]), int(setup["cases"]["count"]), asked, values)
    except (OSError, ValueError, KeyError, TypeError):
        return None
