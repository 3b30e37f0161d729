"""Items are read while they go in, and each is told of with its source."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded
from rag.cli.adding import READ_AHEAD, add_items, count_ahead
from rag.cli.commands import main
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.rag.samples import ADDED_BANK, ADDED_FIRE, BANK, FIRE

BROKEN = LoadError("b.txt", "is empty")


def test_few_items_are_counted() -> None:
    items, total = count_ahead(iter([Loaded("a.txt", FIRE), BROKEN, Loaded("c.txt", BANK)]))
    assert (list(items), total) == ([Loaded("a.txt", FIRE), BROKEN, Loaded("c.txt", BANK)], 2)
    assert count_ahead(iter([BROKEN]))[1] == 0


def test_many_items_are_not_held() -> None:
    numbers = count()
    items, total = count_ahead(Loaded(str(number), FIRE) for number in numbers)
    assert (total, next(numbers)) == (None, READ_AHEAD + 1)
    assert [next(items).source for _ in range(READ_AHEAD + 2)] == [
        str(number) for number in range(READ_AHEAD + 3) if number != READ_AHEAD + 1
    ]


def test_each_item_has_its_source_and_failures_are_among_them(library: Library) -> None:
    def items() -> Iterator[Loaded | LoadError]:
        yield Loaded("a.txt", FIRE)
        yield BROKEN
        yield from (Loaded(f"{number}.txt", Article(id="bank", text=BANK.text)) for number in range(300))
        yield LoadError("z.txt", "is no text")

    found = list(add_items(library, items(), None))
    failed = Receipt("", Outcome.FAILED, "is empty"), Receipt("", Outcome.FAILED, "is no text")
    assert found[:4] == [("b.txt", failed[0]), ("z.txt", failed[1]), ("a.txt", ADDED_FIRE), ("0.txt", ADDED_BANK)]
    assert found[4:] == [(f"{number}.txt", Receipt("bank", Outcome.UNCHANGED)) for number in range(1, 300)]


def test_what_is_left_empty_and_what_is_skipped_is_named(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.csv").write_text("text,date\nIt burned all day.,05/06/2022\n")
    (news / "b.png").write_bytes(b"x")
    with pytest.raises(SystemExit) as exit:
        main(["add", str(news), "--home", str(home), "--json"])
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    receipts = {line["state"]: line["message"] for line in lines}
    assert (exit.value.code, len(receipts)) == (1, 2)
    assert receipts["added"] == "'date' is '05/06/2022', which names no certain day: the date is left empty"
    assert receipts["failed"] == "was skipped: files of the format '.png' are not read"
