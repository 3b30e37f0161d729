"""Evaluations by a Ray cluster on this machine; skipped where Ray is not installed."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from rag.cli.commands import main
from rag.cluster.answering import Answering
from rag.cluster.cluster import LOCAL, Cluster
from rag.library.home import Home
from rag.library.library import Library
from rag.library.upkeep.backup import write_backup
from rag.question import Question
from tests.rag.cluster.dying import CountingEncoder, make_encoder, open_dying

pytest.importorskip("ray", reason='Ray is an extra: pip install "ray>=2,<3"')
pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # Ray's own
    pytest.mark.timeout(300),
]
COUNT = 12
ARTICLES = [
    {"id": "storm", "title": "Storm hits Lisbon", "text": "A storm hit Lisbon on Monday. It tore off 40 roofs."},
    {"id": "vote", "title": "Porto votes", "text": "Porto elects a mayor on Friday. Rui Moreira may not stand again."},
]
CASES = [
    {"id": "roofs", "question": "How many roofs did the storm in Lisbon tear off?", "answers": ["40"]},
    {"id": "moon", "question": "Which astronaut first walked on the moon?", "answers": []},
]
OWN = "seconds", "started"
"""What differs from run to run."""


def test_each_process_answers_from_a_copy_and_one_that_dies_loses_nothing(tmp_path: Path) -> None:
    home, backup, marker = tmp_path / "home", tmp_path / "backup", tmp_path / "died"
    with Library(Home(home), CountingEncoder(None), max_article_characters=100_000) as library:
        library.add(Article(id=f"a{n}", title="", text=f"The number{n} stands here.") for n in range(COUNT))
        write_backup(home, backup, folders=())
        with (
            Cluster(LOCAL, make_encoder, None, cpus=2) as cluster,
            Answering(cluster, partial(open_dying, marker), backup.read_bytes(), 2, tmp_path) as answering,
        ):
            answers = answering.batch([Question(f"Where is number{n}?") for n in range(COUNT)])
    assert marker.exists()
    assert [answer.text for answer in answers] == [f"The number{n} stands here." for n in range(COUNT)]


def test_a_cluster_gives_the_report_that_this_process_does(tmp_path: Path) -> None:
    cases, articles = tmp_path / "cases.jsonl", tmp_path / "articles.jsonl"
    cases.write_text("\n".join(map(json.dumps, CASES)), encoding="utf-8")
    articles.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    for name, options in (("alone", []), ("cluster", ["--ray", LOCAL])):
        with pytest.raises(SystemExit, match="0"):
            main(["evaluate", str(cases), "--articles", str(articles), "--output", name, *options])
    alone, cluster = (read_run(tmp_path / name) for name in ("alone", "cluster"))
    assert alone == cluster


def read_run(folder: Path) -> tuple[Any, ...]:
    report = json.loads((folder / "report.json").read_text("utf-8"))
    report["metrics"] = {name: each for name, each in report["metrics"].items() if "second" not in name}
    results = [json.loads(line) for line in (folder / "results.jsonl").read_text("utf-8").splitlines()]
    return tuple([{name: value for name, value in each.items() if name not in OWN} for each in (report, *results)])
