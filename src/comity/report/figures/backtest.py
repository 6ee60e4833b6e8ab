"""Figures of a backtest: each model's error with its interval, and how its chances turned out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

from comity.backtest.results import Backtest, Scored
from comity.report.figures.canvas import (
    Datum,
    Layers,
    Specification,
    along,
    areas,
    compose,
    fixed,
    points,
    rules,
    texts,
    uprights,
)
from comity.report.figures.drawing import inline as svg
from comity.report.figures.figure import FigureSVG, Words
from comity.report.figures.labels import few
from comity.report.figures.rows import stack
from comity.report.figures.style import BLUE, FAINT, INK, LINE, SKY, Frame
from comity.report.words import capital

Score = Literal["mae", "crps"]

TITLES: Mapping[Score, str] = {
    "mae": "How far off each model is",
    "crps": "How good each model's distribution is",
}
_WHAT: Mapping[Score, str] = {
    "mae": "Mean absolute error in points of the scale",
    "crps": "Continuous ranked probability score (CRPS) in points of the scale",
}
BINS = 10


def drawn(found: Backtest) -> tuple[FigureSVG, ...]:
    """The figures of a backtest as inline SVG."""
    scores: tuple[Score, ...] = ("mae", "crps")
    made = [
        svg(f"backtest-{score}", _words(found, score), partial(_intervals, found, score))
        for score in scores
    ]
    return (*made, svg("backtest-pit", _words_of_pit(found), partial(_pit, found)))


def _shown(found: Backtest) -> list[Scored]:
    return [scored for scored in found.models.values() if scored.n]


# --- errors -------------------------------------------------------------------


def _intervals(found: Backtest, score: Score, frame: Frame) -> Specification:
    """A row a model: its score, and the interval about it; upright, the compromise."""
    shown = _shown(found)
    rows = stack(frame, [capital(model.name) for model in shown], 20, right=44.0)
    most = max((_interval(model, score)[1] for model in shown), default=1.0) * 1.03
    x = partial(along, end=most, ticks={"tickCount": 6})
    marks = [_mark(model, score, row.middle) for model, row in zip(shown, rows.rows, strict=True)]
    line = [{"at": _value(found, score), "y": 0.0, "y2": rows.height}]
    layers = [
        uprights(line, x("at"), stroke=LINE, strokeDash=[4, 3]),
        *rows.labels(),
        rules(marks, x("low"), "high", stroke=SKY, strokeWidth=5),
        points(marks, x("at"), shape="circle", size=44, fill=BLUE, stroke=BLUE),
        texts(marks, fixed(rows.width + 40), align="right"),
    ]
    return compose(
        frame,
        TITLES[score],
        layers,
        left=rows.left,
        right=rows.right,
        height=rows.height,
        bottom=26,
    )


def _value(found: Backtest, score: Score) -> float:
    return found.models["compromise"].values.get(score, 0.0)


def _interval(model: Scored, score: Score) -> tuple[float, float]:
    value = model.values[score]
    return model.interval[score] or (value, value)


def _mark(model: Scored, score: Score, y: float) -> Datum:
    low, high = _interval(model, score)
    value = model.values[score]
    return {"y": y, "at": value, "low": low, "high": high, "text": f"{value:.1f}"}


def _words(found: Backtest, score: Score) -> Words:
    sure = (
        "; the bars are 95 % intervals from a bootstrap over proposals"
        if any(model.interval[score] for model in _shown(found))
        else ""
    )
    caption = f"{_WHAT[score]}, less is better{sure}. The dashed line is the compromise."
    said = [f"{model.name} {model.values[score]:.1f}" for model in _shown(found)]
    return Words(TITLES[score], caption, f"{_WHAT[score]}: {few(said, 20)}.")


# --- calibration --------------------------------------------------------------


def _pit(found: Backtest, frame: Frame) -> Specification:
    """A row a model: how many outcomes fell into each tenth of its distribution."""
    shown = _shown(found)
    rows = stack(frame, [capital(model.name) for model in shown], 30)
    bars = [
        bar for model, row in zip(shown, rows.rows, strict=True) for bar in _bars(model, row.middle)
    ]
    even = [{"y": row.middle + 14 - 14.0, "from": 0.0, "to": 1.0} for row in rows.rows]
    x = partial(along, end=1, ticks={"values": [0, 0.1, 0.5, 0.9, 1], "format": ".1f"})
    layers: Layers = [
        *rows.labels(),
        areas([bar for bar in bars if bar["inner"]], x("from"), "to", color=SKY),
        areas([bar for bar in bars if not bar["inner"]], x("from"), "to", color=BLUE),
        rules(even, x("from"), "to", stroke=INK, strokeDash=[3, 3], strokeWidth=1),
        rules(
            [{"y": row.middle + 14, "from": 0.0, "to": 1.0} for row in rows.rows],
            x("from"),
            "to",
            stroke=FAINT,
        ),
    ]
    return compose(
        frame, "Where outcomes fell", layers, left=rows.left, height=rows.height, bottom=26
    )


def _bars(model: Scored, middle: float) -> list[Datum]:
    """One bar a tenth; half the lane is as many outcomes as a perfect distribution would have."""
    values = [on.pit for on in model.issues if on is not None]
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS), BINS - 1)] += 1
    foot = middle + 14
    return [
        {
            "from": k / BINS + 0.004,
            "to": (k + 1) / BINS - 0.004,
            "y": foot - min(14.0 * count * BINS / len(values), 29.0),
            "y2": foot,
            "inner": 0 < k < BINS - 1,
        }
        for k, count in enumerate(counts)
    ]


def _words_of_pit(found: Backtest) -> Words:
    caption = (
        "For each model, how many outcomes fell into each tenth of its distribution, from its "
        "lowest to its highest (randomised PIT). The dashed line is what a perfect distribution "
        "would show; dark bars at the ends that rise above it are outcomes it held unlikely. Bars "
        "are cut off at twice that."
    )
    said = [f"{model.name} {model.values['coverage_80'] * 100:.0f} %" for model in _shown(found)]
    alt = f"Share of outcomes in the central 80 % of each distribution: {few(said, 20)}."
    return Words("Where outcomes fell in each distribution", caption, alt)
