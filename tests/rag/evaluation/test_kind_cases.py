"""The cases of one kind each: their gold stands in the articles, and their questions are taken for their kind."""

import json
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus.article import Article
from rag.asking.kinds import find_kind
from rag.evaluation.case_files import read_cases
from rag.question import Kind

CASES = Path(rag.__file__).parent / "evaluation" / "cases"
FILES = sorted(path for path in CASES.glob("*.jsonl") if path.stem in {*Kind})
LEAST_CASES = 25
OURS = (Kind.COLLECTION, Kind.HELP, Kind.FOREIGN, Kind.UNCLEAR, Kind.SEVERAL, Kind.COMPARISON)


def read_lines(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_enough_cases_that_can_be_judged(path: Path, starter_articles: dict[str, Article]) -> None:
    cases = read_cases(path)
    assert len(cases) >= LEAST_CASES
    assert [case.id for case in cases if case.kind is None] == []
    texts = "\n".join(article.text for article in starter_articles.values())
    gold = [sentence for case in cases for sentences in case.evidence for sentence in sentences]
    assert [sentence for sentence in gold if sentence not in texts] == []


@pytest.mark.parametrize("kind", OURS)
def test_questions_are_taken_for_their_kind_and_for_no_other(kind: Kind) -> None:
    lines = [line for line in read_lines(kind) if "history" not in line]
    wrong = [line for line in lines if (find_kind(line["question"]) is kind) is not (line["kind"] == kind)]
    assert len(wrong) <= 1, wrong


def test_no_plain_question_is_taken_for_one_that_is_answered_without_quotes() -> None:
    asked = [
        line["question"] for name in ("starter", "followups") for line in read_lines(name) if "history" not in line
    ]
    replies = {Kind.COLLECTION, Kind.HELP, Kind.FOREIGN, Kind.UNCLEAR}
    assert [question for question in asked if find_kind(question) in replies] == []
