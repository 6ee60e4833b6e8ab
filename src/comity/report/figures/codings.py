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
    points,
    rules,
    share_axis,
    stack,
)
from comity.report.figures.figure import Words
from comity.report.figures.legend import Key, Legend
from comity.report.figures.style import BLUE, LINE, VERMILLION, Frame
from comity.report.words import percent, title_of

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
    rows = stack(
        frame, [line.label for line in lines], 16, [line.verdict is None for line in lines]
    )
    shown = [
        (row.middle, line.verdict)
        for row, line in zip(rows.rows, lines, strict=True)
        if line.verdict is not None
    ]
    legend = Legend(frame, rows.left, KEYS)
    layers = [*rows.labels(), *_dots(shown), *legend.drawn(rows.height + 30)]
    title, bottom = words(forecast).title, 30 + legend.depth
    return compose(frame, title, layers, left=rows.left, height=rows.height, bottom=bottom)


def words(forecast: Forecast) -> Words:
    """What is said beside the figure."""
    caption = (
        "Share of draws in which the tabled draft is adopted, and in which any text is, under "
        "each reading of the contested judgements and in the dossier itself."
    )
    said = [
        f"{title_of(item)}: " + ", ".join(_said(line) for line in _of_item(forecast, item))
        for item in forecast.items
    ]
    return Words("The rival codings side by side", caption, f"{'; '.join(said)}.")


def _said(line: _Line) -> str:
    assert line.verdict is not None
    tabled = line.verdict.probability
    first = "" if tabled is None else f"tabled {percent(tabled)}, "
    return f"{line.label} {first}any {percent(line.verdict.any)}"


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
