"""What all figures are put together from: rows with labels, texts, rules, points.

Down the page everything is placed in px, so that a figure's size depends on what it shows and
never on a font; across, marks follow the figure's scale. Everything is plain Vega-Lite: building
it from Altair's objects takes five times as long, and Altair reads it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

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

Datum = dict[str, Any]
"""What one mark shows, by field."""

Channel = dict[str, Any]
"""Where a mark stands or how it is shaded: a field with its scale, or one value for all."""

Layer = dict[str, Any]
Layers = list[Layer]
Specification = dict[str, Any]
"""A whole picture in Vega-Lite."""

PERCENT_TICK = "format(datum.value * 100, '.3~f') + ' %'"
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
        ends = fixed(-self.left), fixed(self.width)
        between = [rules(edges, *ends, stroke=FAINT)] if edges else []
        return between + [self._names(heading) for heading in (False, True) if self._has(heading)]

    def _has(self, heading: bool) -> bool:
        return any(row.heading is heading for row in self.rows)

    def _names(self, heading: bool) -> Layer:
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
            fixed(at),
            align="right" if beside else "left",
            size=TEXT,
            fontWeight="bold" if heading else "normal",
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


def fixed(px: float) -> Channel:
    """The same place across for every mark, in px."""
    return {"value": px}


def down(field: str = "y") -> Channel:
    """A place down the page, in px."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def across(field: str = "px") -> Channel:
    """A place across the page, in px."""
    return down(field)


def along(field: str, end: float, ticks: Mapping[str, Any]) -> Channel:
    """A place on a scale from 0 to ``end`` that spans the figure, with its axis."""
    axis = {"title": None, "grid": False} | dict(ticks)
    scale = {"domain": [0, end], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def share_axis(field: str) -> Channel:
    """A share of draws across the figure, with ticks at half and four fifths."""
    return along(field, 1, {"values": [0, 0.2, 0.5, 0.8, 1], "labelExpr": PERCENT_TICK})


def _layer(kind: str, rows: Iterable[Datum], mark: Mapping[str, Any], **channels: Any) -> Layer:
    given = {name: value for name, value in mark.items() if value is not None}
    return {
        "data": {"values": list(rows)},
        "mark": {"type": kind} | given,
        "encoding": channels,
    }


def texts(
    rows: Iterable[Datum],
    x: Channel,
    *,
    align: str = "left",
    size: int = SMALL,
    colour: str = INK,
    **mark: Any,
) -> Layer:
    """Texts at their ``y``, the middle of their line."""
    given = {"baseline": "middle", "align": align, "fontSize": size, "color": colour} | mark
    text = {"field": "text", "type": "nominal"}
    return _layer("text", rows, given, x=x, y=down(), text=text)


def rules(rows: Iterable[Datum], x: Channel, x2: Channel | str, **mark: Any) -> Layer:
    """Straight lines at ``y`` from ``x`` to ``x2``; bars, if thick."""
    return _layer("rule", rows, mark, x=x, x2=_end(x2), y=down())


def uprights(rows: Iterable[Datum], x: Channel, **mark: Any) -> Layer:
    """Upright lines at ``x`` from ``y`` to ``y2``."""
    return _layer("rule", rows, mark, x=x, y=down(), y2={"field": "y2"})


def areas(
    rows: Iterable[Datum],
    x: Channel,
    x2: Channel | str,
    *,
    fill: Channel | None = None,
    **mark: Any,
) -> Layer:
    """Rectangles from ``x`` to ``x2`` and from ``y`` to ``y2``."""
    shade = {} if fill is None else {"fill": fill}
    return _layer("rect", rows, mark, x=x, x2=_end(x2), y=down(), y2={"field": "y2"}, **shade)


def points(rows: Iterable[Datum], x: Channel, **mark: Any) -> Layer:
    """Points at ``y``."""
    return _layer("point", rows, {"opacity": 1, "strokeWidth": 1.6} | mark, x=x, y=down())


def curve(rows: Iterable[Datum], x: Channel, **mark: Any) -> Layer:
    """A line through the points of each ``part``."""
    part = {"field": "part", "type": "nominal"}
    return _layer("line", rows, mark, x=x, y=down(), detail=part)


def _end(channel: Channel | str) -> Channel:
    """The far end of a mark, a field or a place; it takes its scale from the near end."""
    if isinstance(channel, str):
        return {"field": channel}
    return {name: channel[name] for name in ("field", "value") if name in channel}


def compose(
    frame: Frame,
    title: str,
    layers: Sequence[Layer],
    *,
    left: float,
    height: float,
    top: float = 0.0,
    bottom: float = 0.0,
) -> Specification:
    """Layers in one picture of the frame's width, with room above and below the marks."""
    head = wrapped(title, letters_in(frame.width - 2 * MARGIN, 14)) if frame.titled else ()
    above = MARGIN + top + 18 * len(head) + 6 * bool(head)
    heading = [{"text": line, "y": 14 - above + 18 * k} for k, line in enumerate(head)]
    named = [texts(heading, fixed(-left), size=14, fontWeight="bold")] if head else []
    return {
        "layer": [*named, *layers],
        "width": frame.width - left - 2 * MARGIN,
        "height": height,
        "padding": {
            "left": MARGIN + left,
            "right": MARGIN,
            "top": above,
            "bottom": MARGIN + bottom,
        },
        "autosize": {"type": "none"},
        "background": "white",
        "config": CONFIG,
    }


CONFIG = {
    "aria": False,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "labelColor": INK,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "domainColor": INK,
        "tickColor": INK,
        "labelOverlap": False,
        "labelFlush": False,
    },
}
