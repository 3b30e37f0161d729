"""The command line, as a person and as a program uses it: with the real models, in this process."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.cli.commands import main
from rag.library.home import Home

REPLIES = """US and NATO answer Russia in writing

The United States and NATO handed Russia written replies on Wednesday. Ambassador John Sullivan delivered the American
reply in Moscow. Russia demanded that Ukraine never join NATO and that the alliance expand no further to the east.
"""
STORM = {"id": "storm", "title": "Storm hits Lisbon", "text": "A storm hit Lisbon on Monday. It tore off 40 roofs."}


class Terminal:
    """Runs commands on one home folder and returns what they print."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return (exit code, standard output, standard error)."""
        try:
            code = main([*arguments, "--home", str(self.home)])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return code, *self._capsys.readouterr()

    def read_lines(self, *arguments: str) -> list[Any]:
        """Run a command with `--json` that must succeed, and return the JSON it prints, a value a line."""
        code, out, _ = self.run(*arguments, "--json")
        assert code == 0
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(tmp_path / "home", capsys)


def test_the_whole_way_from_a_file_to_a_cited_answer_and_out_again(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "replies.txt").write_text(REPLIES, encoding="utf-8")
    (folder / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")

    replies, storm = terminal.read_lines("add", str(folder))
    assert (replies["source"], replies["state"], replies["message"]) == (str(folder / "replies.txt"), "added", "")
    assert storm == {"source": f"{folder / 'storm.jsonl'}:1", "id": "storm", "state": "added", "message": ""}
    assert [line["state"] for line in terminal.read_lines("add", str(folder))] == ["unchanged", "unchanged"]

    (listed,) = terminal.read_lines("list")
    text = REPLIES.split("\n\n", 1)[1].strip()
    assert [row["id"] for row in listed] == sorted([replies["id"], "storm"])

    (answer,) = terminal.read_lines("ask", "Who delivered the American reply in Moscow?")
    assert answer["status"] == "answered"
    assert answer["retrieved"][0] == replies["id"]
    assert "John Sullivan" in answer["answer_span"]
    assert answer["answer_span"] in answer["quotes"][0]["text"]
    for quote in answer["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert f"“{quote['text']}” [1]" in answer["answer"]

    assert terminal.run("remove", replies["id"])[0] == 0
    (answer,) = terminal.read_lines("ask", "Who delivered the American reply in Moscow?")
    assert (answer["status"], answer["answer"], answer["quotes"]) == ("not_found", "Not in these articles.", [])
    assert answer["retrieved"] == ["storm"]


def test_what_show_prints_for_programs(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    (shown,) = terminal.read_lines("show", "storm")
    assert shown == STORM | {
        "outlet": "",
        "author": "",
        "published": None,
        "url": "",
        "topic": "",
        "language": "",
        "credits": "",
        "place": "",
        "agency": "",
        "state": "live",
        "version": 1,
        "story": 1,
        "characters": 51,
        "passages": 1,
        "scanned": False,
    }


def test_what_ask_prints_for_programs(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM | {"published": "2022-02-07"}), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    (answer,) = terminal.read_lines("ask", "How many roofs did the storm in Lisbon tear off?")
    assert answer.keys() == {
        "question", "searched_for", "kind", "answer", "status", "confidence", "quotes", "answer_span", "claims",
        "notice", "sides", "parts", "searches", "usage", "retrieved", "seconds",
    }  # fmt: skip
    assert answer["quotes"][-1].keys() == {
        "text", "article", "start", "end", "title", "outlet", "published", "url", "scanned", "score",
    }  # fmt: skip
    assert (answer["quotes"][-1]["published"], answer["quotes"][-1]["article"]) == ("2022-02-07", "storm")
    assert 0 <= answer["confidence"] <= 1


def test_people_see_quotes_sources_and_confidence(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM | {"outlet": "Ours [bold]"}), encoding="utf-8")
    code, out, err = terminal.run("add", str(tmp_path / "storm.jsonl"))
    assert (code, out, err.split()) == (0, f"added     {tmp_path / 'storm.jsonl'}:1\n", ["1", "added"])
    code, out, _ = terminal.run("ask", "How many roofs did the storm in Lisbon tear off?")
    assert "“It tore off 40 roofs.” [1]" in out
    assert "[1] Ours [bold], Storm hits Lisbon" in out
    assert "confidence" in out
    assert "Storm hits Lisbon" in terminal.run("list")[1]


def test_failures_are_named_and_the_rest_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    rows = [
        json.dumps(STORM),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps(STORM | {"text": "Another text."}),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    sources = [str(tmp_path / name) for name in ("rows.jsonl", "empty.txt", "binary.txt", "missing.txt")]
    code, out, _ = terminal.run("add", *sources, "--json")
    lines = {line["source"].removeprefix(f"{tmp_path}/"): line for line in map(json.loads, out.splitlines())}
    assert code == 1
    assert {name: line["state"] for name, line in lines.items()} == {
        "rows.jsonl:1": "added",
        "rows.jsonl:2": "failed",
        "rows.jsonl:3": "failed",
        "rows.jsonl:4": "failed",
        "empty.txt": "failed",
        "binary.txt": "failed",
        "missing.txt": "failed",
    }
    assert lines["rows.jsonl:2"]["message"].startswith("is not JSON")
    assert lines["rows.jsonl:3"]["message"].startswith("has no 'text'")
    assert "came twice" in lines["rows.jsonl:4"]["message"]
    assert [row["id"] for row in terminal.read_lines("list")[0]] == ["storm"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("ask", "?"), 1, "'?' is not a question yet"),
        (("ask", "why " * 2500), 1, "the question has 9,999 characters"),
        (("ask", "!!! ... ???"), 1, "is not a question yet"),
        (("show", "nobody"), 1, "there is no library in"),
        (("list",), 1, "there is no library in"),
        (("migrate", "--to", "there"), 1, "there is no library in"),
        (("add",), 2, "Missing argument"),
        (("shrug",), 2, "No such command"),
        (("serve", "--port", "70000"), 1, "port: Input should be less than or equal to 65535"),
    ],
)
def test_what_cannot_be_done_is_said_plainly(
    terminal: Terminal, arguments: tuple[str, ...], code: int, message: str
) -> None:
    actual, _, err = terminal.run(*arguments)
    assert (actual, "Traceback" in err) == (code, False)
    assert message in " ".join(err.replace("│", " ").split())
    assert not terminal.home.exists()


def test_an_empty_library_answers_that_it_does_not_know(terminal: Terminal) -> None:
    code, out, err = terminal.run("ask", "Who won the match?")
    assert (code, "Not in these articles." in out) == (0, True)
    assert "The library is empty: add articles with" in err


def test_unknown_ids_are_named(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    assert terminal.run("show", "nobody")[::2] == (
        1,
        "Error: no article has the id 'nobody': `python -m rag list` shows them\n",
    )
    code, out, _ = terminal.run("remove", "nobody", "storm")
    assert (code, out) == (1, "failed    nobody: no article has this id\nremoved   storm: Storm hits Lisbon\n")


def test_a_library_in_use_is_named_but_can_be_listed(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    home = Home(terminal.home)
    home.lock()
    code, _, err = terminal.run("ask", "How many roofs?")
    assert (code, "is in use by another Dateline process" in err) == (1, True)
    assert [row["id"] for row in terminal.read_lines("list")[0]] == ["storm"]
    home.unlock()


def test_a_library_of_another_encoder_asks_for_a_reindex(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_model: Path
) -> None:
    (tmp_path / "storm.jsonl").write_text(json.dumps(STORM), encoding="utf-8")
    terminal.read_lines("add", str(tmp_path / "storm.jsonl"))
    monkeypatch.setenv("DATELINE_ENCODER", str(other_model))
    code, _, err = terminal.run("ask", "How many roofs did the storm tear off?")
    assert (code, "run `python -m rag reindex`" in err) == (1, True)
    assert terminal.run("reindex")[0] == 0
    (answer,) = terminal.read_lines("ask", "How many roofs did the storm in Lisbon tear off?")
    assert answer["retrieved"] == ["storm"]


def test_a_conversation_ends_at_an_empty_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["?", "Who won?", ""])
    monkeypatch.setattr("builtins.input", lambda *_: next(lines))
    code, out, err = terminal.run("chat")
    assert (code, out.count("Not in these articles."), err.count("is not a question yet")) == (0, 1, 1)


def test_only_some_articles_are_asked(terminal: Terminal, tmp_path: Path) -> None:
    lines = [
        {"id": "monday", "title": "Storm", "text": STORM["text"], "outlet": "Post", "published": "2022-02-07"},
        {"id": "friday", "title": "Storm", "text": "A storm hit Lisbon on Friday.", "outlet": "Mail", "topic": "Wind"},
    ]
    path = tmp_path / "storms.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    terminal.run("add", str(path))
    question = "When did the storm hit Lisbon?"
    scopes = (["--outlet", "post"], ["--topic", "WIND"], ["--since", "2022-02-07"], ["--until", "2022-02-06"])
    found = [terminal.read_lines("ask", question, *scope)[0]["retrieved"] for scope in scopes]
    assert found == [["monday"], ["friday"], ["monday"], []]
    code, out, error = terminal.run("ask", question, "--outlet", "Times")
    assert (code, out) == (1, "")
    assert "no article has the outlet 'Times'; there is 'Mail', 'Post'" in error
    assert terminal.run("ask", question, "--since", "yesterday")[0] == 2
