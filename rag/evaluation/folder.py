"""The folder of a run: what was asked of what, every result as soon as it is there, and the report.

cases.jsonl    the cases, as they were read
run.json       the setup: case set, settings, models, collection
results.jsonl  a line a case: what `ask --json` prints, and the case's id and scores
report.json    the report
report.html    the same, for people
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from rag.errors import RunError
from rag.evaluation.case_files import read_cases
from rag.evaluation.cases import Case, case_record
from rag.evaluation.judging import Result
from rag.wire import Record

_PARTS = ("name", "started", "cases", "settings", "models", "collection")
"""What run.json holds; a run goes on only where all but the first two are the same."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was kept: its setup, and the results there are."""

    setup: Record
    results: list[Result]


class RunFolder:
    """Writes and reads one run.

    Example:
        `RunFolder.choose(home / "runs", "starter").path` is a new folder such as `runs/2026-01-26-120000-starter`, and
        `RunFolder(path).read().results` what was answered there.
    """

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is touched yet."""
        self.path = path
        self.report = path / "report.json"
        self.page = path / "report.html"
        self.cases = path / "cases.jsonl"
        self._setup = path / "run.json"
        self._results = path / "results.jsonl"

    @classmethod
    def choose(cls, runs: Path, title: str) -> "RunFolder":
        """Return the folder for a new run, named after the moment and the title; it is not there yet."""
        moment = f"{datetime.now():%Y-%m-%d-%H%M%S}"
        moments = chain([moment], (f"{moment}-{number}" for number in count(2)))
        paths = (runs / f"{moment}-{_clean(title)}" for moment in moments)
        return cls(next(path for path in paths if not path.exists()))

    @classmethod
    def find_last(cls, runs: Path, title: str) -> "RunFolder":
        """Return the folder of the latest run of this title.

        Raises:
            RunError: there is none.
        """
        name = re.compile(rf"[\d-]{{17}}(-\d+)?-{re.escape(_clean(title))}")
        found = sorted(path for path in runs.glob("*") if path.is_dir() and name.fullmatch(path.name))
        if not found:
            raise RunError(f"{runs} holds no run of {title} to go on with: name its folder with --output")
        return cls(found[-1])

    @property
    def is_used(self) -> bool:
        """Whether a run was begun here."""
        return self._setup.exists() or self._results.exists()

    def start(self, setup: Record, cases: Iterable[Case]) -> None:
        """Begin a run.

        Raises:
            RunError: the folder holds a run, or cannot be written to.
        """
        if self.is_used:
            raise RunError(f"{self.path} holds a run: go on with it with --resume, or name another folder")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.cases.write_text(_write_lines(map(case_record, cases)), encoding="utf-8")
            self._results.touch()
            self.write_json(self._setup, setup)
        except OSError as error:
            raise RunError(f"{self.path} cannot be written to ({error.strerror}): name another folder") from error

    def resume(self, setup: Record) -> Run:
        """Return the run so far; a line that was cut off is removed.

        Raises:
            RunError: there is no run, or it was one of other cases, settings, models, or articles.
        """
        run = self.read()
        for part in _PARTS[2:]:
            if run.setup[part] != setup[part]:
                raise RunError(
                    f"{self.path} is a run with other {_describe_change(part, run.setup[part], setup[part])}:"
                    " set that back, or start a new run in another folder"
                )
        self._results.write_text(_write_lines(map(result_record, run.results)), encoding="utf-8")
        return run

    def append(self, result: Result) -> None:
        """Keep a result, safe from whatever happens next."""
        with self._results.open("a", encoding="utf-8") as file:
            file.write(_write_lines([result_record(result)]))

    def read(self) -> Run:
        """Return the run.

        Raises:
            RunError: this is not the folder of a run, or what is in it does not fit together.
        """
        try:
            setup = json.loads(self._setup.read_text("utf-8"))
            if missing := [part for part in _PARTS if part not in setup]:
                raise ValueError(f"{self._setup.name} has no {', '.join(missing)}")
            lines = self._results.read_text("utf-8").split("\n")
            cases = {case.id: case for case in read_cases(self.cases)}
            return Run(setup, [_read_result(line, cases) for line in lines[:-1]])  # no line end: cut off
        except OSError as error:
            raise RunError(f"{self.path} is not a run of `evaluate`: {error.strerror}: {error.filename}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise RunError(f"{self.path} is a broken run: {error}") from error

    def write_json(self, path: Path, value: Record) -> None:
        """Write one object for programs."""
        path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def result_record(result: Result) -> Record:
    """Return a line of `results.jsonl`."""
    return {"id": result.case.id, **result.answer, "scores": result.scores}


def _clean(title: str) -> str:
    return re.sub(r"[^\w.-]+", "-", title).strip("-.")[:60] or "cases"


def _read_result(line: str, cases: dict[str, Case]) -> Result:
    record: dict[str, Any] = json.loads(line)
    case, scores = cases[record.pop("id")], record.pop("scores")
    return Result(case, record, scores)


def _write_lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _describe_change(part: str, old: Record, new: Record) -> str:
    names: Sequence[str] = [name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    changes = (f"{name} was {old.get(name)!r}, is {new.get(name)!r}" for name in names)
    return f"{part} ({'; '.join(changes)})"
