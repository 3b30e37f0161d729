"""What a run comes to: every measure that applies, with its n and interval, and the curves behind them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from math import ceil

import numpy as np

from rag.evaluation.judging import Fault, Result
from rag.evaluation.metrics import (
    bin_confidences,
    measure_auroc,
    measure_calibration_error,
    measure_risk_area,
    trace_risk,
)
from rag.evaluation.significance import Estimate, estimate
from rag.question import Kind
from rag.wire import Record

MEASURES = {
    "correct": "Right replies",
    "exact_match": "Exact match",
    "token_f1": "Token F1",
    "containment": "Answer contained",
    "answered": "Answerable, and answered",
    "evidence_precision": "Evidence precision",
    "evidence_recall": "Evidence recall",
    "evidence_f1": "Evidence F1",
    "citation_correctness": "Quotes word for word",
    "recall@1": "Article recall@1",
    "recall@5": "Article recall@5",
    "recall@10": "Article recall@10",
    "mrr@10": "Article MRR@10",
    "abstention_precision": "Abstention precision",
    "abstention_recall": "Abstention recall",
    "judged": "Right, says the judge model",
    "sentences_supported": "Sentences of the chat model that are supported",
    "tokens": "Tokens that the chat model read and wrote",
}
"""Measures that are the mean of a score, in the order of a report."""

SET_MEASURES = {
    "abstention_auroc": "Abstention AUROC",
    "aurc": "Area under risk-coverage",
    "calibration_error": "Calibration error",
    "seconds_p50": "Seconds, median",
    "seconds_p95": "Seconds, 95th percentile",
    "cases_per_second": "Cases per second",
}
"""Measures of all cases together."""

NAMES = MEASURES | SET_MEASURES
TOLD = {
    Fault.READER: "misread",
    Fault.ANSWERED: "should have said “not in these articles”",
    Fault.ABSTAINED: "wrongly said “not in these articles”",
    Fault.RETRIEVAL: "missed the article",
    Fault.KIND: "took the question for another kind",
    Fault.FORM: "replied something else",
}
"""What the headline says of the answers that went wrong in each place."""
LESS_IS_BETTER = {"tokens", "aurc", "calibration_error", "seconds_p50", "seconds_p95"}
CURVE_POINTS = 200


@dataclass(frozen=True, slots=True)
class Curves:
    """`risk` holds (coverage, risk); `calibration` (confidence, share right, n) a bin; `seconds` one value a case."""

    risk: tuple[tuple[float, float], ...]
    calibration: tuple[tuple[float, float, int], ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The measures of a run.

    `setup` says what was run, `asked` is how many of its `cases` were; the two differ where it was interrupted. `kinds`
    holds the share of right replies among the cases of each kind.

    Example:
        report = make_report(run.setup, run.results)
        print(report.metrics["token_f1"].value, report.metrics["token_f1"].interval)
    """

    setup: Record
    asked: int
    counts: dict[str, int]
    metrics: dict[str, Estimate]
    faults: dict[str, int]
    curves: Curves
    kinds: dict[str, Estimate] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether every case was asked."""
        return bool(self.asked == self.setup["cases"]["count"])

    @property
    def headline(self) -> str:
        """The run in one sentence: "230 of 318 right; 41 misread, 38 should have said “not in these articles”."."""
        unknown, correct = self.counts["without_gold"], self.metrics.get("correct")
        if correct is None:
            return f"{self.asked:,} asked; of none is the right answer known."
        right = f"{round(correct.value * correct.n):,} of {correct.n:,} right"
        wrong = sorted(self.faults.items(), key=lambda fault: -fault[1])
        told = ", ".join(f"{count:,} {TOLD[Fault(fault)]}" for fault, count in wrong)
        return "; ".join(filter(None, (right, told, f"{unknown:,} not judged" if unknown else ""))) + "."


def make_report(setup: Record, results: Sequence[Result], rate: Estimate | None = None) -> Report:
    """Return the report of these results; `rate` is how many were answered a second, if that was measured."""
    metrics = _measure_scores(results) | _measure_set(results) | _measure_seconds(results)
    if rate:
        metrics["cases_per_second"] = rate
    faults = Counter(result.fault for result in results)
    return Report(
        setup=setup,
        asked=len(results),
        counts={
            "answerable": sum(result.case.is_answerable for result in results),
            "unanswerable": sum(result.case.is_unanswerable for result in results),
            "without_gold": sum(not result.case.has_gold for result in results),
        },
        metrics=metrics,
        faults={fault.value: faults[fault] for fault in Fault if faults[fault]},
        curves=_trace(results),
        kinds=_measure_kinds(results),
    )


def report_record(report: Report) -> Record:
    """Return what `report.json` holds."""
    return {
        **report.setup,
        "complete": report.is_complete,
        "asked": report.asked,
        "headline": report.headline,
        "counts": report.counts,
        "metrics": {name: _estimate_record(metric) for name, metric in report.metrics.items()},
        "kinds": {kind: _estimate_record(share) for kind, share in report.kinds.items()},
        "faults": report.faults,
        "curves": {name: curve for name, curve in asdict(report.curves).items() if name != "seconds"},
    }


def _measure_scores(results: Sequence[Result]) -> dict[str, Estimate]:
    values = {name: [each.scores[name] for each in results if name in each.scores] for name in MEASURES}
    if not values["abstention_recall"]:  # then every abstention is wrong, and the measure says nothing
        values["abstention_precision"] = []
    return {name: estimate(np.mean, scores) for name, scores in values.items() if scores}


def _measure_kinds(results: Sequence[Result]) -> dict[str, Estimate]:
    """Return the share of right replies by the kind that the cases name, in the order of `Kind`."""
    right = {kind: [float(each.is_right) for each in results if each.case.kind is kind] for kind in Kind}
    return {kind.value: estimate(np.mean, values) for kind, values in right.items() if values}


def _measure_set(results: Sequence[Result]) -> dict[str, Estimate]:
    known, given = _with_gold(results), _given(results)
    answerable, unanswerable = (
        [each.confidence for each in known if each.case.is_answerable is wanted] for wanted in (True, False)
    )
    found: dict[str, Estimate] = {}
    if answerable and unanswerable:
        found["abstention_auroc"] = estimate(measure_auroc, answerable, unanswerable)
    if known:
        found["aurc"] = estimate(measure_risk_area, *_trust(known), paired=True)
    if given:
        found["calibration_error"] = estimate(measure_calibration_error, *_trust(given), paired=True)
    return found


def _measure_seconds(results: Sequence[Result]) -> dict[str, Estimate]:
    seconds = [each.answer["seconds"] for each in results]
    ranks = {"seconds_p50": 50, "seconds_p95": 95}
    return {name: estimate(partial(np.percentile, q=rank), seconds) for name, rank in ranks.items() if seconds}


def _trace(results: Sequence[Result]) -> Curves:
    known, given = _with_gold(results), _given(results)
    risks = trace_risk(*_trust(known)).tolist() if known else []
    points = [((rank + 1) / len(risks), risk) for rank, risk in enumerate(risks)]
    step = ceil(len(points) / CURVE_POINTS) or 1
    return Curves(
        risk=tuple(points[::-step][::-1]),
        calibration=tuple(bin_confidences(*_trust(given))) if given else (),
        seconds=tuple(each.answer["seconds"] for each in results),
    )


def _with_gold(results: Sequence[Result]) -> list[Result]:
    return [each for each in results if each.case.has_gold]


def _given(results: Sequence[Result]) -> list[Result]:
    return [each for each in _with_gold(results) if each.is_found]


def _trust(results: Sequence[Result]) -> tuple[list[float], list[float]]:
    """Return confidences, and whether an answer was given and right; a withheld answer counts as wrong."""
    return [each.confidence for each in results], [float(each.is_found and each.is_right) for each in results]


def _estimate_record(metric: Estimate) -> Record:
    interval = metric.interval and [round(bound, 6) for bound in metric.interval]
    return {"value": round(metric.value, 6), "n": metric.n, "interval": interval}
