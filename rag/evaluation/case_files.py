"""Case files: JSON lines and CSV. A file is taken whole or, with every mistake in it named, not at all."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.loading.text import TextLoader
from rag.errors import CaseFileError, QuestionError
from rag.evaluation.cases import Case, CaseRecord, digest
from rag.question import Question, Turn

LISTS = ("answers", "answer", "article", "evidence", "history", "contains", "lacks")
"""The keys whose CSV cells hold several texts."""
KEYS = ("id", "question", "kind", *LISTS)
SPELLINGS = {"answer": "answers"}
"""Keys that stand for another, where that is not there."""
SEPARATOR = re.compile(r"\s\|(?:\s|$)")
"""Between the texts of one CSV cell that is no JSON list: " | "."""
EXAMPLES = Path(__file__).parent / "examples"
_DELIMITERS = ",;\t"
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the file: what it says, or why it cannot be read; `unit` is what its values go by."""

    line: int
    unit: str
    values: dict[str, Any]
    problem: str = ""


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; its encoding and a CSV's delimiter are found out.

    Raises:
        LoadError: the file cannot be read as text.
        CaseFileError: it holds mistakes; the message names the line, the key or column, and the value of each.
    """
    readers = {".jsonl": _read_jsonl, ".ndjson": _read_jsonl, ".csv": _read_csv, ".tsv": _read_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CaseFileError([f"{path}: is of an unknown format; known are {', '.join(readers)}"])
    return _collect(reader(TextLoader(path).read_text()), str(path))


def cases_from_records(records: Iterable[dict[str, Any]], name: str) -> list[Case]:
    """Return the cases that a program sent, each an object as a line of a case file holds it.

    Raises:
        CaseFileError: there are mistakes; the message names `name`, the number of the case, the key, and the value.
    """
    return _collect((_Row(number, "key", record) for number, record in enumerate(records, start=1)), name, "case")


def _collect(rows: Iterable[_Row], source: str, unit: str = "line") -> list[Case]:
    problems: list[str] = []
    cases: dict[str, tuple[int, Case]] = {}
    for row in rows:
        case, found = _check(row)
        if case and case.id in cases and not row.values.get("id"):
            case = replace(case, id=f"{case.id}-{row.line}")
        if case and case.id in cases:
            found.append(f", {row.unit} 'id': {_shorten(case.id)} is also the id of {unit} {cases[case.id][0]}")
        elif case:
            cases[case.id] = (row.line, case)
        problems += [f"{source}, {unit} {row.line}{problem}" for problem in found]
    if not cases and not problems:
        problems.append(f"{source}: holds no case")
    if problems:
        raise CaseFileError(problems)
    return [case for _, case in cases.values()]


def write_template(path: Path) -> None:
    """Write an example of a case file, JSON lines or CSV after the file's name, to be filled in.

    Raises:
        CaseFileError: the file is there already, cannot be written, or has another name.
    """
    example = EXAMPLES / f"cases{path.suffix.lower()}"
    if not path.suffix or not example.is_file():
        raise CaseFileError([f"{path}: name the template .jsonl or .csv"])
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(example.read_text("utf-8"))
    except OSError as error:
        raise CaseFileError([f"{path}: cannot be written ({error.strerror})"]) from error


def _read_jsonl(text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, line: str) -> _Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _Row(number, "key", {}, f": {_shorten(line)} is not JSON ({error})")
    if not isinstance(values, dict):
        return _Row(number, "key", {}, f': {_shorten(line)} is not an object such as {{"question": "..."}}')
    return _Row(number, "key", values)


def _read_csv(text: str) -> Iterator[_Row]:
    head = text.split("\n", 1)[0]
    lines = csv.reader(io.StringIO(text), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    header: list[str] = []
    try:
        for cells in lines:
            if not any(map(str.strip, cells)):
                continue
            if header:
                yield _read_cells(lines.line_num, header, cells)
                continue
            header = [cell.strip().lower() for cell in cells]
            problems = _check_header(header)
            if problems:  # which would come again in every line
                yield from (_Row(lines.line_num, "column", {}, problem) for problem in problems)
                return
    except csv.Error as error:
        yield _Row(lines.line_num, "column", {}, f": is not CSV ({error})")


def _check_header(header: list[str]) -> list[str]:
    problems = [f", column {name!r}: {problem}" for name, problem in _find_misspelt(header)]
    if "question" not in header:
        problems.append(", column 'question': is missing")
    twice = sorted(name for name in KEYS if header.count(name) > 1)
    return [*problems, *(f", column {name!r}: stands twice" for name in twice)]


def _read_cells(line: int, header: list[str], cells: list[str]) -> _Row:
    if len(cells) != len(header):
        return _Row(line, "column", {}, f": has {len(cells)} cells, and the header has {len(header)}")
    values: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        try:
            values[name] = _split_cell(cell.strip()) if name in LISTS else cell.strip()
        except ValueError as error:
            problem = f", column {name!r}: {_shorten(cell)} begins like a JSON list and is none ({error})"
            return _Row(line, "column", {}, problem)
    given = {name: value for name, value in values.items() if value or name in ("question", "answers", "answer")}
    return _Row(line, "column", given)


def _split_cell(cell: str) -> Any:
    if cell.startswith("["):
        return json.loads(cell)
    return SEPARATOR.split(cell) if cell else []


def _check(row: _Row) -> tuple[Case | None, list[str]]:
    """Return the row's case, or what is wrong with it."""
    if row.problem:
        return None, [row.problem]
    problems = [f", {row.unit} {name!r}: {problem}" for name, problem in _find_misspelt(row.values)]
    try:
        record = CaseRecord.model_validate(_respell(row.values))
    except ValidationError as error:
        return None, problems + [_explain(row, detail) for detail in error.errors()]
    asked = {f"history[{index}].question": turn.question for index, turn in enumerate(record.history)}
    for name, text in (asked | {"question": record.question}).items():
        try:
            Question(text)
        except QuestionError as error:
            problems.append(f", {row.unit} {name!r}: {error}")
    if record.answers == [] and record.evidence:
        problems.append(f", {row.unit} 'evidence': is given, though 'answers' is empty, which means that there is none")
    if problems:
        return None, problems
    return _make_case(record), []


