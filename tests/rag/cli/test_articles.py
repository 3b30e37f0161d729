"""Versions, corrections and stories on the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.writing import write_lines
from rag.assembly import load_starter_articles
from tests.rag.cli.test_commands import STORM, Terminal


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(tmp_path / "home", capsys)


def test_earlier_versions_are_shown_but_do_not_answer(terminal: Terminal, tmp_path: Path) -> None:
    for text in (STORM["text"], "Lisbon was quiet on Monday."):
        (tmp_path / "storm.jsonl").write_text(json.dumps(STORM | {"text": text}), encoding="utf-8")
        terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    (listed,) = terminal.read_lines("list", "--all")
    assert [(row["id"], row["version"], row["state"]) for row in listed] == [
        ("storm", 2, "live"), ("storm", 1, "superseded"),
    ]  # fmt: skip
    assert [row["version"] for row in terminal.read_lines("list")[0]] == [2]
    assert terminal.read_lines("show", "storm")[0]["text"] == "Lisbon was quiet on Monday."
    (old,) = terminal.read_lines("show", "storm", "--version", "1")
    assert (old["text"], old["state"], old["passages"]) == (STORM["text"], "superseded", 0)
    assert "(version 1, superseded) Storm hits Lisbon" in terminal.run("show", "storm", "--version", "1")[1]
    reason = "Error: no article has the id 'storm' and the version 3: `python -m rag list --all` shows them\n"
    assert terminal.run("show", "storm", "--version", "3")[::2] == (1, reason)
    (answer,) = terminal.read_lines("ask", "How many roofs did the storm in Lisbon tear off?")
    assert "roofs" not in answer["answer"]


def test_details_are_corrected(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM | {"outlet": "Ours"}), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    code, out, err = terminal.run("edit", "storm", "--title", "Storm", "--outlet", "", "--published", "2022-02-07")
    assert (code, out, err) == (0, "", "storm: 7 February 2022, Storm\n")
    (shown,) = terminal.read_lines("show", "storm")
    assert (shown["title"], shown["outlet"], shown["published"]) == ("Storm", "", "2022-02-07")
    assert [line["state"] for line in terminal.read_lines("add", str(tmp_path / "storm.jsonl"))] == ["unchanged"]


def test_a_collection_is_made_renamed_exported_and_removed(terminal: Terminal, tmp_path: Path) -> None:
    rows = [
        {"id": id, "text": f"Rain fell in {id}.", "outlet": outlet}
        for id, outlet in (("a", "O"), ("b", ""), ("c", "O"))
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "rows.jsonl"), "--topic", " Rain ")
    assert {row["topic"] for row in terminal.read_lines("list")[0]} == {"Rain"}
    assert terminal.run("edit", "--in-outlet", "O", "--topic", "Floods")[::2] == (0, "a: O, a\nc: O, c\n")
    assert [row["id"] for row in terminal.read_lines("list", "--topic", "floods")[0]] == ["a", "c"]
    file = tmp_path / "floods.jsonl"
    assert terminal.run("export", str(file), "--topic", "Floods")[::2] == (0, f"{file}: 2 articles\n")
    exported = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert terminal.run("export", "-", "b")[1] == '{"id": "b", "text": "Rain fell in b.", "topic": "Rain"}\n'
    removed = terminal.read_lines("remove", "--topic", "Floods")
    assert [(row["id"], row["erased"]) for row in removed] == [("a", True), ("c", True)]
    assert [row["state"] for row in terminal.read_lines("add", str(file))] == ["added", "added"]
    assert [terminal.read_lines("show", row["id"])[0]["topic"] for row in exported] == ["Floods", "Floods"]
    reason = "there is nothing to do: no article is named, or none is left of those that are meant"
    assert terminal.run("remove", "--starter")[::2] == (1, f"Error: {reason}\n")
    assert terminal.run("edit", "b", "--published", "31 June")[0] == 2
    assert terminal.run("export", str(tmp_path / "no" / "where"), "b")[0] == 2


def test_the_starter_articles_are_removed_whatever_version_added_them(terminal: Terminal, tmp_path: Path) -> None:
    first, second, *_ = load_starter_articles()
    lines = write_lines([first, replace(second, id=second.content_hash), Article(id="mine", text="Rain fell.")])
    (tmp_path / "old.jsonl").write_text("".join(lines), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "old.jsonl"))
    removed = terminal.read_lines("remove", "--starter")
    assert {row["id"] for row in removed} == {first.id, second.content_hash}
    assert [row["id"] for row in terminal.read_lines("list")[0]] == ["mine"]


def test_one_story_in_two_outlets_is_listed_as_one(terminal: Terminal, tmp_path: Path) -> None:
    rows = [STORM, STORM | {"id": "copy", "title": "Roofs gone"}, {"id": "else", "text": "Rain fell in Porto all day."}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "rows.jsonl"))
    assert {row["id"]: row["story"] for row in terminal.read_lines("list")[0]} == {"storm": 1, "copy": 1, "else": 3}
    lines = terminal.run("list")[1].splitlines()
    assert {line.split()[0]: line.split()[-2:] for line in lines[1:]} == {
        "storm": ["1", "1"], "copy": ["1", "1"], "else": ["else", "1"],
    }  # fmt: skip


def test_a_backup_is_restored(terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    backup = tmp_path / "backup.zip"
    assert terminal.run("backup", str(backup))[::2] == (0, f"{backup}: 1 articles, 1 passages\n")
    (listed,) = terminal.read_lines("list")
    other = Terminal(tmp_path / "other", capsys)
    assert other.run("restore", str(backup))[0] == 0
    assert other.read_lines("list") == [listed]
    assert terminal.run("restore", str(backup))[::2] == (
        1,
        f"Error: {terminal.home} is not empty: name another --home, or add --replace\n",
    )
