"""What all figures are put together from: rows with labels, texts, rules, points.

Down the page everything is placed in px, so that a figure's size depends on what it shows and
never on a font; across, marks follow the figure's scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import altair as alt

from comity.report.figures.labels import wrapped
from comity.report.figures.style import (
    FAINT,
    INK,
    LEADING,
    SMALL,
    SOFT,
    TEXT,
    Frame,
    letters_in,
    width_of,
)

Layers = list[alt.Chart]
Datum = dict[str, Any]
WIDEST_LABEL = 170
"""Room for labels beside the rows of a wide figure, in px."""

MARGIN = 12


@dataclass(frozen=True)
class Row:
    """One row: its label in lines, its upper edge, the middle of its marks and its height."""

    lines: tuple[str, ...]
    top: float
    middle: float
    height: float
    heading: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows under each other, their labels beside them or, in a narrow figure, above."""

    frame: Frame
    left: float
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        return self.rows[-1].top + self.rows[-1].height if self.rows else 0.0

    @property
    def width(self) -> float:
        """Room for the marks, in px."""
        return self.frame.width - self.left - 2 * MARGIN

    def labels(self) -> Layers:
        """The labels, and a fine line between rows."""
        edges = [{"y": row.top} for row in self.rows[1:]]
        ends = alt.value(-self.left), alt.value(self.width)
        between = [rules(edges, *ends, stroke=FAINT)] if edges else []
        return between + [self._names(heading) for heading in (False, True) if self._has(heading)]

    def _has(self, heading: bool) -> bool:
        return any(row.heading is heading for row in self.rows)

    def _names(self, heading: bool) -> alt.Chart:
        placed = [
            {"text": line, "y": y}
            for row in self.rows
            if row.heading is heading
            for line, y in zip(row.lines, self._baselines(row), strict=True)
        ]
        beside = not (self.frame.narrow or heading)
        at = -10.0 if beside else -self.left
        return texts(
            placed,
            alt.value(at),
            align="right" if beside else "left",
            size=TEXT,
            weight="bold" if heading else "normal",
        )

    def _baselines(self, row: Row) -> Iterable[float]:
        if self.frame.narrow or row.heading:
            return (row.top + 10 + LEADING * k for k in range(len(row.lines)))
        first = row.middle - LEADING * (len(row.lines) - 1) / 2
        return (first + LEADING * k for k in range(len(row.lines)))


def stack(frame: Frame, labels: Sequence[str], lane: float, headings: Sequence[bool] = ()) -> Rows:
    """Rows with these labels; each gives its marks a lane of so many px, a heading none."""
    heads = headings or [False] * len(labels)
    beside = [label for label, head in zip(labels, heads, strict=True) if not head]
    asked = max((width_of(label, TEXT) for label in beside), default=0.0) + 14
    left = 0.0 if frame.narrow else min(max(asked, 60.0), WIDEST_LABEL)
    room = letters_in(frame.width - 2 * MARGIN if frame.narrow else left - 12, TEXT)
    whole = letters_in(frame.width - 2 * MARGIN, TEXT)
    made = [
        _row(frame, wrapped(label, whole if head else room), lane, head)
        for label, head in zip(labels, heads, strict=True)
    ]
    tops = [0.0, *accumulate(row.height for row in made)]
    return Rows(
        frame, left, tuple(_lowered(row, top) for row, top in zip(made, tops, strict=False))
    )


def _row(frame: Frame, lines: tuple[str, ...], lane: float, heading: bool) -> Row:
    written = float(LEADING * len(lines))
    if heading:
        return Row(lines, 0.0, written / 2, written + 6, heading=True)
    if frame.narrow:
        return Row(lines, 0.0, written + 3 + lane / 2, written + lane + 8)
    height = max(lane, written) + 6
    return Row(lines, 0.0, height / 2, height)


def _lowered(row: Row, by: float) -> Row:
    return Row(row.lines, by, row.middle + by, row.height, row.heading)


def table(rows: Iterable[Datum]) -> alt.InlineData:
    """Rows as the data of a mark."""
    return alt.InlineData(values=list(rows))


