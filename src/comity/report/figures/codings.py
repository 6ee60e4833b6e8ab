"""The rival codings side by side: what each answers on every item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.ensemble.results import Forecast, Verdict
from comity.report.figures.canvas import (
    Datum,
    Layers,
    Specification,
    compose,
    fixed,
    points,
    rules,
    share_axis,
    texts,
)
from comity.report.figures.figure import Words
from comity.report.figures.legend import Key, Legend
from comity.report.figures.rows import Rows, stack
from comity.report.figures.style import BLUE, LINE, SOFT, VERMILLION, Frame
from comity.report.words import percent, percents, title_of

COLUMNS = {"tabled": 84.0, "any": 72.0}
"""Columns of figures at the right of a wide figure, with their widths in px."""

BASE = "The dossier itself"


ANY = {"shape": "circle", "size": 80, "fill": "white", "stroke": BLUE}
TABLED = {"shape": "diamond", "size": 60, "fill": VERMILLION, "stroke": VERMILLION}
KEYS = (Key("the tabled draft is adopted", TABLED), Key("any text is adopted", ANY))


@dataclass(frozen=True)
class _Line:
    """One row: an item's heading, or what one coding answers on it."""

    label: str
    verdict: Verdict | None


def chart(forecast: Forecast, frame: Frame) -> Specification:
    """Every item's shares of adoption, tabled and any, under each coding."""
    lines = list(_lines(forecast))
    right = 0.0 if frame.narrow else sum(COLUMNS.values())
    headings = [line.verdict is None for line in lines]
    labels = [_label(line, frame) for line in lines]
    rows = stack(frame, labels, 16, headings=headings, widest=200, right=right)
    shown = [
        (row.middle, line.verdict)
        for row, line in zip(rows.rows, lines, strict=True)
        if line.verdict is not None
    ]
    legend = Legend(frame, rows.left, KEYS)
    return compose(
        frame,
        words(forecast).title,
        [
            *rows.labels(),
            *([] if frame.narrow else _columns(shown, rows)),
            *_dots(shown),
            *legend.drawn(rows.height + 30),
        ],
        left=rows.left,
        right=right,
        height=rows.height,
        bottom=30 + legend.depth,
    )


def _label(line: _Line, frame: Frame) -> str:
    """The coding; where there is no room for columns of figures, with its shares."""
    return line.label if line.verdict is None or not frame.narrow else _said(line)


def _columns(shown: list[tuple[float, Verdict]], rows: Rows) -> Layers:
    """The shares in figures, at the right."""
    placed: Layers = []
    edge = rows.width
    for name, wide in COLUMNS.items():
        edge += wide
        cells = [
            {"y": middle, "text": percents(_share(name, verdict))} for middle, verdict in shown
        ]
        head = {"y": rows.rows[0].middle, "text": name}
        placed.append(texts([head], fixed(edge), align="right", colour=SOFT))
        placed.append(texts(cells, fixed(edge), align="right"))
    return placed


def _share(name: str, verdict: Verdict) -> float | None:
    return verdict.probability if name == "tabled" else verdict.any


def words(forecast: Forecast) -> Words:
    """What is said beside the figure."""
    caption = (
        "Share of draws in which the tabled draft is adopted, and in which any text is, under "
        "each reading of the contested judgements and in the dossier itself."
    )
    said = [
        f"{title_of(item)}. " + "; ".join(_said(line) for line in _of_item(forecast, item))
        for item in forecast.items
    ]
    return Words("The rival codings side by side", caption, f"{'. '.join(said)}.")


def _said(line: _Line) -> str:
    assert line.verdict is not None
    tabled = line.verdict.probability
    first = "" if tabled is None else f"tabled {percent(tabled)}, "
    return f"{line.label}: {first}any {percent(line.verdict.any)}"


def _lines(forecast: Forecast) -> Iterator[_Line]:
    for item in forecast.items:
        yield _Line(title_of(item), None)
        yield from _of_item(forecast, item)


def _of_item(forecast: Forecast, item: str) -> Iterator[_Line]:
    yield _Line(BASE, forecast.items[item].adoption)
    for coding in forecast.codings.values():
        yield _Line(coding.title, coding.items[item])


def _dots(shown: list[tuple[float, Verdict]]) -> Layers:
    anything: list[Datum] = [{"y": middle, "any": verdict.any} for middle, verdict in shown]
    tabled: list[Datum] = [
        {"y": middle, "tabled": verdict.probability, "any": verdict.any}
        for middle, verdict in shown
        if verdict.probability is not None
    ]
    layers = [rules(tabled, share_axis("tabled"), "any", stroke=LINE, strokeWidth=2)]
    layers.append(points(anything, share_axis("any"), **ANY))
    layers.append(points(tabled, share_axis("tabled"), **TABLED))
    return layers
