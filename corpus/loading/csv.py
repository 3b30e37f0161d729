"""Tables: one article a row, in the columns of the article records."""

import csv
from collections.abc import Iterator
from io import StringIO

from corpus.errors import LoadError
from corpus.loading.loader import ArticleLoader, Loaded
from corpus.loading.record import COLUMNS, article_from_record

DELIMITERS = ",;\t"

csv.field_size_limit(2**31 - 1)  # 131,072 characters else, less than a long article; the size of the file is the limit


class CsvLoader(ArticleLoader):
    """Reads a `.csv` or `.tsv` file whose first line names the columns, in any order and case.

    Commas, semicolons or tabs divide them: whichever makes the most columns known by name. Others are left out.
    """

    def read_articles(self) -> Iterator[Loaded | LoadError]:
        """Yield an article a row; a row that cannot be read is named by its first line, and the rest go on."""
        content = self.read_text()
        rows = _read_rows(content, _find_delimiter(content.lstrip().partition("\n")[0]))
        line, columns = next(rows)
        if isinstance(columns, csv.Error):
            raise LoadError(f"{self.source}:{line}", f"does not name the columns ({columns})")
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
        return len(COLUMNS & {name.strip(' "').lower() for name in first_line.split(delimiter)})

    return max(DELIMITERS, key=count_known)


def _read_rows(content: str, delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row that is not blank, or what is wrong with it, and the number of the line that it starts on."""
    reader = csv.reader(StringIO(content), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, error
        else:
            if any(value.strip() for value in row):
                yield line, row


def _check_header(source: str, header: list[str]) -> None:
    twice = sorted({name for name in header if name in COLUMNS and header.count(name) > 1})
    if twice:
        raise LoadError(source, f"names the column {twice[0]!r} twice")
    if "text" not in header:
        raise LoadError(source, f"names no column 'text' but {', '.join(map(repr, header))[:200]}")


def _read_row(source: str, header: list[str], row: list[str] | csv.Error) -> Loaded | LoadError:
    if isinstance(row, csv.Error):
        return LoadError(source, f"is not a row of a table ({row}); write a quote within quotes twice")
    if len(row) != len(header):
        remedy = "put texts that hold the delimiter in quotes"
        return LoadError(source, f"has {len(row)} columns, and the first line names {len(header)}; {remedy}")
    try:
        return Loaded(source, article_from_record(source, dict(zip(header, row, strict=True))))
    except LoadError as error:
        return error
