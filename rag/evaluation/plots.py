"""Plots as places on a canvas; the templates draw them as SVG, in the colours of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.report import Report

LEFT, RIGHT, TOP, BOTTOM = 44.0, 350.0, 14.0, 204.0
"""Edges of the plotted area on a canvas of 372 by 250."""
BARS = 24
_SHARES = tuple((share, f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0))

Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, bar or rule with what it says when pointed at."""

    x: float
    y: float
    size: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot; ticks are places on the canvas with what to write there."""

    title: str
    caption: str
    x_label: str
    y_label: str
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    line: Sequence[tuple[float, float]] = ()
    diagonal: bool = False
    dots: Sequence[Mark] = ()
    bars: Sequence[Mark] = ()
    rules: Sequence[Mark] = ()


def draw_plots(report: Report) -> list[Plot]:
    """Return the plots for which there is anything to draw."""
    curves = report.curves
    plots = []
    if len(curves.risk) > 1:
        plots.append(_draw_risk(curves.risk))
    if curves.calibration:
        plots.append(_draw_calibration(curves.calibration))
    if curves.seconds:
        plots.append(_draw_seconds(report))
    return plots


def _draw_risk(points: Sequence[tuple[float, float]]) -> Plot:
    return Plot(
        "Risk and coverage",
        "Were only the most confident answers given: how many of them would be wrong. Lower is better.",
        "questions answered, most confident first",
        "wrong",
        _across(_SHARES),
        _up(_SHARES),
        line=[(_x(coverage), _y(risk)) for coverage, risk in points],
    )


def _draw_calibration(bins: Sequence[tuple[float, float, int]]) -> Plot:
    most = max(count for *_, count in bins)
    return Plot(
        "Calibration",
        "How often answers of one confidence are right: on the diagonal, as often as they say. Large dots: many.",
        "confidence",
        "right",
        _across(_SHARES),
        _up(_SHARES),
        diagonal=True,
        dots=[
            Mark(
                _x(sure),
                _y(right),
                3 + 7 * (count / most) ** 0.5,
                f"{count} answers: {sure:.0%} sure, {right:.0%} right",
            )
            for sure, right, count in bins
        ],
    )


def _draw_seconds(report: Report) -> Plot:
    seconds = report.curves.seconds
    counts, edges = np.histogram(seconds, bins=BARS, range=(0.0, max(seconds) or 1.0))
    limit, most = float(edges[-1]), int(counts.max())
    rules = [(report.metrics["seconds_p50"].value, "p50"), (report.metrics["seconds_p95"].value, "p95")]
    return Plot(
        "Seconds",
        "How long the answers took, each while others were being worked on.",
        "seconds",
        "answers",
        _across((share, f"{share * limit:.2g}") for share, _ in _SHARES),
        _up([(0.0, "0"), (1.0, str(most))]),
        bars=[
            Mark(
                _x(edge / limit),
                _y(count / most),
                BOTTOM - _y(count / most),
                f"{count} answers in {edge:.2f} s or more",
            )
            for edge, count in zip(edges[:-1].tolist(), counts.tolist(), strict=True)
            if count
        ],
        rules=[Mark(_x(value / limit), TOP, 0.0, f"{name} {value:.2f} s") for value, name in rules],
    )


def _x(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _across(ticks: Iterable[Tick]) -> list[Tick]:
    return [(_x(share), label) for share, label in ticks]


def _up(ticks: Iterable[Tick]) -> list[Tick]:
    return [(_y(share), label) for share, label in ticks]
