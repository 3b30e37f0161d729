"""The parts of the evaluation page as HTML. Measures, plots and cases look as in the report of a run."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from corpus.article import format_date
from rag.evaluation.compare import Comparison
from rag.evaluation.folder import Run
from rag.evaluation.judging import Result
from rag.evaluation.render import (
    FIRST_CASES,
    MOST_CASES,
    rank_result,
    render_case,
    render_differences,
    render_summary,
)
from rag.evaluation.report import NAMES, make_report
from rag.web.evaluation.case_sets import SAVED
from rag.web.evaluation.runs import HEADLINES, Entry
from rag.web.render import render


def render_start(sets: Sequence[str], chosen: str, problems: Sequence[str], *, is_busy: bool) -> str:
    """Return the form that begins a run, with what is wrong with an uploaded file, or why no run could begin.

    Args:
        sets: Names of the case sets.
        chosen: The case set that the form shows.
        problems: What is wrong, a line each.
        is_busy: Whether a run is under way, so that none can begin.
    """
    return render("evaluation/start.html", sets=sets, chosen=chosen, problems=problems, is_busy=is_busy, saved=SAVED)


def render_runs(entries: Sequence[Entry], opened: str) -> str:
    """Return the list of runs, in which the run `opened` is highlighted."""
    headlines = {name: NAMES[name] for name in HEADLINES}
    return render("evaluation/runs.html", entries=entries, opened=opened, headlines=headlines, moment=describe_moment)


def render_run(entry: Entry, run: Run, others: Sequence[Entry]) -> str:
    """Return a run: its measures, plots and cases, and the forms that compare it with `others`, pack or delete it."""
    report = make_report(run.setup, run.results)
    return render(
        "evaluation/run.html",
        entry=entry,
        report=report,
        summary=Markup(render_summary(report)) if run.results else "",
        results=sorted(run.results, key=rank_result)[:MOST_CASES],
        first=FIRST_CASES,
        others=others,
        moment=describe_moment,
    )


def render_unreadable(entry: Entry, message: str) -> str:
    """Return a run that cannot be read: why, and the buttons that pack or delete it."""
    return render("evaluation/unreadable.html", entry=entry, message=message)


def render_problem(message: str, name: str = "") -> str:
    """Return what stands in the place of a run that cannot be shown or compared; a button leads to the run `name`."""
    return render("evaluation/problem.html", message=message, name=name)


def render_comparison(comparison: Comparison, name: str) -> str:
    """Return a comparison, with a button that leads back to the run `name`."""
    return render(
        "evaluation/comparison.html",
        comparison=comparison,
        name=name,
        differences=Markup(render_differences(comparison)),
        moment=describe_moment,
    )


def render_result(result: Result, titles: Mapping[str, str]) -> str:
    """Return one case: what was expected, what was answered, and where it failed. `titles`: article id -> title."""
    return render("evaluation/case.html", card=Markup(render_case(result, titles)))


def describe_moment(value: str) -> str:
    """Return an ISO moment in words: "1 March 2024, 12:30"."""
    moment = datetime.fromisoformat(value)
    return f"{format_date(moment.date())}, {moment:%H:%M}"
