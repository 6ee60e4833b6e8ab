"""What all figures are put together from: texts, rules, points, and the picture they make.

Down the page everything is placed in px, so that a figure's size depends on what it shows and
never on a font; across, marks follow the figure's scale. Everything is plain Vega-Lite: building
it from Altair's objects takes five times as long, and Altair reads it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comity.report.figures.labels import wrapped
from comity.report.figures.style import INK, MARGIN, SMALL, SOFT, Frame, letters_in

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


def grounded(rows: Sequence[Datum], x: Channel, **mark: Any) -> Layers:
    """Texts on a white ground, so that no line strikes them out; nothing if there are none."""
    ground: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [texts(rows, x, **mark, **extra) for extra in (ground, {})] if rows else []


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
    right: float = 0.0,
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
        "width": frame.width - left - right - 2 * MARGIN,
        "height": height,
        "padding": {
            "left": MARGIN + left,
            "right": MARGIN + right,
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
