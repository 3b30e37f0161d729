"""Measure answers on the development sets, end to end: `python -m benchmarks.quality DATA_FOLDER`.

All questions of each set are asked of the product, over all articles of the set. Prints a table and writes
`results/quality.md`; the runs, with their reports, are kept beside the sets' libraries.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks.sets import NAMES, RESULTS, open_set, read_cases
from rag.assembly import prepare_batches
from rag.evaluation.folder import RunFolder
from rag.evaluation.judging import Result
from rag.evaluation.report import NAMES as MEASURES
from rag.evaluation.report import Report, make_report
from rag.evaluation.run import open_evaluation
from rag.evaluation.significance import Estimate

FILE = RESULTS / "quality.md"
HEAD = """# Quality

`make bench-quality DATA=...`: the product itself, open retrieval over all articles of each set; docs/evaluation.md says
what is measured. Seconds are those of questions asked two at a time. Weights and limits of the confidence were fitted
on these same sets, of xquad-en on every fourth question.

| set | measure | value | 95 % interval | n |
|---|---|---|---|---|
"""

POOLED = "calibration_error"  # also measured over the questions of all sets together
COVERAGES = (0.2, 0.4, 0.6, 0.8, 1.0)
RISK_HEAD = f"""
Risk and coverage: of the share of questions whose answers are surest, how many are answered wrongly.

| set | {" | ".join(f"{coverage:.0%}" for coverage in COVERAGES)} |
|---|{"---|" * len(COVERAGES)}
"""


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help=f"folder that holds {', '.join(NAMES)}")
    folder = parser.parse_args().data
    runs = {name: measure(folder / name) for name in NAMES}
    reports = {name: report for name, (report, _) in runs.items()}
    lines = [line for name, report in reports.items() for line in describe(name, report.metrics)]
    pooled = make_report({}, [result for _, results in runs.values() for result in results])
    lines += describe("all", {POOLED: pooled.metrics[POOLED]})
    risks = [describe_risk(name, report) for name, report in reports.items()]
    FILE.write_text("\n".join([HEAD.rstrip(), *lines, RISK_HEAD.rstrip(), *risks, ""]), encoding="utf-8")
    print(FILE.read_text("utf-8"))


def measure(folder: Path) -> tuple[Report, list[Result]]:
    """Ask the questions of a set and return the report and what it is about."""
    cases = read_cases(folder)
    with open_set(folder) as (settings, library):
        runs = RunFolder.choose(settings.home / "runs", "quality")
        prepare = prepare_batches(settings, library)
        evaluation = open_evaluation(folder.name, cases, library.catalog, prepare, runs)
        for _ in evaluation.run():
            continue
        return evaluation.finish(), evaluation.results


def describe(name: str, metrics: Mapping[str, Estimate]) -> list[str]:
    """Return the lines of the table for a set."""
    return [
        f"| {name} | {MEASURES[measured]} | {metric.value:.3f} |"
        f" {'{:.3f} to {:.3f}'.format(*metric.interval) if metric.interval else ''} | {metric.n} |"
        for measured, metric in metrics.items()
    ]


def describe_risk(name: str, report: Report) -> str:
    """Return the line of the table of risks for a set."""
    risks = [min(report.curves.risk, key=lambda point: abs(point[0] - coverage))[1] for coverage in COVERAGES]
    return f"| {name} | {' | '.join(f'{risk:.3f}' for risk in risks)} |"


if __name__ == "__main__":
    main()
