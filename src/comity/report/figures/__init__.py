"""Figures of a forecast and of talks: charts for notebooks, and inline SVG.

Altair and the converter to SVG are imported when a figure is asked for, not with this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from comity.ensemble.mediation.results import Mediation
from comity.ensemble.results import Forecast
from comity.report.figures.figure import FigureSVG, Words

if TYPE_CHECKING:
    import altair

__all__ = ["FigureSVG", "Words", "codings_figure", "figures", "svg_figures", "talks_figures"]


def figures(
    found: Forecast | Mediation, item: str | None = None
) -> Mapping[str, altair.LayerChart]:
    """The figures of one item by name, or of all items as ``item/name`` with the ``codings``.

    Of a mediation: the ``frontier``, if there is one. Each displays itself in a notebook. Raises
    UnsupportedError if there is no such item.
    """
    from comity.report.figures import drawing

    if isinstance(found, Mediation):
        return drawing.talks_charts(found)
    forecast = found
    if item is not None:
        return drawing.charts(forecast, item)
    every = {
        f"{each}/{name}": chart
        for each in forecast.items
        for name, chart in drawing.charts(forecast, each).items()
    }
    codings = drawing.codings_chart(forecast)
    return every if codings is None else every | {"codings": codings}


def svg_figures(forecast: Forecast, item: str) -> Mapping[str, FigureSVG]:
    """The figures of one item by name, as inline SVG with their words."""
    from comity.report.figures import drawing

    return drawing.svg_figures(forecast, item)


def codings_figure(forecast: Forecast) -> FigureSVG | None:
    """The rival codings side by side, None if the dossier has none."""
    from comity.report.figures import drawing

    return drawing.codings_figure(forecast)


def talks_figures(mediation: Mediation, prefix: str) -> Mapping[str, FigureSVG]:
    """The figures of talks by name, as inline SVG; none if nothing is allowed."""
    from comity.report.figures import drawing

    return drawing.talks_figures(mediation, prefix)
