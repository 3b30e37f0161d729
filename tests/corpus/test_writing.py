"""Articles that are written are read back."""

import json
from datetime import date
from pathlib import Path

from corpus.article import Article
from corpus.loading import Loaded, load_source
from corpus.writing import write_lines


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    articles = [
        Article(
            id="a", title="Fire \N{LINE SEPARATOR} “here”", text="One.\nTwo.", published=date(2023, 8, 9), topic="t"
        ),
        Article(text="OSLO (AP) — A ferry sank.", place="Bergen", is_scanned=True),
        Article(text="Bare."),
    ]
    lines = list(write_lines(articles))
    assert json.loads(lines[2]) == {"id": articles[2].id, "text": "Bare."}
    (tmp_path / "all.jsonl").write_text("".join(lines), "utf-8")
    loaded = [item for item in load_source(str(tmp_path / "all.jsonl")) if isinstance(item, Loaded)]
    assert [item.article for item in loaded] == articles
    assert [item.article.place for item in loaded] == ["", "Bergen", ""]
