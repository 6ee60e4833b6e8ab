"""Reading a picture: its texts and where they stand, and what a chart's layers say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
_SHIFT = re.compile(r"translate\(([-\d.e]+)[, ]*([-\d.e]*)\)")

WIDEST_LETTER = 0.62
"""Mean width of a letter, in ems, in the widest common sans-serif fonts."""


@dataclass(frozen=True)
class Placed:
    """A text of a picture, with the room it takes across in a wide font."""

    text: str
    size: float
    left: float
    right: float
    y: float
    fill: str


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def size(svg: str) -> tuple[float, float]:
    _, _, width, height = parsed(svg).attrib["viewBox"].split()
    return float(width), float(height)


def texts(svg: str) -> list[Placed]:
    """Every text of a picture, absolutely placed; a white one is the ground of another."""
    found: list[Placed] = []
    _walk(parsed(svg), 0.0, 0.0, found)
    return [text for text in found if text.fill != "white"]


def _walk(node: ET.Element, x: float, y: float, found: list[Placed]) -> None:
    shift = _SHIFT.search(node.attrib.get("transform", ""))
    if shift:
        x, y = x + float(shift[1]), y + float(shift[2] or 0)
    if node.tag == f"{SVG}text":
        found.append(_placed(node, x, y))
    for child in node:
        _walk(child, x, y, found)


def _placed(node: ET.Element, x: float, y: float) -> Placed:
    text = "".join(node.itertext())
    size = float(node.attrib["font-size"].removesuffix("px"))
    wide = len(text) * size * WIDEST_LETTER
    left = {"end": x - wide, "middle": x - wide / 2}.get(node.attrib["text-anchor"], x)
    stroke = node.attrib.get("stroke")
    return Placed(text, size, left, left + wide, y, stroke or node.attrib["fill"])


def layers(specification: dict[str, Any], kind: str, **mark: Any) -> list[dict[str, Any]]:
    """The data of all layers drawn with a kind of mark and these properties of it."""
    return [
        row
        for layer in specification["layer"]
        if layer["mark"]["type"] == kind and mark.items() <= layer["mark"].items()
        for row in layer["data"]["values"]
    ]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (Web Content Accessibility Guidelines 2.2)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
