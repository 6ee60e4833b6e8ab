"""From a picture's specification to inline SVG that lives well among others in one page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from comity.report.figures.canvas import Specification
from comity.report.words import printable

_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\bwidth="([\d.]+)" height="([\d.]+)"')


def render(specification: Specification, prefix: str, label: str) -> str:
    """The picture as inline SVG, its ids beginning with ``prefix``, named ``label`` to readers.

    The same picture always gives the same text: the converter numbers ids through a whole
    process, so they are numbered afresh. It may read nothing from the network.
    """
    import vl_convert

    raw = vl_convert.vegalite_to_svg(_printable(specification), allowed_base_urls=[])
    return _numbered_afresh(_rooted(raw, printable(label)), prefix)


def _printable(part: Any) -> Any:
    """The specification with texts the converter can draw: at others it ends the process."""
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, Mapping):
        return {key: _printable(value) for key, value in part.items()}
    return [_printable(value) for value in part] if isinstance(part, (list, tuple)) else part


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


def _numbered_afresh(svg: str, prefix: str) -> str:
    """Number the ids from 1 in order of appearance, under a prefix of the figure's own."""
    found = dict.fromkeys(_ID.findall(svg))
    fresh = {old: f"{prefix}-{number}" for number, old in enumerate(found, 1)}
    svg = _ID.sub(lambda match: f'id="{fresh[match[1]]}"', svg)
    return _REFERENCE.sub(lambda match: f"url(#{fresh[match[1]]})", svg)
