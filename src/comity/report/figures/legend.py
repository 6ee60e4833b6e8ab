"""What the marks of a figure mean, in words under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.report.figures.canvas import Datum, Layers, across, fixed, points, rules, texts
from comity.report.figures.style import MARGIN, SOFT, Frame, width_of

LINE_HEIGHT = 18.0
SIGN = 24.0
"""Room for a mark before its words, in px."""


@dataclass(frozen=True)
class Key:
    """A mark and its meaning: a point, a line or bar, or one on the other."""

    label: str
    point: Mapping[str, Any] | None = None
    line: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Legend:
    """Keys from left to right, in as many lines as the frame makes of them."""

    frame: Frame
    left: float
    keys: tuple[Key, ...]

    @property
    def depth(self) -> float:
        """Room it takes, in px."""
        return LINE_HEIGHT * (max((line for _, _, line in self._placed()), default=-1) + 1)

    def drawn(self, top: float) -> Layers:
        """The legend, its upper edge at ``top``."""
        layers: Layers = []
        labels: list[Datum] = []
        for key, px, line in self._placed():
            row: Datum = {"y": top + LINE_HEIGHT * (line + 0.5)}
            if key.line is not None:
                layers.append(rules([row], fixed(px), fixed(px + 18), **key.line))
            if key.point is not None:
                layers.append(points([row], fixed(px + 9), **key.point))
            labels.append(row | {"text": key.label, "px": px + SIGN})
        return [*layers, texts(labels, across(), colour=SOFT)]

    def _placed(self) -> Iterator[tuple[Key, float, int]]:
        """Each key with its place across and its line."""
        end = self.frame.width - 2 * MARGIN - self.left
        px, line = -self.left, 0
        for key in self.keys:
            wide = width_of(key.label) + SIGN
            if px + wide > end and px > -self.left:
                px, line = -self.left, line + 1
            yield key, px, line
            px += wide + 14
