"""Tables: one article a row, in the columns of the article records."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import ALIASES, COLUMNS, NAMES_OF_TEXT, load_record

DELIMITERS = ",;\t|"

csv.field_size_limit(2**31 - 1)  # 131,072 characters else, less than a long article; the size of the file is the limit

_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.IGNORECASE)
"""What Excel takes for the delimiter, above the header."""
_END = "\0end"


class CsvLoader(ArticleLoader):
    """Reads a `.csv` or `.tsv` file whose first line names the columns, in any order and case.

    Commas, semicolons, tabs or upright bars divide them: whichever makes the most columns known by name, or what a line
    `sep=;` says. Unknown columns are left out.
    """

    takes_nul = True

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield an article a row; a row that cannot be read is named by its first line, and the rest go on."""
        content = self.read_text()
        start = _SEPARATOR_LINE.match(content)
        first = content[start.end() if start else 0 :].lstrip().partition("\n")[0]
        delimiter = start[1] if start else _find_delimiter(first)
        rows = _read_rows(content[start.end() if start else 0 :], delimiter, 1 if start else 0)
        line, columns = next(rows)
        header = [name.strip().lower() for name in columns]
        _check_header(f"{self.source}:{line}", header)
        is_empty = True
        for line, row in rows:
            is_empty = False
            yield _read_row(f"{self.source}:{line}", header, row)
        if is_empty:
            raise LoadError(self.source, "holds no article: it has no row below the first line")


def _find_delimiter(first_line: str) -> str:
    def count_known(delimiter: str) -> int:
        return len(COLUMNS & {name.strip(' "').lower().replace(" ", "_") for name in first_line.split(delimiter)})

    return max(DELIMITERS, key=count_known)


def _read_rows(content: str, delimiter: str, lines_above: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, and the number of the line that it starts on.

    Quotes within a quoted cell that are not doubled are taken as Excel takes them. A quote that is never closed takes
    in all that follows, and the mark of the end with it, which tells.
    """
    reader = csv.reader(StringIO(f"{content}\n{_END}\n"), delimiter=delimiter)
    line = lines_above + 1
    for row in reader:
        if row and row != [_END] and any(value.strip() for value in row):
            yield line, row
        line = lines_above + reader.line_num + 1


def _check_header(source: str, header: list[str]) -> None:
    if header[-1].endswith(_END):
        raise LoadError(source, "does not name the columns: it begins a quote that is never closed")
    twice = sorted({name for name in header if name in COLUMNS and header.count(name) > 1})
    if twice:
        raise LoadError(source, f"names the column {twice[0]!r} twice")
    if not {name.replace(" ", "_") for name in header} & {*ALIASES["text"]}:
        found = ", ".join(map(repr, header))[:200]
        raise LoadError(source, f"names no column {NAMES_OF_TEXT} but {found}")


def _read_row(source: str, header: list[str], row: list[str]) -> Loaded | LoadError:
    if row[-1].rstrip().endswith(_END):
        return LoadError(source, "is not a row of a table: it begins a quote that is never closed")
    while len(row) > len(header) and not row[-1].strip():
        row = row[:-1]
    if len(row) > len(header):
        remedy = "put texts that hold the delimiter in quotes"
        return LoadError(source, f"has {len(row)} columns, and the first line names {len(header)}; {remedy}")
    try:
        return load_record(source, dict(zip(header, row, strict=False)))
    except LoadError as error:
        return error
