"""Items are read while they go in, and each is told of with its source."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from time import sleep

import pytest

from corpus.article import Article
from corpus.errors import LoadError
from corpus.loading import Loaded
from embeddings.encoder import Vectors
from rag.cli.adding import READ_AHEAD, add_items, count_ahead
from rag.cli.commands import main
from rag.cli.interrupts import Interrupts
from rag.cli.terminal import TallyBar
from rag.library.encoding import SLICE_PASSAGES
from rag.library.library import Library
from rag.library.records import Outcome, Receipt
from tests.conftest import OpenLibrary
from tests.fakes import WordEncoder
from tests.rag.samples import ADDED_BANK, ADDED_FIRE, BANK, FIRE

BROKEN = LoadError("b.txt", "is empty")


def test_the_characters_of_few_items_are_counted() -> None:
    items, characters = count_ahead(iter([Loaded("a.txt", FIRE), BROKEN, Loaded("c.txt", BANK)]))
    assert (list(items), characters) == ([Loaded("a.txt", FIRE), BROKEN, Loaded("c.txt", BANK)], 16 + 22)
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

    with TallyBar("Adding") as bar, Interrupts(bar) as interrupts:
        found = list(add_items(library, items(), bar, interrupts))
    failed = Receipt("", Outcome.FAILED, "is empty"), Receipt("", Outcome.FAILED, "is no text")
    assert found[:4] == [("b.txt", failed[0]), ("z.txt", failed[1]), ("a.txt", ADDED_FIRE), ("0.txt", ADDED_BANK)]
    assert found[4:] == [(f"{number}.txt", Receipt("bank", Outcome.UNCHANGED)) for number in range(1, 300)]


def test_what_is_left_empty_and_what_is_skipped_is_named(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.csv").write_text("text,date\nIt burned all day.,05/06/2022\n")
    (news / "b.gif").write_bytes(b"x")
    with pytest.raises(SystemExit) as exit:
        main(["add", str(news), "--home", str(home), "--json"])
    lines = map(json.loads, capsys.readouterr().out.splitlines())
    receipts = {line["state"]: line["message"] for line in lines}
    assert (exit.value.code, len(receipts)) == (1, 2)
    assert receipts["added"] == "'date' is '05/06/2022', which names no certain day: the date is left empty"
    assert receipts["failed"] == "was skipped: files of the format '.gif' are not read"


def test_ctrl_c_while_reading_keeps_what_was_read_and_encoded_before(library: Library) -> None:
    def items() -> Iterator[Loaded | LoadError]:
        yield Loaded("a.txt", FIRE)
        signal.raise_signal(signal.SIGINT)
        yield Loaded("b.txt", BANK)

    with TallyBar("Adding") as bar, Interrupts(bar) as interrupts:
        found = list(add_items(library, items(), bar, interrupts))
    assert bar.is_stopped
    assert found in ([], [("a.txt", ADDED_FIRE)])  # encoding may have been stopped, too
    assert library.catalog.read_collection().articles == len(found)


class InterruptedEncoder(WordEncoder):
    """Sends Ctrl-C to the process while it encodes, and waits until it is heard."""

    def __init__(self, bar: TallyBar) -> None:
        super().__init__()
        self._bar = bar

    def encode(self, texts: Sequence[str]) -> Vectors:
        os.kill(os.getpid(), signal.SIGINT)
        while not self._bar.is_stopped:
            sleep(0.01)
        return super().encode(texts)


def test_ctrl_c_while_encoding_ends_after_the_passages_under_way(open_home: OpenLibrary) -> None:
    book = Article(id="book", text="The storm passed over the harbour of the town at night. " * 12_000)
    with TallyBar("Adding") as bar, Interrupts(bar) as interrupts:
        library = open_home(InterruptedEncoder(bar), len(book.text))
        found = list(add_items(library, iter([Loaded("book.txt", book)]), bar, interrupts))
    assert (found, bar.passages, library.catalog.read_collection().articles) == ([], SLICE_PASSAGES, 0)
