"""The case sets of a home folder, in its folder `cases/`, and the starter set that comes with Dateline."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock

import rag.evaluation
from corpus.errors import LoadError
from rag.errors import CaseFileError
from rag.evaluation.case_files import read_cases
from rag.evaluation.cases import Case, case_record
from rag.library.home import write_whole
from rag.wire import Record

STARTER_CASES = Path(rag.evaluation.__file__).parent / "cases" / "starter.jsonl"
SAVED = "saved"
"""The case set that the chat appends to."""


class CaseSets:
    """The case sets of one home folder. Names come from a browser: only sets that are in the list are ever opened.

    Example:
        case_sets = CaseSets(Path(".dateline"))
        case_sets.save_case({"question": "Who won?", "answers": ["Ann"]})
        cases = case_sets.read("saved")
    """

    def __init__(self, home: Path) -> None:
        """Remember the home folder; nothing is written yet."""
        self._folder = home / "cases"
        self._lock = Lock()

    def list_sets(self) -> dict[str, Path]:
        """Return the case sets by name: the starter set first, then those of the home folder."""
        return {STARTER_CASES.stem: STARTER_CASES} | {
            path.stem: path
            for path in sorted(self._folder.glob("*.jsonl"), key=lambda path: path.stem)
            if path.stem != STARTER_CASES.stem
        }

    def read(self, name: str) -> list[Case]:
        """Return the cases of a set.

        Raises:
            CaseFileError: There is no such set, or it holds mistakes.
        """
        path = self.list_sets().get(name)
        if path is None:
            raise CaseFileError([f"there is no case set {name!r} any more: choose another"])
        return read_cases(path)

    def keep(self, path: Path) -> str:
        """Copy the cases of a file into a set; returns its name, which no other set has.

        Raises:
            LoadError: The file cannot be read.
            CaseFileError: The file holds mistakes; each is named.
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
                kept = self._folder / f"{name}.jsonl"
                if kept.exists() and kept.read_text("utf-8") == text:
                    return name
                if name not in (SAVED, STARTER_CASES.stem) and not kept.exists():
                    break
            _replace(kept, text)
        return name

    def save_case(self, record: Record) -> None:
        """Save a case in the set of the chat, in the place of the one with the same id if there is one."""
        self._put(record.get("id"), _format_lines([record]))

    def drop_case(self, id: str) -> None:
        """Delete the case with this id from the set of the chat, if it is there, and the set with its last case."""
        self._put(id, "")

    def _put(self, id: str | None, text: str) -> None:
        path = self._folder / f"{SAVED}.jsonl"
        with self._lock:
            lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
            kept = "".join(line for line in lines if id is None or _read_id(line) != id) + text
            _replace(path, kept)


def _number_names(stem: str) -> Iterator[str]:
    """Yield names without end: "run", "run-2", "run-3"."""
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _format_lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _read_id(line: str) -> object:
    """Return the id in a line; None where there is none, or the line was written by hand and is no case."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record.get("id") if isinstance(record, dict) else None


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all; one without text is deleted."""
    write_whole(path, text.encode())
    if not text:
        path.unlink()
