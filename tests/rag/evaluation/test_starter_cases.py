"""The cases that come with the project can be trusted: their gold is what the starter articles say, word for word."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rag
from corpus.article import Article
from corpus.passages import split_sentences
from rag.question import Question

CASES = Path(rag.__file__).parent / "evaluation" / "cases"
UNANSWERABLE = {"swapped name": 20, "not reported": 22, "later event": 12, "false premise": 9}
STARTER = UNANSWERABLE | {
    "who": 30,
    "when": 18,
    "where": 10,
    "why": 11,
    "how many": 44,
    "what": 49,
    "list": 20,
    "quote": 27,
    "date": 6,
    "yes or no": 5,
    "paraphrase": 14,
    "misspelt": 6,
    "long": 5,
    "two articles": 10,
}
STANDS_ALONE = {"topic switch": 10, "name repeated": 6}
FOLLOWUPS = STANDS_ALONE | {"pronoun": 31, "ellipsis": 32, "definite description": 16, "demonstrative": 5}


def read_cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


STARTER_CASES, FOLLOWUP_CASES = read_cases("starter.jsonl"), read_cases("followups.jsonl")
EVERY_CASE = STARTER_CASES + FOLLOWUP_CASES
ANSWERABLE = [case for case in EVERY_CASE if case["answers"]]


def articles_of(case: dict[str, Any]) -> list[str]:
    return case["article"] if isinstance(case["article"], list) else [case["article"]]


def runs_of_sentences(text: str, sentence: str) -> Iterator[bool]:
    """Whether each place of `sentence` in `text` begins and ends where sentences do."""
    starts, ends = (set(offsets) for offsets in zip(*split_sentences(text), strict=True))
    at = text.find(sentence)
    while at >= 0:
        yield at in starts and at + len(sentence) in ends
        at = text.find(sentence, at + 1)


def test_every_group_has_its_number_of_cases() -> None:
    assert Counter(case["group"] for case in STARTER_CASES) == STARTER
    assert Counter(case["group"] for case in FOLLOWUP_CASES) == FOLLOWUPS


def test_ids_are_unique_and_name_the_group() -> None:
    assert [id for id, times in Counter(case["id"] for case in EVERY_CASE).items() if times > 1] == []
    assert [case["id"] for case in EVERY_CASE if case["id"][:-3] != case["group"].replace(" ", "-")] == []


def test_no_question_is_asked_twice() -> None:
    asked = Counter(str([*case.get("history", []), case["question"]]).lower() for case in EVERY_CASE)
    assert [question for question, times in asked.items() if times > 1] == []


def test_every_question_can_be_asked() -> None:
    texts = [text for case in EVERY_CASE for text in (case["question"], *case.get("history", []))]
    assert [text for text in texts if Question(text).text != text] == []


def test_unanswerable_cases_name_no_article_and_no_evidence() -> None:
    unanswerable = [case for case in EVERY_CASE if not case["answers"]]
    assert [case["id"] for case in unanswerable if case.keys() & {"article", "evidence"}] == []
    assert {case["group"] for case in unanswerable if case in STARTER_CASES} == UNANSWERABLE.keys()
    assert [case["id"] for case in STARTER_CASES if case["answers"] and case["group"] in UNANSWERABLE] == []
    assert len(unanswerable) == sum(UNANSWERABLE.values()) + 7


def test_two_articles_are_named_where_two_are_needed() -> None:
    assert {case["group"] for case in ANSWERABLE if len(articles_of(case)) > 1} == {"two articles"}
    assert {len(set(articles_of(case))) for case in ANSWERABLE if case["group"] == "two articles"} == {2}


def test_every_article_is_asked_about(starter_articles: dict[str, Article]) -> None:
    assert {id for case in STARTER_CASES if case["answers"] for id in articles_of(case)} == starter_articles.keys()


@pytest.mark.parametrize("case", ANSWERABLE, ids=lambda case: case["id"])
def test_the_gold_stands_in_the_articles(case: dict[str, Any], starter_articles: dict[str, Article]) -> None:
    texts = [starter_articles[id].text for id in articles_of(case)]
    for sentence in case["evidence"]:
        assert any(all(found) for found in (list(runs_of_sentences(text, sentence)) for text in texts) if found)
    for text in texts:
        assert any(sentence in text for sentence in case["evidence"])
    for answer in case["answers"]:
        assert answer in " ".join(case["evidence"])


def test_a_followup_stands_alone_only_where_nothing_is_missing() -> None:
    alone = {case["id"]: case["standalone"] == case["question"] for case in FOLLOWUP_CASES}
    assert alone == {case["id"]: case["group"] in STANDS_ALONE for case in FOLLOWUP_CASES}
    assert {len(case["history"]) for case in FOLLOWUP_CASES} == {1, 2, 3}
