"""Two runs over the same cases: which answers flipped, and which differences are more than chance."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rag.errors import RunError
from rag.evaluation.cases import case_record
from rag.evaluation.comparison import Comparison, Difference, Pair
from rag.evaluation.folder import Run
from rag.evaluation.render import render_comparison
from rag.evaluation.report import MEASURES, SET_MEASURES, make_report
from rag.evaluation.significance import compare_pairs
from rag.wire import Record


def compare_runs(before: Run, after: Run) -> Comparison:
    """Compare two runs over the cases that both answered.

    Raises:
        RunError: they share no case, or a case of one id is another question, or has other gold, in the other run.
    """
    left, right = ({result.case.id: result for result in run.results} for run in (before, after))
    shared = [id for id in left if id in right]
    if not shared:
        raise RunError(
            f"the runs share no case: {before.setup['name']} has {len(left)}, {after.setup['name']} {len(right)} others"
        )
    changed = [id for id in shared if left[id].case != right[id].case]
    if changed:
        raise RunError(
            f"{len(changed)} of {len(shared)} cases are not the same in both runs, such as {changed[0]!r}:"
            f" {case_record(left[changed[0]].case)} and {case_record(right[changed[0]].case)};"
            " run both over one case file"
        )
    pairs = [Pair(left[id], right[id]) for id in shared]
    left_out = len(left) - len(shared), len(right) - len(shared)
    return Comparison(before.setup, after.setup, [*_measure(pairs, before.setup, after.setup)], pairs, left_out)


def comparison_record(comparison: Comparison) -> Record:
    """Return what `compare.json` holds."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "shared": len(comparison.pairs),
        "left_out": {"before": comparison.left_out[0], "after": comparison.left_out[1]},
        "metrics": {
            each.name: {
                "before": round(each.before, 6), "after": round(each.after, 6), "n": each.n,
                "difference": round(each.after - each.before, 6),
                "test": each.test, "p": each.p and round(each.p, 6),
            }
            for each in comparison.differences
        },
        "flipped": [
            {**case_record(pair.case), "before": pair.before.answer, "after": pair.after.answer,
             "right": [pair.before.is_right, pair.after.is_right] if pair.case.has_gold else None}
            for pair in comparison.flipped
        ],
    }  # fmt: skip


def write_comparison(comparison: Comparison, folder: Path) -> None:
    """Write compare.json and compare.html.

    Raises:
        RunError: the folder cannot be written to.
    """
    record = json.dumps(comparison_record(comparison), ensure_ascii=False, indent=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "compare.json").write_text(record + "\n", encoding="utf-8")
        (folder / "compare.html").write_text(render_comparison(comparison), encoding="utf-8")
    except OSError as error:
        raise RunError(f"{folder} cannot be written to ({error.strerror}): name another folder") from error


def _measure(pairs: Sequence[Pair], before: Record, after: Record) -> Iterator[Difference]:
    reports = (
        make_report(before, [pair.before for pair in pairs]).metrics,
        make_report(after, [pair.after for pair in pairs]).metrics,
    )
    for name in (*MEASURES, *SET_MEASURES):
        if name in SET_MEASURES and all(name in metrics for metrics in reports):
            one, other = (metrics[name] for metrics in reports)
            yield Difference(name, one.value, other.value, min(one.n, other.n))
        elif all(name in metrics for metrics in reports):
            yield from _compare_scores(name, pairs)


def _compare_scores(name: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    scores = [(pair.before.scores.get(name), pair.after.scores.get(name)) for pair in pairs]
    both = [(one, other) for one, other in scores if one is not None and other is not None]
    if both:
        before, after = zip(*both, strict=True)
        yield Difference(name, float(np.mean(before)), float(np.mean(after)), len(both), *compare_pairs(before, after))
