"""The runs of a home folder, in its folder `runs/`, as the evaluation page lists them."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from rag.errors import RunError
from rag.evaluation.folder import RunFolder

HEADLINES = ("correct", "token_f1", "recall@5", "abstention_recall")
"""Measures that the list of runs shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A run in the list: `Entry("2024-03-01-120000-starter", "starter", "2024-03-01T12:00:00", 318, 318, {})`.

    `name` is the name of its folder, `title` that of its case set; `metrics` has those of the `HEADLINES` that apply.
    `problem` says why the run cannot be read, if so; only its name is known then.
    """

    name: str
    title: str
    started: str
    total: int
    asked: int
    metrics: dict[str, float]
    problem: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every case was asked."""
        return self.asked == self.total


class Runs:
    """The runs of one home folder. Names come from a browser: only runs that are in the list are ever opened.

    Example:
        runs = Runs(Path(".dateline"))
        latest = runs.open(runs.list_runs()[0].name).read()
    """

    def __init__(self, home: Path) -> None:
        """Remember the home folder; nothing is written yet."""
        self._folder = home / "runs"

    def list_runs(self) -> list[Entry]:
        """Return the runs, the latest first; folders that hold none are left out."""
        found = [_read_entry(path) for path in self._folder.glob("*") if path.is_dir()]
        return sorted(filter(None, found), key=lambda entry: (entry.started, entry.name), reverse=True)

    def list_comparable(self, name: str) -> list[Entry]:
        """Return the other runs that asked some of the cases that the run `name` has, the latest first."""
        cases = self._read_cases(name)
        others = (entry for entry in self.list_runs() if entry.name != name and entry.asked)
        return [entry for entry in others if cases & self._read_cases(entry.name)]

    def open(self, name: str) -> RunFolder:
        """Return the folder of a run.

        Raises:
            RunError: There is no such run.
        """
        if name not in {entry.name for entry in self.list_runs()}:
            raise RunError("this run is no longer here")
        return RunFolder(self._folder / name)

    def _read_cases(self, name: str) -> set[str]:
        """Return a run's cases, each as its line in the file; the same case makes the same line."""
        try:
            return set(RunFolder(self._folder / name).cases.read_text("utf-8").splitlines())
        except (OSError, UnicodeError):  # what is wrong with the run is told where it is opened
            return set()

    def make(self, title: str) -> RunFolder:
        """Return the folder for a new run of the case set `title`; the run will create it."""
        return RunFolder.choose(self._folder, title)

    def delete(self, name: str) -> None:
        """Delete a run with everything in its folder.

        Raises:
            RunError: There is no such run.
        """
        shutil.rmtree(self.open(name).path)

    def pack(self, name: str, target: Path) -> None:
        """Write all files of a run into the ZIP file `target`.

        Raises:
            RunError: There is no such run.
        """
        folder = self.open(name).path
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, f"{name}/{path.name}")


def _read_entry(path: Path) -> Entry | None:
    """Return the run in the folder, readable or not; None where no run was begun."""
    try:
        if not RunFolder(path).is_used:
            return None
        setup = json.loads((path / "run.json").read_text("utf-8"))
        report = path / "report.json"
        metrics = json.loads(report.read_text("utf-8"))["metrics"] if report.exists() else {}
        asked = (path / "results.jsonl").read_bytes().count(b"\n")
        values = {name: float(metrics[name]["value"]) for name in HEADLINES if name in metrics}
        return Entry(path.name, str(setup["name"]), str(setup["started"]), int(setup["cases"]["count"]), asked, values)
    except OSError as error:
        problem = f"{Path(error.filename).name} cannot be read ({error.strerror})"
    except (ValueError, KeyError, TypeError) as error:
        problem = f"run.json or report.json is damaged ({error})"
    return Entry(path.name, path.name, "", 0, 0, {}, problem)