def _respell(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values under our names; an empty text for the answers says, as an empty cell, that there is none."""
    ours = {meant: values[name] for name, meant in SPELLINGS.items() if name in values} | values
    return ours | {"answers": []} if ours.get("answers") == "" else ours


def _make_case(record: CaseRecord) -> Case:
    question = record.question.strip()
    history = tuple(Turn(turn.question.strip(), turn.answer or "") for turn in record.history)
    return Case(
        id=record.id or f"q-{digest([*(turn.question for turn in history), question] if history else question)}",
        question=question,
        answers=None if record.answers is None else tuple(record.answers),
        articles=tuple(dict.fromkeys(record.article or ())),
        evidence=tuple(map(tuple, record.evidence)),
        history=history,
        kind=record.kind,
        contains=tuple(record.contains),
        lacks=tuple(record.lacks),
    )


def _find_misspelt(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield names that are nearly one of ours that is missing; other unknown ones are the user's own business."""
    given = {SPELLINGS.get(name, name) for name in names}
    missing = [key for key in KEYS if SPELLINGS.get(key, key) not in given]
    for name in sorted(set(names) - set(KEYS)):
        meant = get_close_matches(name.strip().lower(), missing, n=1, cutoff=0.75)
        if meant:
            yield name, f"is not known; {meant[0]!r} is"


def _explain(row: _Row, detail: Any) -> str:
    unit, (first, *rest) = row.unit, detail["loc"]
    first = next((name for name, meant in SPELLINGS.items() if meant == first and meant not in row.values), first)
    name = f"{first}{''.join(f'[{part}]' if isinstance(part, int) else f'.{part}' for part in rest)}"
    if detail["type"] == "missing":
        return f", {unit} {name!r}: is missing"
    message = detail["msg"][0].lower() + detail["msg"][1:]
    return f", {unit} {name!r}: {_shorten(detail['input'])}: {message}"


def _shorten(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return repr(text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…")