def down(field: str = "y") -> alt.Y:
    """A place down the page, in px."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def across(field: str = "px") -> alt.X:
    """A place across the page, in px."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def share_axis(field: str) -> alt.X:
    """A share of draws across the figure, with ticks at half and four fifths."""
    ticks = alt.Axis(values=[0, 0.2, 0.5, 0.8, 1], format=".0%", title=None, grid=False)
    return alt.X(f"{field}:Q").scale(domain=[0, 1], nice=False).axis(ticks)


def texts(
    rows: Iterable[Datum],
    x: Any,
    *,
    align: Any = "left",
    size: int = SMALL,
    colour: str = INK,
    weight: Any = "normal",
    dx: float = 0.0,
) -> alt.Chart:
    """Texts at their ``y``, the middle of their line."""
    chart: Any = alt.Chart(table(rows))
    chart = chart.mark_text(
        baseline="middle", align=align, fontSize=size, color=colour, fontWeight=weight, dx=dx
    )
    drawn: alt.Chart = chart.encode(x=x, y=down(), text="text:N")
    return drawn


def rules(rows: Iterable[Datum], x: Any, x2: Any, **mark: Any) -> alt.Chart:
    """Straight lines at ``y`` from ``x`` to ``x2``; bars, if thick."""
    chart: Any = alt.Chart(table(rows))
    drawn: alt.Chart = chart.mark_rule(**mark).encode(x=x, x2=x2, y=down())
    return drawn


def uprights(rows: Iterable[Datum], x: Any, **mark: Any) -> alt.Chart:
    """Upright lines at ``x`` from ``y`` to ``y2``."""
    chart: Any = alt.Chart(table(rows))
    drawn: alt.Chart = chart.mark_rule(**mark).encode(x=x, y=down(), y2="y2")
    return drawn


def areas(rows: Iterable[Datum], x: Any, x2: Any, *, fill: Any = None, **mark: Any) -> alt.Chart:
    """Rectangles from ``x`` to ``x2`` and from ``y`` to ``y2``."""
    chart: Any = alt.Chart(table(rows))
    shade = {} if fill is None else {"fill": fill}
    drawn: alt.Chart = chart.mark_rect(**mark).encode(x=x, x2=x2, y=down(), y2="y2", **shade)
    return drawn


def points(rows: Iterable[Datum], x: Any, **mark: Any) -> alt.Chart:
    """Points at ``y``."""
    chart: Any = alt.Chart(table(rows))
    given = {"opacity": 1.0, "strokeWidth": 1.6} | mark
    drawn: alt.Chart = chart.mark_point(**given).encode(x=x, y=down())
    return drawn


def curve(rows: Iterable[Datum], x: Any, **mark: Any) -> alt.Chart:
    """A line through the points of each ``part``."""
    chart: Any = alt.Chart(table(rows))
    drawn: alt.Chart = chart.mark_line(**mark).encode(x=x, y=down(), detail="part:N")
    return drawn


def compose(
    frame: Frame,
    title: str,
    layers: Layers,
    *,
    left: float,
    height: float,
    top: float = 0.0,
    bottom: float = 0.0,
) -> alt.LayerChart:
    """Layers in one picture of the frame's width, with room above and below the marks."""
    head = wrapped(title, letters_in(frame.width - 2 * MARGIN, 14)) if frame.titled else ()
    room = {
        "left": MARGIN + left,
        "right": MARGIN,
        "top": MARGIN + top + 18 * len(head) + 6 * bool(head),
        "bottom": MARGIN + bottom,
    }
    heading = [
        texts(
            [{"text": line, "y": 8 - room["top"] + 6 + 18 * k} for k, line in enumerate(head)],
            alt.value(-left),
            size=14,
            weight="bold",
        )
    ]
    whole: Any = alt.layer(*(heading if head else []), *layers)
    composed: alt.LayerChart = (
        whole.properties(
            width=frame.width - left - 2 * MARGIN,
            height=height,
            padding=room,
            autosize=alt.AutoSizeParams(type="none"),
            background="white",
        )
        .configure(aria=False, font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=SMALL,
            titleFontSize=SMALL,
            labelColor=INK,
            titleColor=SOFT,
            titleFontWeight="normal",
            domainColor=INK,
            tickColor=INK,
            gridColor=FAINT,
            labelOverlap=False,
            labelFlush=False,
        )
    )
    return composed
