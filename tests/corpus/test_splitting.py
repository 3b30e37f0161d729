"""Sources in parts, and failures, that other processes load and send back."""

import pickle
from pathlib import Path

import pytest

from corpus.errors import LoadError
from corpus.loading import load_part, load_source, split_source


def test_a_folder_is_split_into_its_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("The fire burned.")
    (tmp_path / "d.xyz").touch()
    assert split_source(str(tmp_path)) == [tmp_path / name for name in ("a.md", "b.txt", "d.xyz", "deep/c.txt")]
    apart = [str(item) for part in split_source(str(tmp_path)) for item in load_part(part)]
    assert apart == [str(item) for item in load_source(str(tmp_path))]


@pytest.mark.parametrize("source", ["a.txt", "missing", "https://example.org/a", "", "\0", "x" * 5_000])
def test_what_is_no_folder_stays_whole(source: str) -> None:
    assert split_source(source) == [source]


def test_an_empty_folder_is_left_for_the_loader_to_report(tmp_path: Path) -> None:
    assert split_source(str(tmp_path)) == [str(tmp_path)]


def test_a_failure_is_sent_with_both_its_parts() -> None:
    sent = pickle.loads(pickle.dumps(LoadError("a.pdf", "is no PDF")))
    assert (sent.source, sent.reason, str(sent)) == ("a.pdf", "is no PDF", "a.pdf: is no PDF")
