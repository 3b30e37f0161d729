"""Reports as pages: one file each, with nothing to fetch. Every value is escaped, wherever it comes from."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.article import format_date
from rag.errors import RunError
from rag.evaluation.compare import Comparison, comparison_record
from rag.evaluation.judging import Fault, Result
from rag.evaluation.plots import BARS, BOTTOM, LEFT, RIGHT, TOP, draw_plots
from rag.evaluation.report import LESS_IS_BETTER, NAMES, Report
from rag.wire import Record

MOST_CASES = 200
"""Cases that a page shows; results.jsonl has all of them."""
FIRST_CASES = 10
"""Cases that a page shows before anything else."""
GROUPS = {
    "Answers": ("correct", "exact_match", "token_f1", "containment", "answered"),
    "Quotes": ("evidence_precision", "evidence_recall", "evidence_f1", "citation_correctness"),
    "Articles found": ("recall@1", "recall@5", "recall@10", "mrr@10"),
    "Knowing what is not there": ("abstention_precision", "abstention_recall", "abstention_auroc"),
    "Confidence": ("aurc", "calibration_error"),
    "Speed": ("seconds_p50", "seconds_p95", "cases_per_second"),
}


PARTS_STYLE = (Path(__file__).parent / "templates" / "parts.css").read_text("utf-8")
"""How the parts look within an element of the class `report`, in the colours `--card`, `--ink`, `--accent`, ..."""


def render_report(report: Report, results: Sequence[Result], titles: Mapping[str, str]) -> str:
    """Return the page of a run; `titles` names articles by their ids."""
    worst = sorted(results, key=rank_result)[:MOST_CASES]
    return _render("report.html", **_summarize(report), results=worst, titles=titles, first=FIRST_CASES)


def render_summary(report: Report) -> str:
    """Return the measures and plots of a run, a part of a page."""
    return _render("summary.html", **_summarize(report))


def render_case(result: Result, titles: Mapping[str, str]) -> str:
    """Return one case with what was expected and answered, a part of a page."""
    return _render("one_case.html", result=result, titles=titles)


def render_comparison(comparison: Comparison) -> str:
    """Return the page of a comparison."""
    return _render("compare.html", **_list_flipped(comparison))


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


def render_differences(comparison: Comparison) -> str:
    """Return the measures of both runs and the answers that flipped, a part of a page."""
    return _render("differences.html", **_list_flipped(comparison))


def rank_result(result: Result) -> tuple[int, float, str]:
    """Order results, worst first: confidently wrong, then wrongly withheld, then right, then without gold."""
    if result.fault:
        is_withheld = result.fault is Fault.ABSTAINED or not result.is_found
        return int(is_withheld), -result.confidence, result.case.id
    return (2 if result.case.has_gold else 3), result.confidence, result.case.id


def split_span(text: str, span: str) -> tuple[str, str, str]:
    """Return the text before, in and after the span; all of it before, where it does not stand there."""
    before, found, after = text.partition(span) if span else (text, "", "")
    return before, found, after


def describe_quote(quote: Record) -> str:
    """Return the source of a quote in one line."""
    published = quote["published"] and format_date(datetime.fromisoformat(quote["published"]).date())
    return ", ".join(filter(None, (quote["title"] or quote["article"], quote["outlet"], published)))


def _summarize(report: Report) -> dict[str, object]:
    groups = {
        group: [(NAMES[name], report.metrics[name], name in LESS_IS_BETTER) for name in names if name in report.metrics]
        for group, names in GROUPS.items()
    }
    return {"report": report, "groups": groups, "plots": draw_plots(report)}


def _list_flipped(comparison: Comparison) -> dict[str, object]:
    return {"comparison": comparison, "flipped": comparison.flipped[:MOST_CASES], "names": NAMES}


def _number(value: float) -> str:
    return f"{value:.3f}"


def _day(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{format_date(moment.date())}, {moment:%H:%M}"


def _render(template: str, **values: object) -> str:
    return _ENVIRONMENT.get_template(template).render(**values)


_ENVIRONMENT = Environment(
    loader=PackageLoader("rag.evaluation"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(number=_number, day=_day, source=describe_quote, split_span=split_span)
_ENVIRONMENT.globals.update(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM, bar_width=(RIGHT - LEFT) / BARS - 1)
