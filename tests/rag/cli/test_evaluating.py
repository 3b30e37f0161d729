"""`evaluate` and `compare` as a person and as a program use them: with the real models, in this process."""

import json
from pathlib import Path

import pytest

from rag.cli.commands import main
from tests.chat_server import DONE, serve_pieces, write_piece

ARTICLES = [
    {"id": "storm", "title": "Storm hits Lisbon", "text": "A storm hit Lisbon on Monday. It tore off 40 roofs."},
    {
        "id": "vote",
        "title": "Porto votes",
        "text": "Porto elects a new mayor on Friday. Rui Moreira may not stand again.",
    },
]
CASES = """id,question,answers,article,evidence
roofs,How many roofs did the storm in Lisbon tear off?,40 | forty,storm,It tore off 40 roofs.
mayor,Who may not stand again in Porto?,Rui Moreira,vote,
moon,Which astronaut first walked on the moon?,,,
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Paths of the cases and of the articles."""
    cases, articles = tmp_path / "cases.csv", tmp_path / "articles.jsonl"
    cases.write_text(CASES, encoding="utf-8")
    articles.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    return str(cases), str(articles)


def run(*arguments: object) -> int:
    try:
        return main(list(map(str, arguments)))
    except SystemExit as leaving:
        return int(leaving.code or 0)


def test_from_cases_to_a_report_and_a_comparison(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, articles = files
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("evaluate", cases, "--articles", articles, "--output", first, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads((first / "report.json").read_text("utf-8"))
    assert (printed["complete"], printed["asked"], printed["collection"]["articles"]) == (True, 3, 2)
    assert {name: printed["metrics"][name]["n"] for name in ("correct", "exact_match", "recall@1", "evidence_f1")} == {
        "correct": 3, "exact_match": 2, "recall@1": 2, "evidence_f1": 1,
    }  # fmt: skip
    assert printed["metrics"]["citation_correctness"]["value"] == 1.0
    assert printed["metrics"]["cases_per_second"]["value"] > 0
    lines = [json.loads(line) for line in (first / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["roofs", "mayor", "moon"]
    assert lines[0].keys() == {
        "id", "question", "searched_for", "kind", "answer", "status", "confidence", "quotes", "answer_span", "claims",
        "notice", "sides", "parts", "searches", "usage", "retrieved", "seconds", "scores",
    }  # fmt: skip
    assert (first / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert not (tmp_path / ".dateline").exists()  # the throw-away library was somewhere else

    assert run("evaluate", cases, "--articles", articles, "--output", second) == 0
    assert "Right replies" in capsys.readouterr().out
    assert run("compare", first, second, "--output", tmp_path / "both", "--json") == 0
    compared = json.loads(capsys.readouterr().out)
    assert compared == json.loads((tmp_path / "both" / "compare.json").read_text("utf-8"))
    assert (compared["shared"], compared["flipped"], compared["metrics"]["correct"]["p"]) == (3, [], 1.0)
    assert run("compare", first, second) == 0
    assert "3 cases compared; 0 flipped." in capsys.readouterr().out


def test_runs_are_kept_in_the_home_folder_and_gone_on_with(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, articles = files
    home = tmp_path / "home"
    assert run("add", articles, "--home", home) == 0
    assert run("evaluate", cases, "--home", home) == 0
    (folder,) = (home / "runs").iterdir()
    results = folder / "results.jsonl"
    whole = results.read_text("utf-8")
    results.write_text(whole.splitlines(keepends=True)[0], encoding="utf-8")
    assert run("evaluate", cases, "--home", home, "--resume") == 0
    assert read_answers(results.read_text("utf-8")) == read_answers(whole)
    Path(cases).write_text(CASES.replace("40 | forty", "40"), encoding="utf-8")
    capsys.readouterr()
    assert run("evaluate", cases, "--home", home, "--resume") == 1
    assert "is a run with other cases (digest was" in " ".join(capsys.readouterr().err.split())


def test_a_chat_model_is_compared_with_quotes_only(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, articles = files
    asked = ("evaluate", cases, "--articles", articles, "--output", tmp_path / "out", "--chat-model", "any")
    with serve_pieces(write_piece("The storm tore off 40 roofs [2]. It hit Paris [1]."), DONE) as url:
        monkeypatch.setenv("DATELINE_CHAT_URL", url)
        assert run(*asked) == 0
    printed = capsys.readouterr().out
    assert "Right replies" in printed
    assert "3 cases compared" in printed
    quotes, written = ((tmp_path / name / "results.jsonl").read_text("utf-8") for name in ("out-quotes", "out"))
    assert {each["usage"] for each in map(json.loads, quotes.splitlines())} == {None}
    first = json.loads(written.splitlines()[0])
    assert [(claim["text"], claim["verdict"]) for claim in first["claims"]] == [
        ("The storm tore off 40 roofs.", "supported"),
        ("It hit Paris.", "unsupported"),
    ]
    assert (first["scores"]["correct"], first["scores"]["sentences_supported"]) == (1.0, 0.5)
    assert json.loads(written.splitlines()[2])["status"] == "not_found"
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["models"]["chat"]["chat_model"] == "any"
    assert run(*asked, "--resume") == 0  # all is answered: the server is not missed


def read_answers(text: str) -> list[dict]:
    """Return the lines of results, without their seconds, which no run repeats."""
    lines = [json.loads(line) for line in text.splitlines()]
    return [{name: value for name, value in line.items() if name != "seconds"} for line in lines]


def test_mistakes_stop_it_before_anything_runs(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, articles = files
    Path(cases).write_text("question,answers\nWho won?,[Ann\n?,\n", encoding="utf-8")
    assert run("evaluate", cases, "--articles", articles, "--output", tmp_path / "out") == 1
    error = capsys.readouterr().err
    assert error.startswith(f"Error: {cases}, line 2, column 'answers': ")
    assert f"{cases}, line 3, column 'question': " in error
    assert not (tmp_path / "out").exists()


def test_nothing_to_ask(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", files[0], "--home", tmp_path / "home") == 1
    assert "there are no articles in" in capsys.readouterr().err
    assert run("compare", tmp_path / "a", tmp_path / "b") == 1
    assert "is not a run of `evaluate`" in capsys.readouterr().err


def test_the_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--template", tmp_path / "mine.csv") == 0
    assert (tmp_path / "mine.csv").read_text("utf-8").startswith("id,question,answers,article,evidence,note\n")
    assert run("evaluate", "--template", tmp_path / "mine.csv") == 1
    assert "cannot be written (File exists)" in capsys.readouterr().err
