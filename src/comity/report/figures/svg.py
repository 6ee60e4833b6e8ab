"""From a chart to inline SVG that lives well among others in one page."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import quoteattr

import altair as alt
import vl_convert

_ID = re.compile(r'\bid="([^"]+)"')
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\bwidth="([\d.]+)" height="([\d.]+)"')


def render(chart: alt.LayerChart, prefix: str, label: str) -> str:
    """The chart as inline SVG, its ids beginning with ``prefix``, named ``label`` to readers.

    The same chart always gives the same text: the converter numbers ids through a whole process,
    so they are numbered afresh.
    """
    raw = vl_convert.vegalite_to_svg(_specification(chart), allowed_base_urls=[])
    return _named_afresh(_rooted(raw, label), prefix)


def _specification(chart: alt.LayerChart) -> dict[str, Any]:
    """The chart's Vega-Lite, whatever theme the user's notebook has set."""
    with alt.theme.enable("none"):
        specification: dict[str, Any] = chart.to_dict()
    return specification


def _rooted(raw: str, label: str) -> str:
    """With a root that scales down with its column and has a name."""
    size = _SIZE.search(raw)
    assert size is not None, "the converter gives every picture its size"
    width, height = size.groups()
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(label)} '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'style="width:100%;max-width:{width}px;height:auto;overflow:visible">'
    )
    return _ROOT.sub(lambda _: root, raw, count=1)


def _named_afresh(svg: str, prefix: str) -> str:
    """Number the ids from 1 in order of appearance, under a prefix of the figure's own."""
    found = list(dict.fromkeys(_ID.findall(svg)))
    fresh = {old: f"{prefix}-{number}" for number, old in enumerate(found, 1)}
    svg = _ID.sub(lambda match: f'id="{fresh[match[1]]}"', svg)
    return re.sub(r"url\(#([^)]+)\)", lambda match: f"url(#{fresh[match[1]]})", svg)
