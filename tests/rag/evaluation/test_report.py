"""What a run comes to, worked out by hand."""

import json
from dataclasses import replace

import pytest

from rag.evaluation.cases import Case
from rag.evaluation.report import make_report, report_record
from rag.evaluation.significance import Estimate
from rag.question import Kind
from tests.rag.prose.answers import DAY, MOON, ROOFS, judge_answer, make_answer, make_quote

SETUP = {"name": "ours", "cases": {"count": 4, "digest": "d"}}
FRIDAY = make_quote("vote", "Porto votes on Friday.")
RESULTS = [
    judge_answer(ROOFS, make_answer(make_quote("storm", "It tore off 40 roofs."), span="40", confidence=0.9)),
    judge_answer(DAY, make_answer(confidence=0.1)),
    judge_answer(MOON, make_answer(FRIDAY, span="Porto", confidence=0.4)),
    judge_answer(Case("earth", "Who walked on the earth?", ()), make_answer(confidence=0.2)),
]


def values(results: list) -> dict[str, tuple[float, int]]:
    return {name: (metric.value, metric.n) for name, metric in make_report(SETUP, results).metrics.items()}


def test_every_measure_by_hand() -> None:
    assert values(RESULTS) == {
        "correct": (0.5, 4),
        "exact_match": (0.5, 2),
        "token_f1": (0.5, 2),
        "containment": (0.5, 2),
        "answered": (0.5, 2),
        "evidence_precision": (1.0, 1),
        "evidence_recall": (1.0, 1),
        "evidence_f1": (1.0, 1),
        "citation_correctness": (1.0, 2),
        "recall@1": (0.5, 2),
        "recall@5": (1.0, 2),
        "recall@10": (1.0, 2),
        "mrr@10": (0.75, 2),
        "abstention_precision": (0.5, 2),
        "abstention_recall": (0.5, 2),
        "abstention_auroc": (0.5, 4),  # 0.9 is above both, 0.1 above none
        "aurc": (pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4), 4),
        "calibration_error": (pytest.approx((0.1 + 0.4) / 2), 2),  # of the two answers that were given
        "seconds_p50": (0.25, 4),
        "seconds_p95": (0.25, 4),
    }


def test_measures_that_do_not_apply_are_absent() -> None:
    (result,) = [judge_answer(Case("open", "What happened?"), make_answer())]
    assert values([result]).keys() == {"seconds_p50", "seconds_p95"}
    assert values([]) == {}
    assert "abstention_precision" not in values(RESULTS[:2])  # every abstention is wrong where all can be answered


def test_the_headline_says_how_many_are_right_and_what_went_wrong() -> None:
    told = "2 of 4 right; 1 wrongly said “not in these articles”, 1 should have said “not in these articles”."
    assert make_report(SETUP, RESULTS).headline == told
    open_case = judge_answer(Case("open", "What happened?"), make_answer())
    assert make_report(SETUP, [RESULTS[0], open_case]).headline == "1 of 1 right; 1 not judged."
    assert make_report(SETUP, [open_case]).headline == "1 asked; of none is the right answer known."


def test_the_record() -> None:
    record = json.loads(json.dumps(report_record(make_report(SETUP, RESULTS, Estimate(2.5, 4)))))
    assert record["metrics"]["cases_per_second"] == {"value": 2.5, "n": 4, "interval": None}
    assert record["metrics"]["citation_correctness"] == {"value": 1.0, "n": 2, "interval": [1.0, 1.0]}
    assert record["complete"] is True
    assert record["counts"] == {"answerable": 2, "unanswerable": 2, "without_gold": 0}
    assert record["faults"] == {"wrongly said that it is not there": 1, "answered what the articles do not say": 1}
    assert record["curves"] == {
        "risk": [[0.25, 0.0], [0.5, 0.5], [0.75, 2 / 3], [1.0, 0.75]],
        "calibration": [[0.4, 0.0, 1], [0.9, 1.0, 1]],
    }
    assert record["kinds"] == {}
    assert report_record(make_report(SETUP, RESULTS[:3]))["complete"] is False


def test_right_replies_by_kind() -> None:
    found = [make_answer(FRIDAY, span="Friday"), make_answer(), make_answer(kind=Kind.HELP, reply="Ask me.")]
    cases = [replace(DAY, kind=Kind.FACT), replace(DAY, kind=Kind.FACT), Case("hi", "hello", (), kind=Kind.HELP)]
    kinds = make_report(SETUP, list(map(judge_answer, cases, found))).kinds
    assert {kind: (share.value, share.n) for kind, share in kinds.items()} == {"fact": (0.5, 2), "help": (1.0, 1)}
