"""Every figure drawn, for notebooks and for pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from comity.ensemble.mediation.results import Mediation
from comity.ensemble.results import Forecast
from comity.errors import UnsupportedError
from comity.report.figures import (
    codings,
    frontier,
    objections,
    passage,
    positions,
    profiles,
    tornado,
)
from comity.report.figures.canvas import Specification
from comity.report.figures.figure import FigureSVG, Words
from comity.report.figures.style import NARROW, NOTEBOOK, WIDE, Frame
from comity.report.figures.svg import render
from comity.report.talks_words import AboutTalks
from comity.report.words import Subject, listed

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True)
class Figure:
    """One kind of figure of an item: its picture, its words, and whether there is one."""

    chart: Callable[[Subject, Frame], Specification]
    words: Callable[[Subject], Words]
    drawable: Callable[[Subject], bool] | None = None


ITEM_FIGURES: Mapping[str, Figure] = {
    "positions": Figure(positions.chart, positions.words),
    "passage": Figure(passage.chart, passage.words),
    "objections": Figure(objections.chart, objections.words),
    "tornado": Figure(tornado.chart, tornado.words, tornado.drawable),
}


def charts(forecast: Forecast, item: str) -> Mapping[str, altair.LayerChart]:
    """The figures of one item by name, as charts for a notebook."""
    subject = Subject(forecast, item)
    return {name: _chart(figure.chart(subject, NOTEBOOK)) for name, figure in _of(forecast, item)}


def codings_chart(forecast: Forecast) -> altair.LayerChart | None:
    """The rival codings as a chart for a notebook, None if there are none."""
    return _chart(codings.chart(forecast, NOTEBOOK)) if _coded(forecast) else None


def _chart(specification: Specification) -> altair.LayerChart:
    """The picture as Altair's own, which Altair checks against its schema when it is displayed.

    Reading it with ``from_dict`` would take a hundred times as long.
    """
    import altair

    layers: Any = [
        altair.Chart(layer["data"], altair.FacetedEncoding(**layer["encoding"]), layer["mark"])
        for layer in specification["layer"]
    ]
    whole = {name: value for name, value in specification.items() if name != "layer"}
    return altair.LayerChart(layer=layers, **whole)


def svg_figures(forecast: Forecast, item: str) -> Mapping[str, FigureSVG]:
    """The figures of one item by name, as inline SVG."""
    subject = Subject(forecast, item)
    return {
        name: inline(name, figure.words(subject), partial(figure.chart, subject), item)
        for name, figure in _of(forecast, item)
    }


def codings_figure(forecast: Forecast) -> FigureSVG | None:
    """The rival codings as inline SVG, None if there are none."""
    if not _coded(forecast):
        return None
    return inline("codings", codings.words(forecast), partial(codings.chart, forecast))


def talks_charts(mediation: Mediation) -> Mapping[str, altair.LayerChart]:
    """The figures of talks by name, as charts for a notebook."""
    drawn = _frontier(mediation)
    return {} if drawn is None else {"frontier": _chart(drawn[1](NOTEBOOK))}


def talks_figures(mediation: Mediation, prefix: str) -> Mapping[str, FigureSVG]:
    """The figures of talks by name, as inline SVG, their ids beginning with ``prefix``."""
    drawn = _frontier(mediation)
    return {} if drawn is None else {"frontier": inline("frontier", *drawn, prefix)}


def _frontier(mediation: Mediation) -> tuple[Words, Callable[[Frame], Specification]] | None:
    """The frontier as a plane for two parties, as lines for more; None if there is none."""
    about = AboutTalks(mediation)
    for kind in (frontier, profiles):
        if kind.drawable(about):
            return kind.words(about), partial(kind.chart, about)
    return None


def _coded(forecast: Forecast) -> bool:
    return bool(forecast.codings and forecast.items)


def _of(forecast: Forecast, item: str) -> list[tuple[str, Figure]]:
    if item not in forecast.items:
        raise UnsupportedError(
            "the forecast has no such item",
            found=item,
            mend=f"ask for {listed(forecast.items, 'or')}",
        )
    subject = Subject(forecast, item)
    return [
        (name, figure)
        for name, figure in ITEM_FIGURES.items()
        if not figure.drawable or figure.drawable(subject)
    ]


def inline(
    name: str, words: Words, draw: Callable[[Frame], Specification], item: str = ""
) -> FigureSVG:
    """A figure for both widths of a page; ``item`` goes into its ids."""
    wide, narrow = (
        render(draw(frame), _prefix(item, name, word), words.alt)
        for word, frame in (("wide", WIDE), ("narrow", NARROW))
    )
    return FigureSVG(name=name, wide=wide, narrow=narrow, **vars(words))


def _prefix(*parts: str) -> str:
    """An id that is valid in HTML and in a url()."""
    return "-".join(re.sub(r"[^\w-]+", "-", part) for part in ("fig", *parts) if part)
