"""How the command line shows reports and comparisons to people."""

from rich.table import Table
from rich.text import Text

from rag.cli.terminal import OUT
from rag.evaluation.compare import Comparison, Pair
from rag.evaluation.report import NAMES, Report

MOST_FLIPPED = 20
_LONGEST_ANSWER = 160


def print_report(report: Report) -> None:
    """Print the run in one sentence, then the measures with their intervals, those by kind too, and the faults."""
    OUT.print(Text(report.headline, style="bold"))
    named = [(NAMES[name], metric) for name, metric in report.metrics.items()]
    named += [(f"Right, of kind {kind.replace('_', ' ')}", share) for kind, share in report.kinds.items()]
    table = _make_table("measure", "value", "95 % interval", "n")
    for name, metric in named:
        interval = "{:.3f} to {:.3f}".format(*metric.interval) if metric.interval else ""
        table.add_row(name, f"{metric.value:.3f}", interval, str(metric.n))
    OUT.print(table)
    for fault, count in report.faults.items():
        OUT.print(Text(f"{count:>5}  {fault}"))


def print_comparison(comparison: Comparison) -> None:
    """Print both values of every measure, and the answers that flipped, side by side."""
    table = _make_table("measure", "before", "after", "difference", "p", "n")
    for each in comparison.differences:
        style = ("green" if each.is_better else "red") if each.is_significant else ""
        p = "" if each.p is None else f"{each.p:.3f}"
        change = f"{each.after - each.before:+.3f}"
        table.add_row(NAMES[each.name], f"{each.before:.3f}", f"{each.after:.3f}", change, p, str(each.n), style=style)
    OUT.print(table)
    OUT.print(describe_shared(comparison))
    if comparison.flipped:
        OUT.print(_tabulate_flipped(comparison))


def describe_shared(comparison: Comparison) -> str:
    """Return how many cases were compared and how many answers flipped, in one sentence."""
    before, after = comparison.left_out
    left_out = f", {before} only in the first run and {after} only in the second left out" if before or after else ""
    return f"{len(comparison.pairs)} cases compared{left_out}; {len(comparison.flipped)} flipped."


def _tabulate_flipped(comparison: Comparison) -> Table:
    table = Table(show_lines=True)
    for title in ("case", "before", "after"):
        table.add_column(title, ratio=1, overflow="fold")
    for pair in comparison.flipped[:MOST_FLIPPED]:
        table.add_row(Text(f"{pair.case.id}\n{pair.case.question}"), *_describe_pair(pair))
    if len(comparison.flipped) > MOST_FLIPPED:
        table.caption = f"and {len(comparison.flipped) - MOST_FLIPPED} more: --output writes them all"
    return table


def _describe_pair(pair: Pair) -> list[Text]:
    cells = []
    for result in (pair.before, pair.after):
        text = result.answer["answer"]
        cells.append(
            Text(
                text if len(text) <= _LONGEST_ANSWER else f"{text[:_LONGEST_ANSWER]}…",
                style="green" if result.is_right else "red" if pair.case.has_gold else "",
            )
        )
    return cells


def _make_table(first: str, *numbers: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(first, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table
