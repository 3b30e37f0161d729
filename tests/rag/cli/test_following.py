"""A folder is followed and a question watched from the command line."""

import json
from pathlib import Path

import pytest

from rag.cli.commands import main


def run(*arguments: str) -> int:
    """Run a command; returns its exit code."""
    try:
        return main([*arguments, "--home", "home"])
    except SystemExit as left:
        return int(left.code or 0)


def test_a_folder_is_followed_and_a_question_watched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "storm.txt").write_text("Storm hits Lisbon\n\nA storm hit Lisbon on Sunday and tore off 40 roofs.")
    assert run("follow", "news", "--every", "60") == 0
    assert run("watch", "How many roofs were torn off in Porto?") == 0
    (folder / "porto.txt").write_text("Porto counts\n\nThe storm tore off 12 roofs in Porto, the fire brigade said.")
    capsys.readouterr()
    assert run("check") == 0
    told = capsys.readouterr().out
    assert "1 new article" in told and "added     Porto counts" in told
    assert "“The storm tore off 12 roofs in Porto, the fire brigade said.”" in told
    assert run("watched", "--json") == 0
    (question,) = json.loads(capsys.readouterr().out)
    assert [(find["text"][:23], find["seen"]) for find in question["finds"]] == [("The storm tore off 12 r", False)]
    assert run("watched") == 0
    assert "No new article answers." in capsys.readouterr().out
    assert run("following", "--json") == 0
    (followed,) = json.loads(capsys.readouterr().out)
    assert (followed["source"], followed["minutes"], len(followed["news"])) == (str(folder), 60, 2)
    assert (run("unwatch", question["question"]), run("unfollow", "news")) == (0, 0)
    capsys.readouterr()
    assert (run("unfollow", "news"), run("check"), run("unwatch", "Who?"), run("follow", "nowhere")) == (1, 1, 1, 1)
    told = capsys.readouterr().err
    assert "is not followed" in told and "'Who?' is not watched" in told and "nothing is followed" in told


def test_what_cannot_be_read_is_told_with_the_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "odd.xyz").write_text("?")
    assert run("follow", "news") == 1
    assert run("following") == 0
    told = capsys.readouterr()
    assert "odd.xyz: is of an unknown format" in told.err and "looked at" in told.out
