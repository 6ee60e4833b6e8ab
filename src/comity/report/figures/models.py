"""Models side by side on one item: each model's point, and where its answers lie."""

from __future__ import annotations

from functools import partial

from comity.ensemble.comparison import Comparison, ModelView
from comity.report.figures.canvas import (
    Layers,
    Specification,
    along,
    compose,
    fixed,
    points,
    rules,
    texts,
    uprights,
)
from comity.report.figures.drawing import inline
from comity.report.figures.figure import FigureSVG, Words
from comity.report.figures.labels import few
from comity.report.figures.rows import stack
from comity.report.figures.style import BLUE, LINE, SKY, VERMILLION, Frame
from comity.report.sentences.models_words import text_told, unit_of
from comity.report.words import capital, title_of

FEWEST = 2
"""Models below which there is nothing to set side by side."""


def drawn(comparison: Comparison, item: str) -> FigureSVG | None:
    """The models on an item as inline SVG; None on options, and for fewer than two answers."""
    shown = _shown(comparison, item)
    if len(shown) < FEWEST:
        return None
    words = _words(comparison, item, shown)
    return inline("models", words, partial(_chart, comparison, item, shown), item)


def _shown(comparison: Comparison, item: str) -> list[ModelView]:
    """The models that answer with a point on the scale."""
    views = comparison.items[item].models.values()
    return [view for view in views if view.answered and isinstance(view.point, float)]


def _chart(
    comparison: Comparison, item: str, shown: list[ModelView], frame: Frame
) -> Specification:
    """A row a model: a bar from its 10th to its 90th percentile, and its point on it."""
    rows = stack(frame, [capital(view.title) for view in shown], 10, right=36.0)
    x = partial(along, end=100, ticks={"tickCount": 6})
    marks = [
        {
            "y": row.middle,
            "at": view.point,
            "low": view.low,
            "high": view.high,
            "text": _told(comparison, item, view),
        }
        for view, row in zip(shown, rows.rows, strict=True)
    ]
    layers: Layers = [
        *_texts_marked(comparison, item, rows.height),
        *rows.labels(),
        rules(marks, x("low"), "high", stroke=SKY, strokeWidth=5),
        points(marks, x("at"), shape="circle", size=44, fill=BLUE, stroke=BLUE),
        texts(marks, fixed(rows.width + 32), align="right"),
    ]
    title = _title(item)
    return compose(
        frame, title, layers, left=rows.left, right=rows.right, height=rows.height, bottom=26
    )


def _texts_marked(comparison: Comparison, item: str, height: float) -> Layers:
    """Upright lines at the reversion and the tabled draft."""
    entry = comparison.items[item]
    x = partial(along, end=100, ticks={"tickCount": 6})
    looks = ((entry.reversion, LINE, None), (entry.tabled, VERMILLION, [5, 3]))
    return [
        uprights(
            [{"at": text, "y": 0.0, "y2": height}],
            x("at"),
            stroke=colour,
            strokeDash=dash,
            strokeWidth=1.6,
        )
        for text, colour, dash in looks
        if isinstance(text, float)
    ]


def _title(item: str) -> str:
    return f"Models on {title_of(item)}"


def _told(comparison: Comparison, item: str, view: ModelView) -> str:
    """A model's point with the decimals that the table gives it."""
    assert isinstance(view.point, float)
    unit = unit_of(comparison.dossier, item)
    if view.low is not None and view.high is not None:
        unit = unit.over(view.low, view.high)
    return unit.number(view.point)


def _words(comparison: Comparison, item: str, shown: list[ModelView]) -> Words:
    entry, dossier = comparison.items[item], comparison.dossier
    told = ["Dots: each model's point; bars: 10 to 90 % of its answers"]
    if isinstance(entry.reversion, float):
        back = text_told(dossier, item, "reversion")
        told.append(f"upright line: what holds if nothing is decided, {back}")
    if isinstance(entry.tabled, float):
        told.append(f"dashed line: the tabled draft, {text_told(dossier, item, 'tabled')}")
    said = [f"{view.title} {_told(comparison, item, view)}" for view in shown]
    return Words(_title(item), "; ".join(told) + ".", f"Points of the models: {few(said, 20)}.")
